import { type ProductionCalendar, productionCalendar } from '../../../core/terms/calendar.ts';
import { RUSSIAN_YEARS } from '../../../core/terms/calendar-years.ts';
import type { Db, Read } from '../../platform/handles.ts';
import { changedYears, newestSerial, type YearRow } from './queries.ts';

export interface CalendarInForce {
  readonly serial: number;
  readonly years: readonly YearRow[];
  readonly calendar: ProductionCalendar;
}

/** The calendar that the program brings, with what was changed here. */
export interface TermCalendar {
  inForce(tx: Read): Promise<CalendarInForce>;
}

/** Opens the calendar: it is built again only after a change. */
export function openTermCalendar(): TermCalendar {
  let known: CalendarInForce | null = null;
  return {
    inForce: async (tx) => {
      const serial = await newestSerial(tx);
      if (known?.serial !== serial) known = calendarWith(serial, await changedYears(tx));
      return known;
    },
  };
}

/** The years in force, in their order. */
export async function calendarYears(db: Db): Promise<readonly YearRow[]> {
  return calendarWith(0, await db.read((tx) => changedYears(tx))).years;
}

/** The calendar of the program with changed years in place of its own. */
export function calendarWith(serial: number, changed: readonly YearRow[]): CalendarInForce {
  const byYear = new Map<number, YearRow>(RUSSIAN_YEARS.map((year) => [year.year, { ...year, version: 0 }]));
  for (const year of changed) byYear.set(year.year, year);
  const years = [...byYear.values()].toSorted((a, b) => a.year - b.year);
  return { serial, years, calendar: productionCalendar(years) };
}
