import { addDays, businessDayAt, type CivilDate, type TimeZone } from '../../../core/time/civil.ts';
import { PROGRAM } from '../../platform/audit.ts';
import { eachApart } from '../../platform/isolated.ts';
import { stateOfVisit } from '../queue/index.ts';
import { takeBackArrival } from './check-in/queries.ts';
import type { BookingContext } from './context.ts';
import { forgetContacts } from './persons/queries.ts';
import { type BookingRow, logBooking, setState, unsettled } from './queries.ts';

/** Notes what became of bookings of days past, and forgets contacts of days before a date. */
export async function settleBookings(context: BookingContext, forgetBefore: CivilDate): Promise<void> {
  const all = [() => settlePast(context), () => context.db.write((tx) => forgetContacts(tx, forgetBefore))];
  await eachApart(all, 'bookings of days past', (settle) => settle());
}

/** A visitor who came was served or not; a booking for which nobody came is missed. */
async function settlePast(context: BookingContext): Promise<void> {
  const { db, now } = context;
  // Half a day behind UTC a day is over in every zone.
  const before = addDays(businessDayAt(now(), 'UTC' as TimeZone), -1);
  await eachApart(await db.read((tx) => unsettled(tx, before)), 'what became of a booking', async (booking) => {
    const { bookingId, visitId } = booking;
    const outcome = booking.state === 'booked' ? 'missed' : await outcomeOf(context, booking);
    if (outcome === null) return;
    await db.write(async (tx) => {
      if (outcome === 'missed' && visitId !== null) await takeBackArrival(tx, bookingId, visitId, null);
      await setState(tx, bookingId, outcome, {});
      await logBooking(tx, bookingId, now(), { kind: outcome, actor: PROGRAM });
    });
  });
}

async function outcomeOf(
  { db, directory }: BookingContext,
  { visitId, centreId, day }: BookingRow,
): Promise<'served' | 'missed' | null> {
  const hallId = await directory.hallOf(centreId);
  const state = visitId === null ? null : await db.read((tx) => stateOfVisit(tx, { centreId: hallId, day, visitId }));
  // A check-in that was cut off before the hall heard of it made no visit.
  if (state === null) return 'missed';
  return state === 'finished' ? 'served' : null;
}
