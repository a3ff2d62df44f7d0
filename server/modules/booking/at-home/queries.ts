import type { CentreId } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read } from '../../../platform/handles.ts';
import { BOOKING, type BookingRow } from '../queries.ts';

/** A visit at home as its crew is told of it. */
export interface HomeVisitRow extends BookingRow {
  readonly crew: number;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly contact: string | null;
}

/** The visits at home of a centre's day, with which crew goes where. */
export async function homeVisits(tx: Read, centreId: CentreId, day: CivilDate): Promise<HomeVisitRow[]> {
  const { rows } = await tx.query<HomeVisitRow>(
    `select ${BOOKING}, split_part(c.pool, ':', 3)::integer as crew, p.address, p.latitude::float8, p.longitude::float8,
       coalesce(p.phone, p.email) as contact
     from booking b join booking_claim c on c.booking_id = b.booking_id and c.pool like 'unit:home-crew:%'
     left join booking_person p on p.booking_id = b.booking_id
     where b.centre_id = $1 and b.day = $2 and b.at_home and b.state in ('booked', 'came', 'served')
     order by crew, lower(b.span)`,
    [centreId, day],
  );
  return rows;
}
