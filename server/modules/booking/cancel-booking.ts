import { randomInt } from 'node:crypto';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import type { BookingContext } from './context.ts';
import { notifyVisitor } from './notify.ts';
import { type BookingRow, freePlace, holdBookingFor, logBooking, setState } from './queries.ts';

/** The place of a booking that its visitor cancelled comes free within this time, nobody knows when, so that no program snatches it. */
const FREES_WITHIN_MS = 15 * MINUTE;

/** Gives a booking back. What staff cancel, and a hold, comes free at once. Throws unknown-booking or booking-state. */
export async function cancelBooking(
  context: BookingContext,
  bookingId: string,
  { actor, by }: { readonly actor: Actor; readonly by: 'visitor' | 'staff' },
): Promise<BookingRow> {
  const facts = await context.offers.read();
  return context.db.write(async (tx) => {
    const booking = await holdBookingFor(tx, bookingId, 'cancel');
    const now = context.now();
    const freesAt = by === 'staff' || booking.state === 'held' ? null : laterFor(booking, now);
    await setState(tx, bookingId, 'cancelled', { freesAt });
    if (freesAt === null) await freePlace(tx, bookingId);
    await logBooking(tx, bookingId, now, { kind: 'cancelled', actor });
    const cancelled = { ...booking, state: 'cancelled' as const, heldUntil: null };
    await notifyVisitor(tx, context, facts, cancelled, 'booking-cancelled');
    return cancelled;
  });
}

function laterFor({ at }: BookingRow, now: Instant): Instant {
  return Math.min(at, now + randomInt(FREES_WITHIN_MS) + 1);
}
