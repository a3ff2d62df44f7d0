import { timingSafeEqual } from 'node:crypto';
import type { Booking, OwnBooking } from '../../../contract/booking.ts';
import { dayWithout, type OwnClaim } from '../../../core/booking/free.ts';
import { BOOKING_STEPS, type BookingAction } from '../../../core/booking/life.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import { brokeConstraint, type Write } from '../../platform/handles.ts';
import type { LedgerDays } from './ledger/ledger.ts';
import { claimFor, type Desk, mayTryAgain, offerOrRefuse, placeOf } from './make.ts';
import type { BookingRoom } from './room.ts';
import { countOfContact, putContact } from './persons/store.ts';
import {
  bookingById,
  type BookingRow,
  claimsOf,
  freePlace,
  holdBooking,
  logBooking,
  moveBooking,
  setState,
} from './store.ts';
import { calendarOf, tell } from './tell.ts';
import { bookingToken, contactKeyOf } from './token.ts';
import { centreOf, type Known, settingOf } from './wanted.ts';

/** Who moves a booking, and what its visitor is told. */
export interface MovedBy {
  readonly actor: Actor;
  readonly by: 'visitor' | 'staff';
  readonly told?: 'booking-moved' | 'booking-moved-by-centre';
}

/** Moves a booking to another time or centre; its old place is given back in the same moment. */
export async function moveTo(
  { room, ledger, known: knownNow }: Desk,
  bookingId: string,
  to: { readonly centreId: CentreId | null; readonly at: Instant },
  { actor, told = 'booking-moved', by }: MovedBy,
): Promise<BookingRow> {
  const known = await knownNow.read();
  for (let attempt = 1; ; attempt += 1) {
    const days = await ledger.read();
    try {
      return await room.db.write(async (tx) => {
        const booking = await lockedIn(tx, bookingId, 'move');
        // What the hall moves is not held to the bounds of the channel that it came through.
        const wish = by === 'staff' ? { ...booking, channel: 'reception' as const } : booking;
        const offer = offerOrRefuse(known, to.centreId ?? booking.centreId, wish);
        const now = room.now();
        const own = await claimsOf(tx, bookingId);
        const claim = claimFor(withoutClaims(days, booking, own), offer, wish, to.at, now);
        const place = placeOf(offer, to.at);
        await moveBooking(tx, booking, place, claim);
        const details = {
          from: { centreId: booking.centreId, at: booking.at },
          to: { centreId: place.centreId, at: to.at },
        };
        await logBooking(tx, bookingId, now, { kind: 'moved', actor, details });
        const moved = { ...booking, ...place };
        if (booking.state === 'booked') await tell(room, known, tx, moved, told);
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

/** Gives a booking back. A visitor's own place comes free a little later, so that no program snatches it; `atOnce` for staff. */
export async function cancelBooking(
  { room, known: knownNow }: Desk,
  bookingId: string,
  actor: Actor,
  freesAt: (booking: BookingRow, now: Instant) => Instant | null,
): Promise<BookingRow> {
  const known = await knownNow.read();
  return room.db.write(async (tx) => {
    const booking = await lockedIn(tx, bookingId, 'cancel');
    const now = room.now();
    const at = freesAt(booking, now);
    await setState(tx, bookingId, 'cancelled', { freesAt: at });
    if (at === null) await freePlace(tx, bookingId);
    await logBooking(tx, bookingId, now, { kind: 'cancelled', actor });
    const cancelled = { ...booking, state: 'cancelled' as const, heldUntil: null };
    await tell(room, known, tx, cancelled, 'booking-cancelled');
    return cancelled;
  });
}

/** A contact that has been proved, or that staff were told: the booking is confirmed. Throws contact-limit or contact-busy. */
export async function confirmBooking(
  { room, known: knownNow }: Desk,
  bookingId: string,
  contact: { readonly email: string | null; readonly phone: string | null },
  actor: Actor,
): Promise<BookingRow> {
  const known = await knownNow.read();
  return room.db.write(async (tx) => {
    const booking = await lockedIn(tx, bookingId, 'confirm');
    const now = room.now();
    await keepContact(room, known, tx, booking, contact, now);
    await setState(tx, bookingId, 'booked', {});
    await logBooking(tx, bookingId, now, { kind: 'confirmed', actor });
    const booked = { ...booking, state: 'booked' as const, heldUntil: null };
    await tell(room, known, tx, booked, 'booking-confirmed');
    return booked;
  });
}

/** Ties a contact to a booking, within what one contact may have. */
export async function keepContact(
  room: BookingRoom,
  known: Known,
  tx: Parameters<typeof putContact>[0],
  booking: BookingRow,
  contact: { readonly email: string | null; readonly phone: string | null },
  now: Instant,
): Promise<void> {
  const { perContactMax } = settingOf(known, booking.centreId);
  const keys = [contact.email, contact.phone]
    .flatMap((one) => (one === null ? [] : [contactKeyOf(room.contactKey, one)]))
    .toSorted(Buffer.compare);
  for (const key of keys) {
    const others = await countOfContact(tx, key, booking.bookingId, now);
    if (others >= perContactMax) return refuse('contact-limit', { most: perContactMax });
  }
  await putContact(tx, booking.bookingId, contact, keys).catch((error: unknown) => {
    if (brokeConstraint(error, 'contact_is_free')) return refuse('contact-busy', {});
    throw error;
  });
}

/** The booking in this transaction, if the action may follow from its state. Throws unknown-booking or booking-state. */
export async function lockedIn(tx: Write, bookingId: string, action: BookingAction): Promise<BookingRow> {
  const booking = (await holdBooking(tx, bookingId)) ?? refuse('unknown-booking', {});
  mustBeIn(booking, action);
  return booking;
}

export function mustBeIn({ state }: BookingRow, action: BookingAction): void {
  if (!BOOKING_STEPS[action].from.includes(state)) refuse('booking-state', { is: state });
}

/** A booking as it is shown. */
export function shown(known: Known, booking: BookingRow): Booking {
  const { bookingId, code, centreId, day, at, until, state, channel, persons, language, heldUntil, atHome } = booking;
  const centre = centreOf(known, centreId);
  const given = known.services.get(centreId);
  const services = booking.services.map((service) => ({
    ...service,
    name: given?.get(service.serviceId)?.name ?? { ru: service.serviceId, en: service.serviceId },
  }));
  const where = { centreId, centre: centre.name, timeZone: centre.zone, day, at, until };
  return { bookingId, code, ...where, state, channel, services, persons, language, heldUntil, atHome };
}

/** A booking as its visitor sees it, with the secret of its page. */
function shownToOwner(known: Known, tokenKey: Buffer, booking: BookingRow): OwnBooking {
  return { ...shown(known, booking), token: bookingToken(tokenKey, booking.bookingId) };
}

/** The booking with the secret of its page, for its owner. */
export async function owned({ room, known }: Desk, booking: BookingRow): Promise<OwnBooking> {
  return shownToOwner(await known.read(), room.tokenKey, booking);
}

export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A booking as a calendar file. Throws unknown-booking. */
export async function calendarOfBooking({ room, known }: Desk, bookingId: string): Promise<string> {
  const booking = (await room.db.read((tx) => bookingById(tx, bookingId))) ?? refuse('unknown-booking', {});
  const { name, address } = centreOf(await known.read(), booking.centreId);
  return room.db.read((tx) =>
    calendarOf(tx, booking, booking.language === 'ru' ? name.ru : name.en, address, room.now()),
  );
}
