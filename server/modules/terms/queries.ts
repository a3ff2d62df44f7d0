import type { CalendarYear } from '../../../core/terms/calendar.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
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

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** How far open applications have been recalculated after a change of the calendar. */
export interface RecountRow {
  readonly serial: number;
  readonly from: CivilDate;
  readonly afterId: string;
  readonly seen: number;
  readonly moved: number;
  readonly ended: boolean;
}

const RECOUNT = `serial, from_day::text as "from", after_id as "afterId", seen, moved, ended_at is not null as ended`;

export async function insertRecount(tx: Write, serial: number, from: CivilDate, at: Instant): Promise<void> {
  await tx.query(
    'insert into calendar_recount (serial, from_day, after_id, began_at) values ($1, $2, $3, instant_of($4))',
    [serial, from, BEFORE_ALL, at],
  );
}

/** The newest recount, over or not. */
export async function newestRecount(tx: Read): Promise<RecountRow | null> {
  const { rows } = await tx.query<RecountRow>(`select ${RECOUNT} from calendar_recount order by serial desc limit 1`);
  return rows[0] ?? null;
}

/** A recount that is not over, held by this transaction; null when there is none, or another node is at it. */
export async function recountToDo(tx: Write): Promise<RecountRow | null> {
  const { rows } = await tx.query<RecountRow>(
    `select ${RECOUNT} from calendar_recount where ended_at is null order by serial limit 1 for no key update skip locked`,
  );
  return rows[0] ?? null;
}

/** Notes how far a recount has come; without a last one it is over. */
export async function noteRecount(
  tx: Write,
  serial: number,
  { last, seen, moved }: { readonly last: string | null; readonly seen: number; readonly moved: number },
  at: Instant,
): Promise<void> {
  await tx.query(
    `update calendar_recount set after_id = coalesce($2, after_id), seen = seen + $3, moved = moved + $4,
       ended_at = case when $2::uuid is null then instant_of($5) end where serial = $1`,
    [serial, last, seen, moved, at],
  );
}
