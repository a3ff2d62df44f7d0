import type { Place } from '../../../../core/booking/times.ts';
import { ProblemError } from '../../../../core/problems.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Actor } from '../../../platform/audit.ts';
import type { BookingContext } from '../context.ts';
import { moveBooking } from '../move-booking.ts';
import { conflictsAt, otherTimes } from './find-conflicts.ts';

/** Moves each booking of a centre for which there is no room any more to the nearest other time at its own centre, or else near by, and tells the visitor. */
export async function moveConflicts(
  context: BookingContext,
  centreId: CentreId,
  actor: Actor,
): Promise<{ moved: number; left: number }> {
  const facts = await context.offers.read();
  let moved = 0;
  const conflicts = await conflictsAt(context, centreId);
  for (const { booking } of conflicts) {
    // A booking moved earlier may have taken what was offered when the list was made.
    const offers = otherTimes(facts, await context.ledger.read(), booking, context.now());
    if (await moveToFirst(context, booking.bookingId, offers, actor)) moved += 1;
  }
  return { moved, left: conflicts.length - moved };
}

async function moveToFirst(
  context: BookingContext,
  bookingId: string,
  offers: readonly Place[],
  actor: Actor,
): Promise<boolean> {
  for (const place of offers) {
    try {
      await moveBooking(context, bookingId, place, { actor, by: 'staff', told: 'booking-moved-by-centre' });
      return true;
    } catch (error) {
      // Taken meanwhile, or the visitor is elsewhere then: the next one.
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return false;
}
