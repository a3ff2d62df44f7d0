import { createHash } from 'node:crypto';
import type { Asker } from '../../../core/access/asker.ts';
import { isFree, poolsTaken } from '../../../core/booking/free.ts';
import { HOLD_MINUTES } from '../../../core/booking/life.ts';
import { CELL } from '../../../core/booking/setting.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId, ClassLetter } from '../../../core/queue/ids.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import { localTime } from '../../../core/time/wording.ts';
import type { Actor } from '../../platform/audit.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { FloodGate } from './flood.ts';
import type { Ledger, LedgerDays } from './ledger/ledger.ts';
import type { BookingRoom } from './room.ts';
import { nearestTimes } from './search.ts';
import { bookingById, type BookingRow, type Claim, insertBooking } from './store.ts';
import { newBookingCode } from './token.ts';
import type { Turns } from './turns.ts';
import { askOn, centreOf, horizon, type Known, type Offer, offerAt, type Wish } from './wanted.ts';

/** What a desk works with. */
export interface Desk {
  readonly room: BookingRoom;
  readonly ledger: Ledger;
  readonly known: { read(): Promise<Known>; forget(): void };
  readonly inTurn: Turns;
  readonly mayHold: FloodGate;
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
const TRIES = 5;
const OFFERED_INSTEAD = 5;
/** PostgreSQL: two transactions waited for each other, and one was given up. */
const DEADLOCK = '40P01';
const UNIQUE = '23505';

/** A place that can be had now, or the booking that was made with this very request before. */
type Found = { readonly offer: Offer; readonly claim: Claim; readonly now: Instant } | { readonly before: BookingRow };

/**
 * Holds a time for ten minutes (`held`), or books it at once. Asked again with the same id it gives the same booking.
 * Throws time-taken with the nearest free times, time-past, time-too-soon or time-too-far.
 */
export async function makeBooking(
  desk: Desk,
  offerFor: (known: Known, days: LedgerDays) => Offer,
  order: Order,
  state: 'held' | 'booked',
): Promise<BookingRow> {
  const known = await desk.known.read();
  const find = async (): Promise<Found> => {
    const days = await desk.ledger.read();
    const now = desk.room.now();
    try {
      const offer = offerFor(known, days);
      return { offer, claim: claimFor(days, offer, order, order.at, now), now };
    } catch (refusal) {
      // It may be this very booking that has the place: then it was sent twice.
      const before = await desk.room.db.read((tx) => bookingById(tx, order.bookingId));
      if (before === null) throw refusal;
      return { before: sameBooking(before, order) };
    }
  };
  // A caller that asks for a time that is taken is told so at once; the others of a day go one by one, each seeing the one before.
  const first = await find();
  if ('before' in first) return first.before;
  const { centreId, day } = placeOf(first.offer, order.at);
  return desk.inTurn(`${centreId} ${day}`, () => insertFound(desk, find, order, state));
}

async function insertFound(
  { room }: Desk,
  find: () => Promise<Found>,
  order: Order,
  state: 'held' | 'booked',
): Promise<BookingRow> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await find();
    if ('before' in found) return found.before;
    const { bookingId, services, persons, channel, classLetter, language, partner } = order;
    const made: BookingRow = {
      ...placeOf(found.offer, order.at),
      bookingId,
      services,
      persons,
      channel,
      classLetter,
      language,
      partner,
      state,
      code: newBookingCode(),
      heldUntil: state === 'held' ? found.now + HOLD_MINUTES * MINUTE : null,
      visitId: null,
      atHome: found.offer.need.atHome,
    };
    try {
      await room.db.write((tx) => insertBooking(tx, made, found.claim, found.now, { kind: state, actor: order.actor }));
      return made;
    } catch (error) {
      const before = isTwice(error) ? await room.db.read((tx) => bookingById(tx, bookingId)) : null;
      if (before !== null) return sameBooking(before, order);
      mayTryAgain(error, attempt);
    }
  }
}

/**
 * Another caller was faster: the ledger is read again, and says what is free instead. A caller outrun each time is told to try again
 * (busy). Anything else is not ours to mend.
 */
export function mayTryAgain(error: unknown, attempt: number): void {
  const isRace =
    isTwice(error) ||
    (error as { code?: string }).code === DEADLOCK ||
    TAKEN.some((name) => brokeConstraint(error, name));
  if (!isRace) throw error;
  if (attempt >= TRIES) refuse('busy', {});
}

/** The same id or the same code: a booking that was sent twice, or two that drew one code. */
function isTwice(error: unknown): boolean {
  return (error as { code?: string }).code === UNIQUE;
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

/** When and where a booking would be. */
export function placeOf({ centre, need }: Offer, at: Instant): Pick<BookingRow, 'centreId' | 'day' | 'at' | 'until'> {
  return { centreId: centre.centreId, day: businessDayAt(at, centre.zone), at, until: at + need.minutes * MINUTE };
}

/** What a booking at this time takes; a time that cannot be had is refused with the nearest that can. */
export function claimFor(days: LedgerDays, offer: Offer, wish: Wish, at: Instant, now: Instant): Claim {
  const { centre, need, given } = offer;
  const day = businessDayAt(at, centre.zone);
  const within = horizon(offer, wish.channel, now);
  const { from, to, notBefore } = within;
  if (at <= now) return refuse('time-past', {});
  if (day > to) return refuse('time-too-far', { day: to });
  if (day < from || at < notBefore) return refuse('time-too-soon', {});
  if (given.some(({ off }) => off.some((one) => one.from <= day && day <= one.to)))
    return refuse('service-off', { serviceId: given[0]?.serviceId ?? '' });
  const ledger = days.day(centre.centreId, day);
  const asked = ledger === null ? null : askOn(offer, wish.channel, day, ledger.begins, within);
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

/** The id of a booking, from its request: the same request gives the same booking. */
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
