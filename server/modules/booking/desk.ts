import { createHash, timingSafeEqual } from 'node:crypto';
import type { Booking, OwnBooking } from '../../../contract/booking.ts';
import type { Ticket } from '../../../contract/queue.ts';
import { dayWithout, isFree, type OwnClaim, poolsTaken } from '../../../core/booking/free.ts';
import { BOOKING_STEPS, type BookingAction, checkInNow, HOLD_MINUTES } from '../../../core/booking/life.ts';
import { CELL } from '../../../core/booking/setting.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { refuse } from '../../../core/problems.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import type { CentreId, ClassLetter } from '../../../core/queue/ids.ts';
import { localTime } from '../../../core/time/wording.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { Actor } from '../../platform/audit.ts';
import { brokeConstraint, inTransaction } from '../../platform/transaction.ts';
import type { Ledger, LedgerDays } from './ledger/ledger.ts';
import type { BookingRoom } from './room.ts';
import { nearestTimes } from './search.ts';
import {
  bookingById,
  type BookingRow,
  type Claim,
  claimsOf,
  countOfContact,
  freePlace,
  insertBooking,
  logBooking,
  moveBooking,
  putContact,
  setState,
} from './store.ts';
import { tell } from './tell.ts';
import { bookingToken, contactKeyOf, newBookingCode } from './token.ts';
import { askOn, centreOf, horizon, type Known, type Offer, offerAt, settingOf, type Wish } from './wanted.ts';

/** What a desk works with. */
export interface Desk {
  readonly room: BookingRoom;
  readonly ledger: Ledger;
  readonly known: { read(): Promise<Known>; forget(): void };
}

/** Who books, and for whom. */
export interface Order extends Wish {
  readonly bookingId: string;
  readonly at: Instant;
  readonly classLetter: ClassLetter;
  readonly language: string;
  readonly partner: string | null;
  readonly actor: Actor;
}

/** The constraints of the ledger by which the database itself refuses a place that is taken. */
const TAKEN = ['ledger_holds', 'unit_is_free', 'claim_in_day'] as const;
const TRIES = 3;
const OFFERED_INSTEAD = 5;
/** PostgreSQL: two transactions waited for each other, and one was given up. */
const DEADLOCK = '40P01';
const UNIQUE = '23505';

/**
 * Holds a time for ten minutes (`held`), or books it at once. Asked again with the same id it gives the same booking.
 * Throws time-taken with the nearest free times, time-past, time-too-soon or time-too-far.
 */
export async function makeBooking(
  { room, ledger, known: knownNow }: Desk,
  offerFor: (known: Known, days: LedgerDays) => Offer,
  order: Order,
  state: 'held' | 'booked',
): Promise<BookingRow> {
  const known = await knownNow.read();
  for (let attempt = 1; ; attempt += 1) {
    const days = await ledger.read();
    const now = room.now();
    let offer: Offer;
    let claim: Claim;
    try {
      offer = offerFor(known, days);
      claim = claimFor(days, offer, order, order.at, now);
    } catch (refusal) {
      // It may be this very booking that has the place: then it was sent twice.
      const before = await bookingById(room.pool, order.bookingId);
      if (before === null) throw refusal;
      return sameBooking(before, order);
    }
    const made: BookingRow = {
      ...placeOf(offer, order.at),
      bookingId: order.bookingId,
      code: newBookingCode(),
      state,
      channel: order.channel,
      partner: order.partner,
      persons: order.persons,
      language: order.language,
      classLetter: order.classLetter,
      heldUntil: state === 'held' ? now + HOLD_MINUTES * MINUTE : null,
      visitId: null,
      services: order.services,
    };
    try {
      await insertBooking(room.pool, made, claim, now, { kind: state, actor: order.actor });
      return made;
    } catch (error) {
      const before = isTwice(error) ? await bookingById(room.pool, order.bookingId) : null;
      if (before !== null) return sameBooking(before, order);
      mayTryAgain(error, attempt);
    }
  }
}

