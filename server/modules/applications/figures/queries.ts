import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read } from '../../../platform/handles.ts';

/** By what applications are counted. */
export type FigureKind = 'service' | 'centre' | 'agency';

const KEYS = { service: 'service_id', centre: 'centre_id::text', agency: `coalesce(agency_id, '')` } as const;

export interface FigureCount {
  readonly key: string;
  readonly registered: number;
  readonly open: number;
  readonly refused: number;
  readonly late: number;
}

/** Applications that were registered from one day to another, both included; late are those that ended after their last day, or run past it: not while the clock
 * is stopped. */
export async function countApplications(
  tx: Read,
  by: FigureKind,
  [from, to]: readonly [CivilDate, CivilDate],
  today: CivilDate,
): Promise<FigureCount[]> {
  const { rows } = await tx.query<FigureCount>(
    `select ${KEYS[by]} as key, count(*)::int as registered, (count(*) filter (where ended_on is null))::int as open,
       (count(*) filter (where refused))::int as refused, (count(*) filter (where coalesce(ended_on, $3) > last_day
         and (ended_on is not null or state not in ('suspended', 'fix-requested'))))::int as late
     from application where registered_on between $1 and $2 group by 1`,
    [from, to, today],
  );
  return rows;
}
