import type { CalendarYear } from '../../../core/terms/calendar.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

export interface YearRow extends CalendarYear {
  readonly version: number;
}

/** The number of the newest change; 0 before the first. */
export async function newestSerial(tx: Read): Promise<number> {
  const { rows } = await tx.query<{ serial: number }>(
    'select coalesce(max(serial), 0) as serial from production_calendar',
  );
  return (rows[0] as { serial: number }).serial;
}

/** The newest version of each year that was changed here. */
export async function changedYears(tx: Read): Promise<YearRow[]> {
  const { rows } = await tx.query<YearRow>(
    `select distinct on (year) year, version, act, rest, short, work, decree, provisional
     from production_calendar order by year, version desc`,
  );
  return rows;
}

/** Adds a version of a year; gives the number of the change. */
export async function insertYear(tx: Write, year: CalendarYear, by: string | null, at: Instant): Promise<number> {
  const { rows } = await tx.query<{ serial: number }>(
    `insert into production_calendar (year, version, act, rest, short, work, decree, provisional, made_at, made_by)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7, instant_of($8), $9 from production_calendar where year = $1
     returning serial`,
    [year.year, year.act, year.rest, year.short, year.work, year.decree, year.provisional, at, by],
  );
  return (rows[0] as { serial: number }).serial;
}

/** One change at a time: each builds on the one before. */
export async function lockCalendar(tx: Write): Promise<void> {
  await tx.query('lock table production_calendar in share row exclusive mode');
}
