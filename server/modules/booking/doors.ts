import type { CentreId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Desk } from './make.ts';
import { bookingsToTellOfDoors, holdBooking, logBooking } from './store.ts';
import { tell } from './tell.ts';

/** The doors of a hall that closed before their hour, or opened again. */
export interface DoorsMoved {
  readonly hallId: CentreId;
  readonly day: CivilDate;
  readonly isOpen: boolean;
}

/**
 * Tells everybody who is booked for the rest of the day that the doors have closed before their hour, or that they are open again: each
 * visitor once, however often this is called. Gives how many were told.
 */
export async function tellOfDoors(
  { room, known: knownNow }: Desk,
  { hallId, day, isOpen }: DoorsMoved,
  actor: Actor,
): Promise<number> {
  const kind = isOpen ? 'doors-opened' : 'doors-closed';
  const known = await knownNow.read();
  const due = await room.db.read((tx) => bookingsToTellOfDoors(tx, { centreId: hallId, day }, kind, room.now()));
  for (const bookingId of due)
    await room.db.write(async (tx) => {
      const booking = await holdBooking(tx, bookingId);
      // Moved or cancelled while the others were told.
      if (booking?.state !== 'booked' || booking.day !== day) return;
      await logBooking(tx, bookingId, room.now(), { kind, actor });
      await tell(room, known, tx, booking, isOpen ? 'booking-doors-opened' : 'booking-doors-closed');
    });
  return due.length;
}
