import type { TightCell } from '../../../../core/booking/conflicts.ts';
import type { OwnClaim } from '../../../../core/booking/free.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read } from '../../../platform/handles.ts';
import { BOOKING, type BookingRow } from '../queries.ts';

/** The cells of a centre's days from `from` on in which more is taken than is offered. */
export async function tightCells(tx: Read, centreId: CentreId, from: CivilDate): Promise<TightCell[]> {
  const { rows } = await tx.query<TightCell>(
    `select l.day::text as day, l.pool, (instant_ms(l.begins) + (n - 1) * 300000)::float8 as at, (t - o)::integer as excess
     from ledger_pool l, unnest(l.taken, l.offered) with ordinality as cell(t, o, n)
     where l.centre_id = $1 and l.day >= $2 and not l.whole_day and t > o`,
    [centreId, from],
  );
  return rows;
}

/** The bookings of a centre that are to come, newest first, with what they take. */
export async function comingBookings(
  tx: Read,
  centreId: CentreId,
  now: Instant,
): Promise<(BookingRow & { readonly claims: readonly OwnClaim[] })[]> {
  const { rows } = await tx.query<BookingRow & { claims: OwnClaim[] }>(
    `select ${BOOKING}, coalesce((select jsonb_agg(jsonb_build_object('pool', c.pool, 'at', instant_ms(lower(c.span)), 'cells', c.cells))
       from booking_claim c where c.booking_id = b.booking_id), '[]') as claims
     from booking b where centre_id = $1 and day >= (instant_of($2) - interval '1 day')::date and state = 'booked' and lower(span) > instant_of($2)
     order by made_at desc, booking_id`,
    [centreId, now],
  );
  return rows;
}
