import { type CalendarYear, type ProductionCalendar, productionCalendar } from '../../../core/terms/calendar.ts';
import { RUSSIAN_YEARS } from '../../../core/terms/calendar-years.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { dateOfDayNumber } from '../../../core/time/day-number.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';
import { changedYears, insertYear, lockCalendar, newestSerial, type YearRow } from './queries.ts';

export interface CalendarInForce {
  readonly serial: number;
  readonly years: readonly YearRow[];
  readonly calendar: ProductionCalendar;
}

/** A change of the calendar. */
export interface CalendarChange {
  readonly serial: number;
  /** The first day that is something else now: terms that ended before it are as they were. */
  readonly from: CivilDate;
}

export interface TermCalendar {
  /** The calendar as it is now. */
  inForce(tx: Read): Promise<CalendarInForce>;
  /** Loads or changes a year. Throws `calendar-malformed`, `calendar-gap`. `beside` runs in the same transaction. */
  put(
    actor: Actor & { readonly id: string | null },
    year: CalendarYear,
    beside: (tx: Write, change: CalendarChange) => Promise<void>,
  ): Promise<CalendarChange>;
}

/** The calendar that the program brings, with what was changed here. */
export function openTermCalendar(db: Db, now: () => Instant): TermCalendar {
  let known: CalendarInForce | null = null;
  const inForce: TermCalendar['inForce'] = async (tx) => {
    const serial = await newestSerial(tx);
    if (known?.serial !== serial) known = made(serial, await changedYears(tx));
    return known;
  };
  return {
    inForce,
    put: (actor, year, beside) =>
      db.write(async (tx) => {
        await lockCalendar(tx);
        const before = made(0, await changedYears(tx));
        const serial = await insertYear(tx, year, actor.id, now());
        const after = made(serial, await changedYears(tx));
        const change = { serial, from: firstDifference(before.calendar, after.calendar, year.year) };
        await audit(tx, actor, { action: 'calendar-changed', object: `calendar ${year.year}`, details: change });
        await beside(tx, change);
        return change;
      }),
  };
}

/** The years in force, in their order. */
export async function calendarYears(db: Db): Promise<readonly YearRow[]> {
  return made(0, await db.read((tx) => changedYears(tx))).years;
}

function made(serial: number, changed: readonly YearRow[]): CalendarInForce {
  const byYear = new Map<number, YearRow>(RUSSIAN_YEARS.map((year) => [year.year, { ...year, version: 0 }]));
  for (const year of changed) byYear.set(year.year, year);
  const years = [...byYear.values()].toSorted((a, b) => a.year - b.year);
  return { serial, years, calendar: productionCalendar(years) };
}

function firstDifference(before: ProductionCalendar, after: ProductionCalendar, year: number): CivilDate {
  const index = after.kinds.findIndex((kind, place) => before.kinds[after.first + place - before.first] !== kind);
  return index < 0 ? (`${year}-01-01` as CivilDate) : dateOfDayNumber(after.first + index);
}
