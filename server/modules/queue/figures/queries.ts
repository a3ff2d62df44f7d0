import type { Waits } from '../../../../contract/promise.ts';
import type { VisitState } from '../../../../core/queue/day.ts';
import type { Drink } from '../../../../core/queue/events.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read } from '../../../platform/handles.ts';

interface Row {
  readonly centreId: CentreId | null;
  readonly n: number;
  readonly meanMs: number | null;
  readonly p: readonly (number | null)[] | null;
  readonly over: number;
  readonly overOpen: number;
}

/**
 * The waits of a day by the published rule (docs/queue-rules.md): of those who are or were served, and the waits before
 * later services. A visitor who waits too long and is not served yet counts among those over. Key null: the whole network.
 */
export async function waitsOn(tx: Read, day: CivilDate): Promise<Map<CentreId | null, Waits>> {
  const { rows } = await tx.query<Row>(
    `with counted as (
       select centre_id, wait_ms as ms from visit where day = $1 and state in ('serving', 'finished')
       union all
       select centre_id, later_wait_ms from visit where day = $1 and state = 'finished' and later_wait_ms > 0
     ), waits as (
       select centre_id, count(*)::integer as n, round(avg(ms))::float8 as mean,
              percentile_disc(array[0.5, 0.9, 0.99]) within group (order by ms) as p
       from counted group by grouping sets ((centre_id), ())
     ), broken as (
       select centre_id, count(*)::integer as over, (count(*) filter (where state not in ('serving', 'finished')))::integer as open
       from visit where day = $1 and promise_broken group by grouping sets ((centre_id), ())
     )
     select coalesce(w.centre_id, b.centre_id) as "centreId", coalesce(w.n, 0) as n, w.mean as "meanMs", w.p,
            coalesce(b.over, 0) as over, coalesce(b.open, 0) as "overOpen"
     from waits w full join broken b on coalesce(b.centre_id, 0) = coalesce(w.centre_id, 0)`,
    [day],
  );
  return new Map(rows.map((row) => [row.centreId, waitsOf(row)]));
}

function waitsOf({ n, meanMs, p, over, overOpen }: Row): Waits {
  const [p50Ms = null, p90Ms = null, p99Ms = null] = p ?? [];
  const all = n + overOpen;
  return { n: all, meanMs, p50Ms, p90Ms, p99Ms, over, overShare: all === 0 ? null : over / all };
}

/** No wait at all: no data. */
export const NO_WAITS: Waits = { n: 0, meanMs: null, p50Ms: null, p90Ms: null, p99Ms: null, over: 0, overShare: null };

/** The newest days on which anybody was served, with the waits of the network. */
export async function daysServed(tx: Read, until: CivilDate, limit: number): Promise<CivilDate[]> {
  const { rows } = await tx.query<{ day: CivilDate }>(
    `select d.day::text as day
     from generate_series($1::date - $2::integer + 1, $1::date, interval '1 day') as d(day)
     where exists (select from visit v where v.day = d.day::date)
     order by d.day desc`,
    [until, limit],
  );
  return rows.map(({ day }) => day.slice(0, 10) as CivilDate);
}

/** The drinks that were had on a day, by centre and kind. */
export async function drinksOn(tx: Read, day: CivilDate): Promise<{ centreId: CentreId; drink: Drink; n: number }[]> {
  const { rows } = await tx.query<{ centreId: CentreId; drink: Drink; n: number }>(
    `select centre_id as "centreId", drink, count(*)::integer as n from drink_given where day = $1 group by 1, 2`,
    [day],
  );
  return rows;
}

/** The state of a visit of any day; null when there is none. */
export async function stateOfVisit(
  tx: Read,
  { centreId, day, visitId }: { centreId: CentreId; day: CivilDate; visitId: string },
): Promise<VisitState | null> {
  const { rows } = await tx.query<{ state: VisitState }>(
    'select state from visit where centre_id = $1 and day = $2 and visit_id = $3',
    [centreId, day, visitId],
  );
  return rows[0]?.state ?? null;
}
