import { addDays, businessDayAt, type TimeZone } from '../../../core/time/civil.ts';
import { installationKey } from '../../platform/installation.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import type { NoticesContext } from '../notices/index.ts';
import type { HallContext } from '../queue/index.ts';
import { newConflicts } from './conflicts/find-conflicts.ts';
import type { BookingContext } from './context.ts';
import { openHoldRateLimit } from './hold-rate-limit.ts';
import { fillLedger } from './ledger/fill.ts';
import { openLedger } from './ledger/ledger.ts';
import { notifyOfDoors } from './notify-doors.ts';
import { openOfferLookup } from './offer-lookup.ts';
import { bookingRoutes } from './routes.ts';
import { openSerialQueue } from './serial-queue.ts';
import { settleBookings } from './settle-bookings.ts';

/** Bookings: a visitor who books is notified and reminded, and lines up in the hall when they have come. */
export async function openBooking(
  hall: HallContext,
  { ways, sendNow }: NoticesContext,
  { personsDays }: { readonly personsDays: number },
): Promise<BookingContext> {
  const { db, now, offersChanged, doorsMoved, addJob } = hall;
  const contactKey = await installationKey(db, 'booking-contact');
  const context: BookingContext = {
    ...hall,
    ways,
    sendNow,
    tokenKey: await installationKey(db, 'booking-token'),
    contactKey,
    offers: openOfferLookup(hall),
    ledger: openLedger(hall),
    inTurn: openSerialQueue(),
    mayHold: openHoldRateLimit(contactKey),
    newConflicts: (tx, centreId, work) => newConflicts(tx, context, centreId, work),
  };
  bookingRoutes(context);
  offersChanged.add(async (centreIds) => {
    context.offers.forget();
    await fillLedger(hall, centreIds);
  });
  doorsMoved.add((moved) => notifyOfDoors(context, moved));
  addJob({ name: 'places to book', everyMs: HOUR_MS, run: () => fillLedger(hall, null) });
  const forgetBefore = () => addDays(businessDayAt(now(), 'UTC' as TimeZone), -personsDays);
  addJob({ name: 'what became of bookings', everyMs: HOUR_MS, run: () => settleBookings(context, forgetBefore()) });
  return context;
}
