import { refuse } from '../problems.ts';
import { type CivilDate, parseCivilDate } from '../time/civil.ts';
import {
  type DayNumber,
  dateOfDayNumber,
  dayNumberOf,
  weekdayOfDayNumber,
  yearOfDayNumber,
} from '../time/day-number.ts';

/** What a day is by the production calendar. `decree`: nonworking by the President’s decree with pay kept; for terms it is rest. */
export type DayKind = 'work' | 'short' | 'rest' | 'decree';

/** A year as a decree makes it: only the days that are not as the week is. Spans are written `01-01..01-08 02-23`. */
export interface CalendarYear {
  readonly year: number;
  /** The decree. */
  readonly act: string;
  readonly rest: string;
  readonly short: string;
  /** Days that are worked although they are a Saturday or a Sunday. */
  readonly work: string;
  readonly decree: string;
  /** True while the decree is only a draft: dates that rest on it are shown with a mark. */
  readonly provisional: boolean;
}

/** Years that follow one another, made ready for counting. */
export interface ProductionCalendar {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly first: DayNumber;
  readonly kinds: readonly DayKind[];
  /** For each day the number of working days before it, counted from the first. */
  readonly workedBefore: Int32Array;
  /** The working days. */
  readonly workingDays: Int32Array;
  readonly provisionalYears: readonly number[];
}

const KINDS = ['rest', 'short', 'work', 'decree'] as const;

/**
 * Makes a calendar of years. Throws `calendar-malformed` for a day that is not in its year, is named twice, or is worked without need,
 * `calendar-gap` where a year between others is missing, or where there is none.
 */
export function productionCalendar(years: readonly CalendarYear[]): ProductionCalendar {
  const sorted = years.toSorted((a, b) => a.year - b.year);
  const [oldest] = sorted;
  if (oldest === undefined) return refuse('calendar-gap', { year: 0 });
  for (const [index, { year }] of sorted.entries())
    if (year !== oldest.year + index) refuse('calendar-gap', { year: oldest.year + index });
  const kinds = sorted.flatMap(kindsOfYear);
  const workedBefore = new Int32Array(kinds.length + 1);
  const workingDays: DayNumber[] = [];
  const first = dayNumberOf(firstOf(oldest.year));
  for (const [index, kind] of kinds.entries()) {
    const isWorking = kind === 'work' || kind === 'short';
    workedBefore[index + 1] = (workedBefore[index] as number) + (isWorking ? 1 : 0);
    if (isWorking) workingDays.push(first + index);
  }
  return {
    firstYear: oldest.year,
    lastYear: oldest.year + sorted.length - 1,
    first,
    kinds,
    workedBefore,
    workingDays: Int32Array.from(workingDays),
    provisionalYears: sorted.filter(({ provisional }) => provisional).map(({ year }) => year),
  };
}

/** What a day is. Throws `calendar-missing` for a year that is not loaded: nothing is guessed. */
export function dayKind(calendar: ProductionCalendar, day: DayNumber): DayKind {
  return calendar.kinds[day - calendar.first] ?? missing(yearOfDayNumber(day));
}

export function isWorkingDay(calendar: ProductionCalendar, day: DayNumber): boolean {
  const kind = dayKind(calendar, day);
  return kind === 'work' || kind === 'short';
}

/** The n-th working day after a day, or the n-th before it where n is negative. Throws `calendar-missing`. */
export function addWorkingDays(calendar: ProductionCalendar, day: DayNumber, n: number): DayNumber {
  const before = workingDaysUpTo(calendar, n > 0 ? day : day - 1);
  const index = n > 0 ? before + n - 1 : before + n;
  return calendar.workingDays[index] ?? missing(n > 0 ? calendar.lastYear + 1 : calendar.firstYear - 1);
}

/** The number of working days after one day up to another, including that one; negative the other way round. Throws `calendar-missing`. */
export function workingDaysBetween(calendar: ProductionCalendar, after: DayNumber, upTo: DayNumber): number {
  return workingDaysUpTo(calendar, upTo) - workingDaysUpTo(calendar, after);
}

/** The day itself if it is worked, else the next that is. */
export function thisOrNextWorkingDay(calendar: ProductionCalendar, day: DayNumber): DayNumber {
  return isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, 1);
}

/** The day itself if it is worked, else the last before it that is. */
export function thisOrPreviousWorkingDay(calendar: ProductionCalendar, day: DayNumber): DayNumber {
  return isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, -1);
}

function workingDaysUpTo(calendar: ProductionCalendar, day: DayNumber): number {
  const index = day - calendar.first + 1;
  if (index < 0 || index >= calendar.workedBefore.length) return missing(yearOfDayNumber(day));
  return calendar.workedBefore[index] as number;
}

function missing(year: number): never {
  return refuse('calendar-missing', { year });
}

function kindsOfYear(year: CalendarYear): DayKind[] {
  const first = dayNumberOf(firstOf(year.year));
  const length = dayNumberOf(firstOf(year.year + 1)) - first;
  const kinds = Array.from({ length }, (_, index): DayKind => (isWeekend(first + index) ? 'rest' : 'work'));
  const named = new Set<DayNumber>();
  for (const kind of KINDS)
    for (const day of daysOf(year.year, year[kind])) {
      const date = dateOfDayNumber(day);
      if (named.has(day)) refuse('calendar-malformed', { year: year.year, what: date });
      named.add(day);
      kinds[day - first] = kind;
    }
  return kinds;
}

/** The days of a list of spans. */
function daysOf(year: number, spans: string): DayNumber[] {
  return spans
    .split(' ')
    .filter(Boolean)
    .flatMap((span) => {
      const [from = '', to = from, ...more] = span.split('..');
      const a = parseCivilDate(`${year}-${from}`);
      const b = parseCivilDate(`${year}-${to}`);
      if (a === null || b === null || more.length > 0 || b < a)
        return refuse('calendar-malformed', { year, what: span });
      const start = dayNumberOf(a);
      return Array.from({ length: dayNumberOf(b) - start + 1 }, (_, index) => start + index);
    });
}

function isWeekend(day: DayNumber): boolean {
  return weekdayOfDayNumber(day) >= 6;
}

function firstOf(year: number): CivilDate {
  return `${year}-01-01` as CivilDate;
}
