import type { CalendarYear, ProductionCalendar } from '../../../core/terms/calendar.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { dateOfDayNumber } from '../../../core/time/day-number.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import type { Db } from '../../platform/handles.ts';
import { changedYears, insertRecount, insertYear, lockCalendar } from './queries.ts';
import { calendarWith } from './term-calendar.ts';

/** A change of the calendar. */
export interface CalendarChange {
  readonly serial: number;
  /** The first day that is something else now: terms that ended before it are as they were. */
  readonly from: CivilDate;
}

/**
 * Loads or changes a year, and writes down that open applications have to be recalculated. Throws `calendar-malformed`, `calendar-gap`.
 */
export function changeCalendar(
  db: Db,
  actor: Actor & { readonly id: string | null },
  year: CalendarYear,
  at: Instant,
): Promise<CalendarChange> {
  return db.write(async (tx) => {
    await lockCalendar(tx);
    const before = calendarWith(0, await changedYears(tx));
    const serial = await insertYear(tx, year, actor.id, at);
    const after = calendarWith(serial, await changedYears(tx));
    const change = { serial, from: firstDifference(before.calendar, after.calendar, year.year) };
    await audit(tx, actor, { action: 'calendar-changed', object: `calendar ${year.year}`, details: change });
    await insertRecount(tx, change.serial, change.from, at);
    return change;
  });
}

function firstDifference(before: ProductionCalendar, after: ProductionCalendar, year: number): CivilDate {
  const index = after.kinds.findIndex((kind, place) => before.kinds[after.first + place - before.first] !== kind);
  return index < 0 ? (`${year}-01-01` as CivilDate) : dateOfDayNumber(after.first + index);
}
