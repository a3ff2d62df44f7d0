import type { Ticket } from '../../../contract/queue.ts';
import { checkInNow } from '../../../core/booking/life.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import { localTime } from '../../../core/time/wording.ts';
import type { Actor } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { mustBeIn } from './desk.ts';
import type { Desk } from './make.ts';
import type { BookingRoom } from './room.ts';
import { bookingById, type BookingRow, logBooking, noteArrival, setState, takeBackArrival } from './store.ts';
import { centreOf, settingOf } from './wanted.ts';

/**
 * A visitor who booked is there: gives the ticket of the visit. One booking at a time: of a check-in and a move or a cancellation at the
 * same moment one wins and the other is refused. Throws unknown-booking, booking-early, booking-late, booking-state, at-home, and what a take throws.
 */
export function checkIn(desk: Desk, booking: BookingRow, actor: Actor): Promise<Ticket> {
  return desk.inTurn(`check-in ${booking.bookingId}`, () => checkInNext(desk, booking, actor));
}

async function checkInNext(desk: Desk, asked: BookingRow, actor: Actor): Promise<Ticket> {
  const { room } = desk;
  const { bookingId } = asked;
  const known = await desk.known.read();
  // The booking comes first and under its lock; the visit follows. Its command is made of the booking, so that a check-in that is
  // repeated, also after a crash between the two, finds the same visit.
  const booking = await inTransaction(room.pool, async (client) => {
    const current = (await bookingById(client, bookingId, true)) ?? refuse('unknown-booking', {});
    mustBeIn(current, 'check-in');
    if (current.atHome) return refuse('at-home', {});
    if (current.state === 'came') return current;
    mustBeInTime(known, current, room.now());
    await noteArrival(client, bookingId, room.visitIdOf(bookingId));
    await logBooking(client, bookingId, room.now(), { kind: 'came', actor });
    return current;
  });
  const { centreId, day, at: slot, services, persons, classLetter, language } = booking;
  const arrival = { bookingId, centreId, day, slot, services, persons, classLetter, language };
  const ticket = await room.arrive(arrival).catch(async (error: unknown) => {
    if (isRefusal(error)) await notAdmitted(room, booking, actor);
    throw error;
  });
  if (ticket.visitId !== booking.visitId)
    await inTransaction(room.pool, (client) => setState(client, bookingId, 'came', { visitId: ticket.visitId }));
  return ticket;
}

function mustBeInTime(known: Parameters<typeof settingOf>[0], { centreId, at }: BookingRow, now: number): void {
  const setting = settingOf(known, centreId);
  const { zone } = centreOf(known, centreId);
  const { before, after } = setting.checkInMinutes;
  const time = localTime(at, zone);
  const when = checkInNow(setting, at, now);
  if (when === 'early') return refuse('booking-early', { time, from: localTime(at - before * MINUTE, zone) });
  if (when === 'late') return refuse('booking-late', { time, minutes: after });
}

/** True when the hall said no for certain; after “outcome unknown” the visit may be there. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code !== 'outcome-unknown';
}

/** The hall did not take the visitor: the booking is as it was, unless the visit is there after all. */
async function notAdmitted(room: BookingRoom, { bookingId, centreId, day }: BookingRow, actor: Actor): Promise<void> {
  const visitId = room.visitIdOf(bookingId);
  if ((await room.visitState({ centreId, day }, visitId)) !== null) return;
  await inTransaction(room.pool, async (client) => {
    if (await takeBackArrival(client, bookingId, visitId))
      await logBooking(client, bookingId, room.now(), { kind: 'not-admitted', actor });
  });
}
