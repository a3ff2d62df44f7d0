import type { VisitId } from '../../../../core/queue/ids.ts';
import type { Write } from '../../../platform/handles.ts';

/** The visitor has come: the booking is the visit's from now on. `before`: the visit of this booking that is over; null: the first. */
export async function noteArrival(
  tx: Write,
  bookingId: string,
  visitId: VisitId,
  before: VisitId | null,
): Promise<void> {
  await tx.query(
    `update booking set state = 'came', visit_id = $2
     where booking_id = $1 and ((state = 'booked' and $3::uuid is null) or (state = 'came' and visit_id = $3))`,
    [bookingId, visitId, before],
  );
}

/** The hall did not take the visitor: the booking is as it was before. False: it is in another state by now. */
export async function takeBackArrival(
  tx: Write,
  bookingId: string,
  visitId: VisitId,
  before: VisitId | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update booking set state = case when $3::uuid is null then 'booked' else 'came' end, visit_id = $3
     where booking_id = $1 and state = 'came' and visit_id = $2`,
    [bookingId, visitId, before],
  );
  return rowCount === 1;
}