/** Moves a booking to another time or centre; its old place is given back in the same moment. */
export async function moveTo(
  { room, ledger, known: knownNow }: Desk,
  bookingId: string,
  to: { readonly centreId: CentreId | null; readonly at: Instant },
  actor: Actor,
  told: 'booking-moved' | 'booking-moved-by-centre' = 'booking-moved',
): Promise<BookingRow> {
  const known = await knownNow.read();
  for (let attempt = 1; ; attempt += 1) {
    const days = await ledger.read();
    try {
      return await inTransaction(room.pool, async (client) => {
        const booking = await lockedIn(client, bookingId, 'move');
        const offer = offerOrRefuse(known, to.centreId ?? booking.centreId, booking);
        const now = room.now();
        const own = await claimsOf(client, bookingId);
        const claim = claimFor(withoutClaims(days, booking, own), offer, booking, to.at, now);
        const place = placeOf(offer, to.at);
        await moveBooking(client, booking, place, claim);
        const details = {
          from: { centreId: booking.centreId, at: booking.at },
          to: { centreId: place.centreId, at: to.at },
        };
        await logBooking(client, bookingId, now, { kind: 'moved', actor, details });
        const moved = { ...booking, ...place };
        if (booking.state === 'booked') await tell(room, known, client, moved, told);
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
    day: (asked, date) => {
      const ledger = days.day(asked, date);
      return ledger === null || asked !== centreId || date !== day ? ledger : dayWithout(ledger, own);
    },
  };
}

/** Somebody else was faster: the ledger is read again, and says what is free instead. Anything else is not ours to mend. */
function mayTryAgain(error: unknown, attempt: number): void {
  const isRace =
    isTwice(error) ||
    (error as { code?: string }).code === DEADLOCK ||
    TAKEN.some((name) => brokeConstraint(error, name));
  if (!isRace || attempt >= TRIES) throw error;
}

/** The same id or the same code: a booking that was sent twice, or two that drew one code. */
function isTwice(error: unknown): boolean {
  return (error as { code?: string }).code === UNIQUE;
}

/** Gives a booking back. A visitor's own place comes free a little later, so that no program snatches it; `atOnce` for staff. */
export async function cancelBooking(
  { room, known: knownNow }: Desk,
  bookingId: string,
  actor: Actor,
  freesAt: (booking: BookingRow, now: Instant) => Instant | null,
): Promise<BookingRow> {
  const known = await knownNow.read();
  return inTransaction(room.pool, async (client) => {
    const booking = await lockedIn(client, bookingId, 'cancel');
    const now = room.now();
    const at = freesAt(booking, now);
    await setState(client, bookingId, 'cancelled', { freesAt: at });
    if (at === null) await freePlace(client, bookingId);
    await logBooking(client, bookingId, now, { kind: 'cancelled', actor });
    const cancelled = { ...booking, state: 'cancelled' as const, heldUntil: null };
    await tell(room, known, client, cancelled, 'booking-cancelled');
    return cancelled;
  });
}

/** A contact that has been proved, or that staff were told: the booking stands. Throws contact-limit or contact-busy. */
export async function confirmBooking(
  { room, known: knownNow }: Desk,
  bookingId: string,
  contact: { readonly email: string | null; readonly phone: string | null },
  actor: Actor,
): Promise<BookingRow> {
  const known = await knownNow.read();
  return inTransaction(room.pool, async (client) => {
    const booking = await lockedIn(client, bookingId, 'confirm');
    const now = room.now();
    await keepContact(room, known, client, booking, contact, now);
    await setState(client, bookingId, 'booked', {});
    await logBooking(client, bookingId, now, { kind: 'confirmed', actor });
    const booked = { ...booking, state: 'booked' as const, heldUntil: null };
    await tell(room, known, client, booked, 'booking-confirmed');
    return booked;
  });
}

/** Ties a contact to a booking, within what one contact may have. */
export async function keepContact(
  room: BookingRoom,
  known: Known,
  client: Parameters<typeof putContact>[0],
  booking: BookingRow,
  contact: { readonly email: string | null; readonly phone: string | null },
  now: Instant,
): Promise<void> {
  const { perContactMax } = settingOf(known, booking.centreId);
  const keys = [contact.email, contact.phone]
    .flatMap((one) => (one === null ? [] : [contactKeyOf(room.contactKey, one)]))
    .toSorted(Buffer.compare);
  for (const key of keys) {
    const others = await countOfContact(client, key, booking.bookingId, now);
    if (others >= perContactMax) return refuse('contact-limit', { most: perContactMax });
  }
  await putContact(client, booking.bookingId, contact, keys).catch((error: unknown) => {
    if (brokeConstraint(error, 'contact_is_free')) return refuse('contact-busy', {});
    throw error;
  });
}

/** Who booked is there: a visit in the queue. Throws booking-early, booking-late or booking-state. */
export async function checkIn({ room, known: knownNow }: Desk, booking: BookingRow, actor: Actor): Promise<Ticket> {
  const setting = settingOf(await knownNow.read(), booking.centreId);
  const { bookingId, at, centreId, day, services, persons, classLetter, language } = booking;
  mustBeIn(booking, 'check-in');
  const { zone } = centreOf(await knownNow.read(), centreId);
  const now = room.now();
  const when = checkInNow(setting, at, now);
  const time = localTime(at, zone);
  if (booking.state === 'booked' && when === 'early')
    return refuse('booking-early', { time, from: localTime(at - setting.checkInMinutes.before * MINUTE, zone) });
  if (booking.state === 'booked' && when === 'late')
    return refuse('booking-late', { time, minutes: setting.checkInMinutes.after });
  const ticket = await room.arrive({
    bookingId,
    centreId,
    day,
    slot: at,
    services,
    persons,
    classLetter,
    language,
  });
  // The visit is there, whatever happens now: who asks again is told of the same one.
  await inTransaction(room.pool, async (client) => {
    const current = await bookingById(client, bookingId, true);
    if (current?.state !== 'booked') return;
    await setState(client, bookingId, 'came', { visitId: ticket.visitId });
    await logBooking(client, bookingId, now, { kind: 'came', actor });
  });
  return ticket;
}

/** The booking in this transaction, if the action may follow from its state. Throws unknown-booking or booking-state. */
export async function lockedIn(
  client: Parameters<typeof bookingById>[0],
  bookingId: string,
  action: BookingAction,
): Promise<BookingRow> {
  const booking = (await bookingById(client, bookingId, true)) ?? refuse('unknown-booking', {});
  mustBeIn(booking, action);
  return booking;
}

export function mustBeIn({ state }: BookingRow, action: BookingAction): void {
  if (!BOOKING_STEPS[action].from.includes(state)) refuse('booking-state', { is: state });
}

/** What the wish takes at a centre. Throws unknown-centre or unknown-service. */
export function offerOrRefuse(
  known: Known,
  centreId: CentreId,
  wish: Pick<Wish, 'services' | 'persons' | 'channel'>,
): Offer {
  centreOf(known, centreId);
  const offer = offerAt(known, centreId, wish);
  if (offer !== null) return offer;
  const given = known.services.get(centreId);
  const missing = wish.services.find(({ serviceId }) => given?.has(serviceId) !== true);
  return refuse('unknown-service', { serviceId: missing?.serviceId ?? '' });
}

function placeOf({ centre, need }: Offer, at: Instant): Pick<BookingRow, 'centreId' | 'day' | 'at' | 'until'> {
  return { centreId: centre.centreId, day: businessDayAt(at, centre.zone), at, until: at + need.minutes * MINUTE };
}

/** What a booking at this time takes; a time that cannot be had is refused with the nearest that can. */
function claimFor(days: LedgerDays, offer: Offer, wish: Wish, at: Instant, now: Instant): Claim {
  const { centre, need, given } = offer;
  const day = businessDayAt(at, centre.zone);
  const { from, to, notBefore } = horizon(offer, wish.channel, now);
  if (at <= now) return refuse('time-past', {});
  if (day > to) return refuse('time-too-far', { day: to });
  if (day < from || at < notBefore) return refuse('time-too-soon', {});
  if (given.some(({ off }) => off.some((one) => one.from <= day && day <= one.to)))
    return refuse('service-off', { serviceId: given[0]?.serviceId ?? '' });
  const ledger = days.day(centre.centreId, day);
  const asked = ledger === null ? null : askOn(offer, wish.channel, day, ledger.begins, now);
  const pools = ledger === null || asked === null || !isFree(ledger, asked, at) ? null : poolsTaken(ledger, asked, at);
  if (pools === null) {
    const times = nearestTimes(days, offer, wish, at, OFFERED_INSTEAD, now);
    return refuse('time-taken', { next: times, times: times.map((time) => localTime(time, centre.zone)).join(', ') });
  }
  return { pools, cells: need.cells, until: at + need.cells * CELL };
}

/** Sent again: the booking as it was made. Another body under the same id is refused. */
function sameBooking(before: BookingRow, { bookingId, at, services }: Order): BookingRow {
  const isSame = before.at === at && canonicalJson(before.services as never) === canonicalJson(services as never);
  return isSame ? before : refuse('command-conflict', { commandId: bookingId });
}

/** A booking as it is shown. */
export function shown(known: Known, booking: BookingRow): Booking {
  const { bookingId, code, centreId, day, at, until, state, channel, persons, language, heldUntil } = booking;
  const centre = centreOf(known, centreId);
  const given = known.services.get(centreId);
  const services = booking.services.map((service) => ({
    ...service,
    name: given?.get(service.serviceId)?.name ?? { ru: service.serviceId, en: service.serviceId },
  }));
  const where = { centreId, centre: centre.name, timeZone: centre.zone, day, at, until };
  return { bookingId, code, ...where, state, channel, services, persons, language, heldUntil };
}

/** A booking as its visitor sees it, with the secret of its page. */
function shownToOwner(known: Known, tokenKey: Buffer, booking: BookingRow): OwnBooking {
  return { ...shown(known, booking), token: bookingToken(tokenKey, booking.bookingId) };
}

/** The booking with the secret of its page, for its owner. */
export async function owned({ room, known }: Desk, booking: BookingRow): Promise<OwnBooking> {
  return shownToOwner(await known.read(), room.tokenKey, booking);
}

/** Who books, from what he sent: the same request gives the same booking. */
export function orderOf(
  { classLetter = 'O', language = 'ru' }: { classLetter?: string; language?: string },
  commandId: string,
  asker: Asker,
) {
  const who = `${asker.kind} ${asker.id ?? ''}`;
  return { bookingId: bookingIdOf(commandId, who), classLetter, language, partner: null, actor: asker };
}

/** The id of a booking, made of the command that asks for it and of who asks: nobody can name another's. */
function bookingIdOf(commandId: string, asker: string): string {
  const hex = createHash('sha256').update(`booking/${asker}/${commandId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
