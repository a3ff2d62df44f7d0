import type { CivilDate } from '../../../core/time/civil.ts';
import type { CentreId, VisitId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** Which visit is rated. */
export interface Rated {
  readonly centreId: CentreId;
  readonly day: CivilDate;
  readonly visitId: VisitId;
}

/** For how long a rating may be changed. */
const CHANGED_HOURS = 24;

/** Writes a mark, once for a visit; within a day it may be changed. False when it may not any more. */
export async function putRating(
  tx: Write,
  { centreId, day, visitId }: Rated,
  mark: number,
  givenAt: 'own-page' | 'kiosk' | 'tablet',
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into rating (centre_id, day, visit_id, mark, given_at, rated_at, changed_at)
     values ($1, $2, $3, $4, $5, instant_of($6), instant_of($6))
     on conflict (day, centre_id, visit_id) do update
       set mark = excluded.mark, given_at = excluded.given_at, changed_at = greatest(excluded.changed_at, rating.rated_at)
       where rating.rated_at > excluded.rated_at - make_interval(hours => ${CHANGED_HOURS})`,
    [centreId, day, visitId, mark, givenAt, now],
  );
  return rowCount === 1;
}

export async function ratingOf(
  tx: Read,
  { centreId, day, visitId }: Rated,
  now: Instant,
): Promise<{ mark: number; mayChange: boolean } | null> {
  const { rows } = await tx.query<{ mark: number; mayChange: boolean }>(
    `select mark, rated_at > instant_of($4) - make_interval(hours => ${CHANGED_HOURS}) as "mayChange"
     from rating where centre_id = $1 and day = $2 and visit_id = $3`,
    [centreId, day, visitId, now],
  );
  return rows[0] ?? null;
}

/** How many rated a day at each centre, and how many of them with 4 or 5. */
export async function ratingsOn(
  tx: Read,
  day: CivilDate,
): Promise<Map<CentreId, { readonly n: number; readonly satisfied: number }>> {
  const { rows } = await tx.query<{ centreId: CentreId; n: number; satisfied: number }>(
    `select centre_id as "centreId", count(*)::integer as n, (count(*) filter (where mark >= 4))::integer as satisfied
     from rating where day = $1 group by 1`,
    [day],
  );
  return new Map(rows.map(({ centreId, ...counts }) => [centreId, counts]));
}
