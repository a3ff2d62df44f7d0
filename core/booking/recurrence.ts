import { addDays, type CivilDate, type CivilTime, type Weekday, weekdayOf } from '../time/civil.ts';

/**
 * When a centre receives by appointment: on some weekdays of every so many weeks, or on the n-th of a month, from one date to
 * another (both included; null: without end). One day is a rule from and to that day. Times are of the wall clock.
 */
export interface BookingHours {
  readonly weekdays: readonly Weekday[];
  /** Every so many weeks, counted from the week (Monday to Sunday) of `from`; 1: every week. */
  readonly everyWeeks: number;
  /** The first, second … fifth such weekday of a month only; null: all of them. */
  readonly nthInMonth: number | null;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly opens: CivilTime;
  readonly closes: CivilTime;
  readonly breaks: readonly WallSpan[];
}

/** A part of a day between two times of the wall clock; the end does not belong to it. */
export interface WallSpan {
  readonly opens: CivilTime;
  readonly closes: CivilTime;
}

const DAY_MS = 86_400_000;
const DAYS_A_WEEK = 7;

/** True when the rule holds on a date. The n-th weekday of a month is ⌈day of month / 7⌉. */
export function isOn(rule: BookingHours, date: CivilDate): boolean {
  if (date < rule.from || (rule.to !== null && date > rule.to)) return false;
  if (!rule.weekdays.includes(weekdayOf(date))) return false;
  if (rule.nthInMonth !== null && Math.ceil(Number(date.slice(8)) / DAYS_A_WEEK) !== rule.nthInMonth) return false;
  return weeksBetween(rule.from, date) % rule.everyWeeks === 0;
}

/** The parts of a date in which the rules receive, breaks taken out, in order and put together where they touch. */
export function spansOn(rules: readonly BookingHours[], date: CivilDate): readonly WallSpan[] {
  const spans = rules
    .filter((rule) => isOn(rule, date))
    .flatMap((rule) => rule.breaks.reduce<readonly WallSpan[]>(without, [{ opens: rule.opens, closes: rule.closes }]))
    .toSorted((a, b) => (a.opens < b.opens ? -1 : 1));
  const joined: WallSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last === undefined || last.closes < span.opens) joined.push(span);
    else if (last.closes < span.closes) joined[joined.length - 1] = { ...last, closes: span.closes };
  }
  return joined;
}

/** The first date on which two of the rules receive at the same time, within so many days from a date; null: none. */
export function overlapOf(rules: readonly BookingHours[], from: CivilDate, days: number): CivilDate | null {
  for (let ahead = 0; ahead < days; ahead += 1) {
    const date = addDays(from, ahead);
    const on = rules.filter((rule) => isOn(rule, date)).toSorted((a, b) => (a.opens < b.opens ? -1 : 1));
    if (on.some((rule, index) => index > 0 && rule.opens < (on[index - 1] as BookingHours).closes)) return date;
  }
  return null;
}

function without(spans: readonly WallSpan[], pause: WallSpan): readonly WallSpan[] {
  return spans.flatMap(({ opens, closes }) =>
    [
      { opens, closes: pause.opens < closes ? pause.opens : closes },
      { opens: pause.closes > opens ? pause.closes : opens, closes },
    ].filter((span) => span.opens < span.closes),
  );
}

/** Weeks from the Monday before one date to the Monday before another. */
function weeksBetween(from: CivilDate, date: CivilDate): number {
  const mondayOf = (one: CivilDate) => Date.parse(one) / DAY_MS - (weekdayOf(one) - 1);
  return Math.round((mondayOf(date) - mondayOf(from)) / DAYS_A_WEEK);
}
