import type { DoorsMoved } from '../queue/index.ts';
import type { BookingContext } from './context.ts';
import { notifyVisitor } from './notify.ts';
import { bookingsToTellOfDoors, holdBooking, logBooking } from './queries.ts';

/**
 * Tells everybody who is booked for the rest of the day that the doors have closed before their hour, or that they are open again: each
 * visitor once, however often this is called.
 */
export async function notifyOfDoors(
  context: BookingContext,
  { key, isOpen, asker: actor }: Pick<DoorsMoved, 'key' | 'isOpen' | 'asker'>,
): Promise<void> {
  const { db, now, offers, sendNow } = context;
  const kind = isOpen ? 'doors-opened' : 'doors-closed';
  const facts = await offers.read();
  const due = await db.read((tx) => bookingsToTellOfDoors(tx, key, kind, now()));
  for (const bookingId of due)
    await db.write(async (tx) => {
      const booking = await holdBooking(tx, bookingId);
      // Moved or cancelled while the others were told.
      if (booking?.state !== 'booked' || booking.day !== key.day) return;
      await logBooking(tx, bookingId, now(), { kind, actor });
      await notifyVisitor(tx, context, facts, booking, isOpen ? 'booking-doors-opened' : 'booking-doors-closed');
    });
  if (due.length > 0) sendNow();
}
