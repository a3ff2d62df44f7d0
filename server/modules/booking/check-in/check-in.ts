import type { Ticket } from '../../../../contract/queue.ts';
import { type CheckInStep, decideCheckIn } from '../../../../core/booking/check-in.ts';
import { type BookingSetting, USUAL_BOOKING } from '../../../../core/booking/setting.ts';
import { type ProblemCode, ProblemError, refuse } from '../../../../core/problems.ts';
import type { VisitState } from '../../../../core/queue/day.ts';
import type { CentreId, DayKey, VisitId } from '../../../../core/queue/ids.ts';
import type { Actor } from '../../../platform/audit.ts';
import type { Read } from '../../../platform/handles.ts';
import {
  arrive,
  comeBack,
  hallStops,
  keepPerson,
  stateOfVisit,
  ticketNow,
  visitIdOfBooking,
} from '../../queue/index.ts';
import type { BookingContext } from '../context.ts';
import { bookingSetting } from '../ledger/queries.ts';
import { centreOf } from '../offer-lookup.ts';
import { contactOf } from '../persons/queries.ts';
import { bookingById, type BookingRow, holdBooking, logBooking } from '../queries.ts';
import { noteArrival, takeBackArrival } from './queries.ts';

/** A booking, where its visitor is received, and what its check-in comes to. */
interface Decided {
  readonly booking: BookingRow;
  readonly step: CheckInStep;
  /** The day of the hall. */
  readonly key: DayKey;
}

/** Another person presses at the same time only so often. */
const TRIES = 3;

/**
 * A visitor who booked is there: gives the ticket of the visit. One booking at a time: of a check-in and a move or a cancellation at the
 * same moment one wins and the other is refused. Who missed the call or left checks in again.
 * Throws unknown-booking, booking-early, booking-late, booking-state, at-home, returns-used, and what a take throws.
 */
export function checkIn(context: BookingContext, booking: BookingRow, actor: Actor): Promise<Ticket> {
  return context.inTurn(`check-in ${booking.bookingId}`, () => checkInNext(context, booking, actor));
}

async function checkInNext(context: BookingContext, asked: BookingRow, actor: Actor): Promise<Ticket> {
  let booking = asked;
  let leftForGood: VisitId | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const hallId = await context.directory.hallOf(booking.centreId);
    const decided = await decide(context, { booking, hallId, leftForGood }, actor);
    if (decided === null) {
      // Moved to another centre a moment ago: there it is another hall.
      if (attempt >= TRIES) return refuse('busy', {});
      booking = (await context.db.read((tx) => bookingById(tx, asked.bookingId))) ?? refuse('unknown-booking', {});
      continue;
    }
    const { step, key } = decided;
    if (step.kind === 'new') return admit(context, decided.booking, key, step, actor);
    const place = { key, visitId: step.visitId };
    try {
      return await (step.kind === 'back' ? comeBack(context, place) : ticketNow(context, place));
    } catch (error) {
      if (isProblem(error, 'left-for-good')) leftForGood = step.visitId;
      // A command in the hall was faster: the state of the visit is read again.
      else if (!isProblem(error, 'visit-state') || attempt >= TRIES) throw error;
    }
  }
}

/**
 * Decides under the lock of the booking; null: the booking is at another centre by now. The booking is noted first and the visit follows. Its
 * command is made of the booking and of the visit before, so that a check-in that is repeated, also after a crash between the two, finds
 * the same visit.
 */
async function decide(
  { db, now, offers }: BookingContext,
  asked: { readonly booking: BookingRow; readonly hallId: CentreId; readonly leftForGood: VisitId | null },
  actor: Actor,
): Promise<Decided | null> {
  const { bookingId, centreId } = asked.booking;
  // Only what the sentence of a refusal says is known before.
  const { zone } = centreOf(await offers.read(), centreId);
  return db.write(async (tx) => {
    const booking = (await holdBooking(tx, bookingId)) ?? refuse('unknown-booking', {});
    if (booking.centreId !== centreId) return null;
    const key = { centreId: asked.hallId, day: booking.day };
    const setting = (await bookingSetting<BookingSetting>(tx, centreId)) ?? USUAL_BOOKING;
    const stops = await hallStops(tx, key);
    const visits = await visitsOf(tx, key, bookingId);
    const step = decideCheckIn({ booking, ...visits, leftForGood: asked.leftForGood, setting, stops, zone }, now());
    if (step.kind === 'new' && !step.isNoted) {
      await noteArrival(tx, bookingId, step.visitId, step.before);
      await logBooking(tx, bookingId, now(), { kind: 'came', actor });
    }
    return { booking, step, key };
  });
}

/** The last visit that the hall knows of a booking, and the one that would be next. */
async function visitsOf(
  tx: Read,
  key: DayKey,
  bookingId: string,
): Promise<{
  readonly last: { readonly visitId: VisitId; readonly state: VisitState } | null;
  readonly next: VisitId;
}> {
  let last: { readonly visitId: VisitId; readonly state: VisitState } | null = null;
  for (;;) {
    const next: VisitId = visitIdOfBooking(bookingId, last?.visitId ?? null);
    const state: VisitState | null = await stateOfVisit(tx, { ...key, visitId: next });
    if (state === null) return { last, next };
    last = { visitId: next, state };
  }
}

/** Has the hall take the visitor; when it does not, the booking is as it was. */
async function admit(
  context: BookingContext,
  booking: BookingRow,
  key: DayKey,
  { visitId, before }: CheckInStep & { readonly kind: 'new' },
  actor: Actor,
): Promise<Ticket> {
  const { bookingId } = booking;
  const ticket = await lineUp(context, booking, key, visitId).catch(async (error: unknown) => {
    if (isRefusal(error)) await notAdmitted(context, { bookingId, key, visitId, before }, actor);
    throw error;
  });
  // Another check-in that was refused a moment before may have taken the arrival back.
  await context.db.write((tx) => noteArrival(tx, bookingId, visitId, before));
  return ticket;
}

/** Lines up a visitor who booked, with how to reach them; however often it is called, it is one visit. */
async function lineUp(
  context: BookingContext,
  { bookingId, at: slot, services, persons, classLetter, language }: BookingRow,
  key: DayKey,
  visitId: VisitId,
): Promise<Ticket> {
  const { db } = context;
  const ticket = await arrive(context, { bookingId, visitId, key, slot, services, persons, classLetter, language });
  const known = await db.read((tx) => contactOf(tx, bookingId));
  const contact = known?.phone ?? known?.email ?? null;
  if (contact !== null)
    await db.write((tx) => keepPerson(tx, { key, visitId: ticket.visitId }, { ground: null, contact }));
  return ticket;
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
  { db, now }: BookingContext,
  arrival: {
    readonly bookingId: string;
    readonly key: DayKey;
    readonly visitId: VisitId;
    readonly before: VisitId | null;
  },
  actor: Actor,
): Promise<void> {
  const { bookingId, key, visitId, before } = arrival;
  if ((await db.read((tx) => stateOfVisit(tx, { ...key, visitId }))) !== null) return;
  await db.write(async (tx) => {
    if (await takeBackArrival(tx, bookingId, visitId, before))
      await logBooking(tx, bookingId, now(), { kind: 'not-admitted', actor });
  });
}
