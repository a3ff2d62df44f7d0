import { dayWithout, type OwnClaim } from '../../../core/booking/free.ts';
import { claimAt, type LedgerDays } from '../../../core/booking/times.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { BookingContext } from './context.ts';
import { mayTryAgain, placeOf } from './make-booking.ts';
import { notifyVisitor } from './notify.ts';
import { offerOrRefuse } from './offer-lookup.ts';
import { type BookingRow, claimsOf, holdBookingFor, logBooking, putInPlace } from './queries.ts';

/** Who moves a booking, and what its visitor is told. */
interface MovedBy {
  readonly actor: Actor;
  readonly by: 'visitor' | 'staff';
  readonly told?: 'booking-moved' | 'booking-moved-by-centre';
}

/** Moves a booking to another time or centre; its old place is given back in the same moment. Throws what a new booking throws, and booking-state. */
export async function moveBooking(
  context: BookingContext,
  bookingId: string,
  to: { readonly centreId: CentreId | null; readonly at: Instant },
  { actor, told = 'booking-moved', by }: MovedBy,
): Promise<BookingRow> {
  const facts = await context.offers.read();
  for (let attempt = 1; ; attempt += 1) {
    const days = await context.ledger.read();
    try {
      return await context.db.write(async (tx) => {
        const booking = await holdBookingFor(tx, bookingId, 'move');
        // What the hall moves is not held to the bounds of the channel that it came through.
        const wish = by === 'staff' ? { ...booking, channel: 'reception' as const } : booking;
        const now = context.now();
        const offer = offerOrRefuse(facts, to.centreId ?? booking.centreId, wish, now);
        const own = await claimsOf(tx, bookingId);
        const claim = claimAt(withoutClaims(days, booking, own), offer, wish, to.at, now);
        const place = placeOf(offer, to.at);
        await putInPlace(tx, bookingId, place, claim);
        const details = {
          from: { centreId: booking.centreId, at: booking.at },
          to: { centreId: place.centreId, at: to.at },
        };
        await logBooking(tx, bookingId, now, { kind: 'moved', actor, details });
        const moved = { ...booking, ...place };
        if (booking.state === 'booked') await notifyVisitor(tx, context, facts, moved, told);
        return moved;
      });
    } catch (error) {
      if (brokeConstraint(error, 'contact_is_free')) return refuse('contact-busy', {});
      mayTryAgain(error, attempt);
    }
  }
}

/** The days as they are without what a booking takes itself: it does not stand in its own way. */
function withoutClaims(days: LedgerDays, { centreId, day }: BookingRow, own: readonly OwnClaim[]): LedgerDays {
  return {
    ...days,
    day: (asked, date) => {
      const ledger = days.day(asked, date);
      return ledger === null || asked !== centreId || date !== day ? ledger : dayWithout(ledger, own);
    },
  };
}
