import type { CentreId } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Write } from '../../../platform/handles.ts';

/** The hall in which a centre receives, as a transaction finds it. */
export interface HallNow {
  readonly hallId: CentreId;
  /** How many other centres receive in the hall of this one. */
  readonly guests: number;
  /** How many visitors the hall still has on the day. */
  readonly visits: number;
  readonly isShut: boolean;
}

/** The hall of a centre, which nobody else can change before the transaction ends; null when there is no such centre. */
export async function hallNow(tx: Write, centreId: CentreId, day: CivilDate): Promise<HallNow | null> {
  const { rows } = await tx.query<HallNow>(
    `select coalesce(c.hall_of, c.centre_id) as "hallId", c.shut_reason is not null as "isShut",
       (select count(*)::integer from centre g where g.hall_of = c.centre_id) as guests,
       (select count(*)::integer from visit v where v.centre_id = coalesce(c.hall_of, c.centre_id) and v.day = $2
          and v.state in ('waiting', 'called', 'serving', 'held')) as visits
     from centre c where c.centre_id = $1 for no key update of c`,
    [centreId, day],
  );
  return rows[0] ?? null;
}
