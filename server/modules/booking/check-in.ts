import type { Ticket } from '../../../contract/queue.ts';
import { checkInNow } from '../../../core/booking/life.ts';
import { type BookingSetting, USUAL_BOOKING } from '../../../core/booking/setting.ts';
import { type ProblemCode, ProblemError, refuse } from '../../../core/problems.ts';
import { OVER, type VisitState } from '../../../core/queue/day.ts';
import type { VisitId } from '../../../core/queue/ids.ts';
import type { TimeZone } from '../../../core/time/civil.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import { localTime } from '../../../core/time/wording.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Read } from '../../platform/handles.ts';
import { noteArrival, takeBackArrival } from './arrivals/store.ts';
import { mustBeIn } from './desk.ts';
import { bookingSetting } from './ledger/store.ts';
import type { Desk } from './make.ts';
import type { BookingRoom } from './room.ts';
import { type BookingRow, holdBooking, logBooking } from './store.ts';
import { centreOf } from './wanted.ts';

/** What a check-in comes to, decided under the lock of the booking. */
type Step =
  /** The visit is there, and its visitor is waited for. */
  | { readonly kind: 'there'; readonly visitId: VisitId }
  /** The visitor did not come when called, or left: the hall says whether the visit may go on. */
  | { readonly kind: 'back'; readonly visitId: VisitId }
  /** A visit begins. `before`: the one of this booking that is over; null: there was none. */
  | { readonly kind: 'new'; readonly visitId: VisitId; readonly before: VisitId | null };

type Decided = Step & { readonly booking: BookingRow };

/** Another person presses at the same time only so often. */
const TRIES = 3;

/**
 * A visitor who booked is there: gives the ticket of the visit. One booking at a time: of a check-in and a move or a cancellation at the
 * same moment one wins and the other is refused. Who missed the call or left checks in again: a missed visit goes on by the rule of the
 * hall, one that was left goes on while that can be undone, and then a new one begins with the rights of the time that was booked.
 * Throws unknown-booking, booking-early, booking-late, booking-state, at-home, returns-used, and what a take throws.
 */
export function checkIn(desk: Desk, booking: BookingRow, actor: Actor): Promise<Ticket> {
  return desk.inTurn(`check-in ${booking.bookingId}`, () => checkInNext(desk, booking, actor));
}

async function checkInNext(desk: Desk, asked: BookingRow, actor: Actor): Promise<Ticket> {
  const { room } = desk;
  // Only what the sentence of a refusal says is known before.
  const { zone } = centreOf(await desk.known.read(), asked.centreId);
  let leftForGood: VisitId | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const step = await decided(room, asked.bookingId, leftForGood, zone, actor);
    const { booking, kind, visitId } = step;
    if (kind === 'new') return admitted(room, booking, step, actor);
    try {
      return await room.ticketOf(booking, visitId, kind === 'back');
    } catch (error) {
      if (isProblem(error, 'left-for-good')) leftForGood = visitId;
      // A command in the hall was faster: the state of the visit is read again.
      else if (!isProblem(error, 'visit-state') || attempt >= TRIES) throw error;
    }
  }
}

/**
 * What the check-in comes to. The booking comes first and under its lock; the visit follows. Its command is made of the booking and of the
 * visit before, so that a check-in that is repeated, also after a crash between the two, finds the same visit.
 */
function decided(
  room: BookingRoom,
  bookingId: string,
  leftForGood: VisitId | null,
  zone: TimeZone,
  actor: Actor,
): Promise<Decided> {
  return room.db.write(async (tx) => {
    const booking = (await holdBooking(tx, bookingId)) ?? refuse('unknown-booking', {});
    mustBeIn(booking, 'check-in');
    if (booking.atHome) return refuse('at-home', {});
    const { last, state, next } = await visitsOf(room, tx, booking);
    // It was noted and the hall has not heard of it.
    if (booking.visitId === next) return { kind: 'new', visitId: next, before: last, booking };
    if (state === 'finished') return refuse('booking-state', { is: 'served' });
    if (last !== null && state !== 'no-show' && !OVER.has(state)) return { kind: 'there', visitId: last, booking };
    await mustBeInTime(room, tx, booking, zone);
    if (last !== null && state !== 'lapsed' && last !== leftForGood) return { kind: 'back', visitId: last, booking };
    await noteArrival(tx, bookingId, next, last);
    await logBooking(tx, bookingId, room.now(), { kind: 'came', actor });
    return { kind: 'new', visitId: next, before: last, booking };
  });
}

type Visits =
  | { readonly last: null; readonly state: null; readonly next: VisitId }
  | { readonly last: VisitId; readonly state: VisitState; readonly next: VisitId };

/** The last visit that the hall knows of a booking, and the one that would be next. */
async function visitsOf(room: BookingRoom, tx: Read, booking: BookingRow): Promise<Visits> {
  let found: Visits = { last: null, state: null, next: room.visitIdOf(booking.bookingId, null) };
  for (;;) {
    const state: VisitState | null = await room.visitState(tx, booking, found.next);
    if (state === null) return found;
    found = { last: found.next, state, next: room.visitIdOf(booking.bookingId, found.next) };
  }
}

/** Has the hall take the visitor; when it does not, the booking is as it was. */
async function admitted(
  room: BookingRoom,
  booking: BookingRow,
  { visitId, before }: Step & { readonly kind: 'new' },
  actor: Actor,
): Promise<Ticket> {
  const { bookingId, centreId, day, at: slot, services, persons, classLetter, language } = booking;
  const arrival = { bookingId, visitId, centreId, day, slot, services, persons, classLetter, language };
  const ticket = await room.arrive(arrival).catch(async (error: unknown) => {
    if (isRefusal(error)) await notAdmitted(room, booking, { visitId, before }, actor);
    throw error;
  });
  // Another check-in that was refused a moment before may have taken the arrival back.
  await room.db.write((tx) => noteArrival(tx, bookingId, visitId, before));
  return ticket;
}

/** Throws booking-early or booking-late, by what holds in this transaction. */
async function mustBeInTime(room: BookingRoom, tx: Read, booking: BookingRow, zone: TimeZone): Promise<void> {
  const { centreId, at } = booking;
  const setting = (await bookingSetting<BookingSetting>(tx, centreId)) ?? USUAL_BOOKING;
  const { before, after } = setting.checkInMinutes;
  const time = localTime(at, zone);
  const stops = await room.stopsOf(tx, booking);
  const when = checkInNow(setting, at, room.now(), stops);
  if (when === 'early') return refuse('booking-early', { time, from: localTime(at - before * MINUTE, zone) });
  if (when === 'late') return refuse('booking-late', { time, minutes: after });
}

/** True when the hall said no for certain; after “outcome unknown” the visit may be there. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code !== 'outcome-unknown';
}

function isProblem(error: unknown, code: ProblemCode): boolean {
  return error instanceof ProblemError && error.problem.code === code;
}

/** The hall did not take the visitor: the booking is as it was, unless the visit is there after all. */
async function notAdmitted(
  room: BookingRoom,
  booking: BookingRow,
  { visitId, before }: Pick<Step & { readonly kind: 'new' }, 'visitId' | 'before'>,
  actor: Actor,
): Promise<void> {
  const { bookingId } = booking;
  if ((await room.db.read((tx) => room.visitState(tx, booking, visitId))) !== null) return;
  await room.db.write(async (tx) => {
    if (await takeBackArrival(tx, bookingId, visitId, before))
      await logBooking(tx, bookingId, room.now(), { kind: 'not-admitted', actor });
  });
}
