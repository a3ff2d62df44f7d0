import { refuse } from '../problems.ts';
import type { CivilDate } from '../time/civil.ts';
import { addMonths, type DayNumber, dateOfDayNumber, dayNumberOf } from '../time/day-number.ts';
import {
  addWorkingDays,
  type ProductionCalendar,
  thisOrNextWorkingDay,
  thisOrPreviousWorkingDay,
  workingDaysBetween,
} from './calendar.ts';

export type TermUnit = 'working-day' | 'calendar-day' | 'month' | 'hour' | 'same-visit';

/**
 * Which day a term is counted from. `next-working-day` and `next-day`: from the registration at the centre, the day after it being the
 * first; `on-receipt-by-agency`: from the day on which the agency has the papers; `same-visit` and `same-day`: there is nothing to count.
 */
export type TermStart = 'next-working-day' | 'next-day' | 'on-receipt-by-agency' | 'same-day' | 'same-visit';

/** What becomes of a last day that is a day of rest: the next working day (Civil Code, article 193), the one before, or nothing. */
export type LastDayRule = 'next-working' | 'previous-working' | 'none';

/** How long something may take. */
export interface Term {
  readonly count: number;
  readonly unit: TermUnit;
  readonly starts: TermStart;
  /** Absent: `next-working`, as the Civil Code has it for terms in calendar days and months. */
  readonly lastDay?: LastDayRule;
  /** The centre promises to be done in so many days, fewer than the law allows; null or absent: no such promise. */
  readonly promisedCount?: number | null;
  /** By how much the term may be made longer, once. Absent: not at all. */
  readonly extensionMax?: number;
  /** True when the way to the agency and back is part of the term. */
  readonly includesTransfer?: boolean;
}

/** The clock of a term was stopped from a day until a day; `until` null: it still is. */
export interface Stop {
  readonly from: CivilDate;
  readonly until: CivilDate | null;
  /** What happens afterwards: the rest is counted on, or the whole term again. */
  readonly clock: 'pause' | 'restart';
}

/** What has happened to one application’s term. */
export interface TermCourse {
  /** When it was registered at the centre. */
  readonly registered: CivilDate;
  /** When the agency got the papers; null: not yet. Counts only where the term starts there. */
  readonly received?: CivilDate | null;
  readonly stops?: readonly Stop[];
  /** By how much the term was made longer. */
  readonly extension?: number;
}

/** The days of a term. */
export interface TermDays {
  /** The last day that the law allows. */
  readonly lastDay: CivilDate;
  /** The day that the applicant is told: never after the last, and always a working day. */
  readonly promised: CivilDate;
  /** The papers leave the centre by this day. */
  readonly dispatchBy: CivilDate;
  /** By how many working days the centre sent them late. */
  readonly centreLateDays: number;
  /** True while the last day is provisional: the agency does not have the papers yet, or the clock is stopped. */
  readonly assumed: boolean;
}

/** Within how many working days after the registration papers have to leave the centre. */
const DISPATCH_WITHIN = 1;

/**
 * The days of a term. `today` is what an open stop is taken to end on, and what papers are taken to be received on when they are late.
 * Throws `calendar-missing` when a year is not loaded, `stop-malformed` for stops that overlap, end before they begin, or begin before
 * the term does, `extension-not-allowed` for more than the term has.
 */
export function termDays(calendar: ProductionCalendar, term: Term, course: TermCourse, today?: CivilDate): TermDays {
  const registered = dayNumberOf(course.registered);
  if (term.unit === 'same-visit' || term.starts === 'same-visit' || term.starts === 'same-day') {
    const { registered: day } = course;
    return { lastDay: day, promised: day, dispatchBy: day, centreLateDays: 0, assumed: false };
  }
  const extension = course.extension ?? 0;
  if (extension < 0 || extension > (term.extensionMax ?? 0))
    refuse('extension-not-allowed', { most: term.extensionMax ?? 0 });
  const dispatchBy = addWorkingDays(calendar, registered, DISPATCH_WITHIN);
  const now = today === undefined ? null : dayNumberOf(today);
  const isOnReceipt = term.starts === 'on-receipt-by-agency';
  const receivedOn = course.received ?? null;
  const received = receivedOn === null ? null : dayNumberOf(receivedOn);
  const start = isOnReceipt ? (received ?? Math.max(dispatchBy, now ?? dispatchBy)) : registered;
  const stops = course.stops ?? [];
  const last = lastDayAfter(calendar, { ...term, count: term.count + extension }, start, stops, now);
  const count = (term.promisedCount ?? term.count) + extension;
  const hoped = lastDayAfter(calendar, { ...term, count, lastDay: 'none' }, start, stops, now);
  // A promise never falls on or before the day from which is counted: then the last day itself is what can be said.
  const isKept = workingDaysBetween(calendar, start, hoped) > 0;
  const promised = isKept ? Math.min(last, thisOrPreviousWorkingDay(calendar, hoped)) : last;
  return {
    lastDay: dateOfDayNumber(last),
    promised: dateOfDayNumber(promised),
    dispatchBy: dateOfDayNumber(dispatchBy),
    centreLateDays: received === null ? 0 : Math.max(0, workingDaysBetween(calendar, dispatchBy, received)),
    assumed: (isOnReceipt && received === null) || stops.some(({ until }) => until === null),
  };
}

