import { createHash } from 'node:crypto';
import type { Asker } from '../../../core/access/asker.ts';
import { HOLD_MINUTES } from '../../../core/booking/life.ts';
import { type Claim, claimAt, type LedgerDays } from '../../../core/booking/times.ts';
import type { Offer, Wish } from '../../../core/booking/wish.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { refuse } from '../../../core/problems.ts';
import type { ClassLetter } from '../../../core/queue/ids.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { BookingContext } from './context.ts';
import type { OfferFacts } from './offer-lookup.ts';
import { bookingById, type BookingRow, insertBooking } from './queries.ts';
import { newBookingCode } from './token.ts';

/** Who books, and for whom. */
export interface Order extends Wish {
  readonly bookingId: string;
  readonly at: Instant;
  readonly classLetter: ClassLetter;
  readonly language: string;
  readonly partner: string | null;
  readonly actor: Actor;
}

/** Chooses the centre, and what is taken there. Throws unknown-centre, unknown-service, time-taken. */
type ChooseOffer = (facts: OfferFacts, days: LedgerDays, now: Instant) => Offer;

/** The constraints of the ledger by which the database itself refuses a place that is taken. */
const TAKEN = ['ledger_holds', 'unit_is_free', 'claim_in_day'] as const;
const TRIES = 5;
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
  context: BookingContext,
  choose: ChooseOffer,
  order: Order,
  state: 'held' | 'booked',
): Promise<BookingRow> {
  const facts = await context.offers.read();
  const find = async (): Promise<Found> => {
    const days = await context.ledger.read();
    const now = context.now();
    try {
      const offer = choose(facts, days, now);
      return { offer, claim: claimAt(days, offer, order, order.at, now), now };
    } catch (refusal) {
      // It may be this very booking that has the place: then it was sent twice.
      const before = await context.db.read((tx) => bookingById(tx, order.bookingId));
      if (before === null) throw refusal;
      return { before: sameBooking(before, order) };
    }
  };
  // A caller that asks for a time that is taken is told so at once; the others of a day go one by one, each seeing the one before.
  const first = await find();
  if ('before' in first) return first.before;
  const { centreId, day } = placeOf(first.offer, order.at);
  return context.inTurn(`${centreId} ${day}`, () => insertFound(context, find, order, state));
}

async function insertFound(
  { db }: BookingContext,
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
      await db.write((tx) => insertBooking(tx, made, found.claim, found.now, { kind: state, actor: order.actor }));
      return made;
    } catch (error) {
      const before = brokeUnique(error) ? await db.read((tx) => bookingById(tx, bookingId)) : null;
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
    brokeUnique(error) ||
    (error as { code?: string }).code === DEADLOCK ||
    TAKEN.some((name) => brokeConstraint(error, name));
  if (!isRace) throw error;
  if (attempt >= TRIES) refuse('busy', {});
}

/** The same id or the same code: a booking that was sent twice, or two that drew one code. */
function brokeUnique(error: unknown): boolean {
  return (error as { code?: string }).code === UNIQUE;
}

/** When and where a booking would be. */
export function placeOf(
  { centreId, zone, need }: Offer,
  at: Instant,
): Pick<BookingRow, 'centreId' | 'day' | 'at' | 'until'> {
  return { centreId, day: businessDayAt(at, zone), at, until: at + need.minutes * MINUTE };
}

/** Sent again: the booking as it was made. Another body under the same id is refused. */
function sameBooking(before: BookingRow, { bookingId, at, services }: Order): BookingRow {
  const isSame = before.at === at && canonicalJson(before.services as never) === canonicalJson(services as never);
  return isSame ? before : refuse('command-conflict', { commandId: bookingId });
}

/** An order, from a request: the same request gives the same booking. */
export function orderOf(
  wish: Wish,
  {
    commandId,
    at,
    classLetter = 'O',
    language = 'ru',
  }: { readonly commandId: string; readonly at: Instant; readonly classLetter?: string; readonly language?: string },
  asker: Asker,
): Order {
  const bookingId = bookingIdOf(commandId, `${asker.kind} ${asker.id ?? ''}`);
  return { ...wish, bookingId, at, classLetter, language, partner: null, actor: asker };
}

/** The id of a booking, made of the command that asks for it and of who asks: nobody can name another's. */
function bookingIdOf(commandId: string, asker: string): string {
  const hex = createHash('sha256').update(`booking/${asker}/${commandId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
