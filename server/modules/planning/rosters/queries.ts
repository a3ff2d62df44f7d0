import type { Colleague } from '../../../../core/planning/week.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { CivilDate, CivilTime } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** The terms on which a specialist works at a centre. */
export type Terms = Pick<Colleague, 'weekHours' | 'shiftHours' | 'groupIds'>;

/** The agreed terms of the specialists of a centre; one who is not listed works on the usual terms. */
export async function termsAt(tx: Read, centreId: CentreId): Promise<Map<string, Terms>> {
  const { rows } = await tx.query<Terms & { accountId: string }>(
    `select account_id as "accountId", week_hours as "weekHours", shift_hours as "shiftHours", group_ids as "groupIds"
     from employment where centre_id = $1`,
    [centreId],
  );
  return new Map(rows.map(({ accountId, ...terms }) => [accountId, terms]));
}

export async function putTerms(
  tx: Write,
  centreId: CentreId,
  accountId: string,
  { weekHours, shiftHours, groupIds }: Terms,
): Promise<void> {
  await tx.query(
    `insert into employment (centre_id, account_id, week_hours, shift_hours, group_ids) values ($1, $2, $3, $4, $5)
     on conflict (centre_id, account_id) do update
       set week_hours = excluded.week_hours, shift_hours = excluded.shift_hours, group_ids = excluded.group_ids`,
    [centreId, accountId, weekHours, shiftHours, groupIds],
  );
}

export type Mark = 'off' | 'rather-not';

export interface MarkedDay {
  readonly accountId: string;
  readonly day: CivilDate;
  readonly mark: Mark;
}

/** The marked days of people, from one day to another (both included). */
export async function marksOf(
  tx: Read,
  accountIds: readonly string[],
  [from, to]: readonly [CivilDate, CivilDate],
): Promise<MarkedDay[]> {
  const { rows } = await tx.query<MarkedDay>(
    `select account_id as "accountId", day::text as day, mark from staff_day
     where account_id = any($1::uuid[]) and day between $2 and $3 order by day`,
    [accountIds, from, to],
  );
  return rows;
}

/** Marks a day of a specialist; null removes the mark. */
export async function putMark(tx: Write, accountId: string, day: CivilDate, mark: Mark | null): Promise<void> {
  if (mark === null) {
    await tx.query('delete from staff_day where account_id = $1 and day = $2', [accountId, day]);
    return;
  }
  await tx.query(
    `insert into staff_day (account_id, day, mark) values ($1, $2, $3)
     on conflict (account_id, day) do update set mark = excluded.mark`,
    [accountId, day, mark],
  );
}

/** A shift as it is kept: by the wall clock, so that other hours of the centre do not move it. */
export interface KeptShift {
  readonly accountId: string;
  readonly name: string;
  readonly centreId: CentreId;
  readonly day: CivilDate;
  readonly starts: CivilTime;
  readonly hours: number;
  /** Half hours of the shift, the first being 0. */
  readonly breaks: readonly number[];
}

/** The shifts of a centre, and those of these people wherever they are, from one day to another (both included). */
export async function keptShifts(
  tx: Read,
  centreId: CentreId,
  accountIds: readonly string[],
  [from, to]: readonly [CivilDate, CivilDate],
): Promise<KeptShift[]> {
  const { rows } = await tx.query<KeptShift>(
    `select s.account_id as "accountId", a.name, s.centre_id as "centreId", s.day::text as day,
            to_char(s.starts, 'HH24:MI') as starts, s.hours, s.breaks
     from roster_shift s join staff_account a using (account_id)
     where (s.centre_id = $1 or s.account_id = any($2::uuid[])) and s.day between $3 and $4
     order by s.day, s.starts, a.name`,
    [centreId, accountIds, from, to],
  );
  return rows;
}

/** Which state of a week is kept; 0: none. */
export async function rosterVersion(tx: Read, centreId: CentreId, monday: CivilDate): Promise<number> {
  const { rows } = await tx.query<{ version: number }>(
    'select version from roster_week where centre_id = $1 and monday = $2',
    [centreId, monday],
  );
  return rows[0]?.version ?? 0;
}

/** Makes the next state of a week, in the caller's transaction; null when another caller has made it. */
export async function nextVersion(
  tx: Write,
  centreId: CentreId,
  monday: CivilDate,
  seen: number,
  { at, by }: { readonly at: Instant; readonly by: string | null },
): Promise<number | null> {
  const { rows } = await tx.query<{ version: number }>(
    `insert into roster_week (centre_id, monday, version, kept_at, kept_by)
     select $1, $2, 1, to_timestamp($4::float8 / 1000), $5 where $3 = 0
        or exists (select from roster_week w where w.centre_id = $1 and w.monday = $2)
     on conflict (centre_id, monday) do update
       set version = roster_week.version + 1, kept_at = excluded.kept_at, kept_by = excluded.kept_by
       where roster_week.version = $3
     returning version`,
    [centreId, monday, seen, at, by],
  );
  return rows[0]?.version ?? null;
}

/** Puts these shifts in the place of those of a centre's week from a day on. Throws the database's refusal of a second shift on a day (roster_shift_one_a_day). */
export async function replaceShifts(
  tx: Write,
  centreId: CentreId,
  monday: CivilDate,
  from: CivilDate,
  shifts: readonly Omit<KeptShift, 'name' | 'centreId'>[],
): Promise<void> {
  await tx.query('delete from roster_shift where centre_id = $1 and monday = $2 and day >= $3', [
    centreId,
    monday,
    from,
  ]);
  await tx.query(
    `insert into roster_shift (account_id, day, centre_id, monday, starts, hours, breaks)
     select account_id, day, $1, $2, starts, hours, array(select jsonb_array_elements_text(breaks)::smallint)
     from jsonb_to_recordset($3::jsonb) as s(account_id uuid, day date, starts time, hours smallint, breaks jsonb)`,
    [centreId, monday, JSON.stringify(shifts.map(({ accountId, ...shift }) => ({ account_id: accountId, ...shift })))],
  );
}

/** The windows that are planned for a weekday, by the wall-clock time of its half hours. */
export async function weekdayPlan(tx: Read, centreId: CentreId, day: CivilDate): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ starts: string; windows: number }>(
    `select to_char(starts, 'HH24:MI') as starts, windows from planned_windows
     where centre_id = $1 and weekday = extract(isodow from $2::date) and valid @> $2::date`,
    [centreId, day],
  );
  return new Map(rows.map(({ starts, windows }) => [starts, windows]));
}