/** The state of a term on a day. */
export type TermStanding = 'far' | 'near' | 'tomorrow' | 'today' | 'over';

/** Warnings come three working days before the last, one before, and on the day itself. */
export function termStanding(calendar: ProductionCalendar, lastDay: CivilDate, today: CivilDate): TermStanding {
  if (today > lastDay) return 'over';
  const left = workingDaysBetween(calendar, dayNumberOf(today), dayNumberOf(lastDay));
  return left === 0 ? 'today' : left === 1 ? 'tomorrow' : left <= 3 ? 'near' : 'far';
}

/** The parts of a term, each with its owner and deadline, so that it is known who was late. */
export interface TermStages {
  readonly centre: CivilDate;
  readonly agency: CivilDate;
  readonly courier: CivilDate;
}

/** Parts a term among the centre, the agency and the way back. Throws `calendar-missing`. */
export function termStages(calendar: ProductionCalendar, term: Term, days: TermDays): TermStages {
  const last = thisOrPreviousWorkingDay(calendar, dayNumberOf(days.lastDay));
  const decided = term.includesTransfer === true ? addWorkingDays(calendar, last, -1) : last;
  const back = term.includesTransfer === true ? last : addWorkingDays(calendar, last, 1);
  return { centre: days.dispatchBy, agency: dateOfDayNumber(decided), courier: dateOfDayNumber(back) };
}

/** The last day of a term that is counted from a day, with what stops do to it. */
function lastDayAfter(
  calendar: ProductionCalendar,
  term: Term,
  start: DayNumber,
  stops: readonly Stop[],
  now: DayNumber | null,
): DayNumber {
  let from = start;
  let left: Pick<Term, 'count' | 'unit'> = term;
  for (const stop of stops) {
    const stopped = dayNumberOf(stop.from);
    const resumed = stop.until === null ? Math.max(stopped, now ?? stopped) : dayNumberOf(stop.until);
    if (stopped < from || resumed < stopped) refuse('stop-malformed', { from: stop.from });
    const end = counted(calendar, left, from);
    // What was due before the clock stopped was due then.
    if (end < stopped) break;
    left = stop.clock === 'restart' ? term : leftAfter(calendar, left, from, stopped, end);
    from = resumed;
  }
  return onLastDay(calendar, counted(calendar, left, from), left.unit === 'working-day' ? 'none' : term.lastDay);
}

/** What is left of a term when its clock stops: the day of the stop itself is not used up. */
function leftAfter(
  calendar: ProductionCalendar,
  { count, unit }: Pick<Term, 'count' | 'unit'>,
  from: DayNumber,
  stopped: DayNumber,
  end: DayNumber,
): Pick<Term, 'count' | 'unit'> {
  if (stopped === from) return { count, unit };
  return unit === 'working-day'
    ? { count: count - workingDaysBetween(calendar, from, stopped - 1), unit }
    : { count: end - stopped + 1, unit: 'calendar-day' };
}

function counted(
  calendar: ProductionCalendar,
  { count, unit }: Pick<Term, 'count' | 'unit'>,
  from: DayNumber,
): DayNumber {
  if (unit === 'working-day') return count === 0 ? from : addWorkingDays(calendar, from, count);
  if (unit === 'month') return addMonths(from, count);
  return unit === 'hour' ? from + Math.floor(count / 24) : from + count;
}

function onLastDay(calendar: ProductionCalendar, day: DayNumber, rule: LastDayRule = 'next-working'): DayNumber {
  if (rule === 'none') return day;
  return rule === 'next-working' ? thisOrNextWorkingDay(calendar, day) : thisOrPreviousWorkingDay(calendar, day);
}
