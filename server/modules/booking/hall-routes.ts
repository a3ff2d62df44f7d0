import type { bookingDeskContract } from '../../../contract/booking.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { localTime } from '../../../core/time/wording.ts';
import { FIGURE_DAYS_MAX, mustBeDays } from '../../platform/days.ts';
import type { Handlers } from '../../platform/serve.ts';
import { cancelBooking } from './cancel-booking.ts';
import { channelOf, contactIn } from './channel-of-asker.ts';
import { checkIn } from './check-in/check-in.ts';
import { addContact } from './confirm-booking.ts';
import { conflictsAt } from './conflicts/find-conflicts.ts';
import { moveConflicts } from './conflicts/move-conflicts.ts';
import type { BookingContext } from './context.ts';
import { homeHandlers } from './at-home/routes.ts';
import { makeBooking, orderOf } from './make-booking.ts';
import { moveBooking } from './move-booking.ts';
import { centreOf, offerOrRefuse } from './offer-lookup.ts';
import { bookingByCode, bookingById, bookingFigures, type BookingRow, bookingsOn } from './queries.ts';
import { shown } from './show-booking.ts';
import { tidyCode } from './token.ts';

/** Bookings as reception and the call centre keep them. */
export function bookingDeskHandlers(context: BookingContext): Handlers<typeof bookingDeskContract> {
  const { db, directory, offers } = context;
  const here = async (centreId: CentreId, bookingId: string): Promise<BookingRow> => {
    const booking = await db.read((tx) => bookingById(tx, bookingId));
    return booking?.centreId === centreId ? booking : refuse('unknown-booking', {});
  };
  return {
    'GET /api/centres/:centreId/bookings': async ({ params: { centreId }, query: { day } }) => {
      const facts = await offers.read();
      centreOf(facts, centreId);
      return (await db.read((tx) => bookingsOn(tx, centreId, day))).map((booking) => shown(facts, booking));
    },

    'POST /api/centres/:centreId/bookings': async ({ params: { centreId }, body, asker }) => {
      const { services, persons = 1 } = body;
      const contact = contactIn(body);
      const channel = await channelOf(context, asker, body.channel ?? 'reception', centreId);
      const wish = { services, persons, channel };
      const order = orderOf(wish, body, asker);
      const booking = await makeBooking(
        context,
        (facts, _days, now) => offerOrRefuse(facts, centreId, wish, now),
        order,
        'booked',
      );
      await addContact(context, booking, contact);
      return shown(await offers.read(), booking);
    },

    'POST /api/centres/:centreId/bookings/:bookingId/move': async ({ params, body: { at }, asker }) => {
      const { bookingId } = await here(params.centreId, params.bookingId);
      const moved = await moveBooking(context, bookingId, { centreId: null, at }, { actor: asker, by: 'staff' });
      return shown(await offers.read(), moved);
    },

    'POST /api/centres/:centreId/bookings/:bookingId/cancel': async ({ params, asker }) => {
      const { bookingId } = await here(params.centreId, params.bookingId);
      return shown(await offers.read(), await cancelBooking(context, bookingId, { actor: asker, by: 'staff' }));
    },

    'POST /api/centres/:centreId/booking-check-ins': async ({ params: { centreId }, body: { code }, asker }) => {
      const booking = (await db.read((tx) => bookingByCode(tx, tidyCode(code)))) ?? refuse('unknown-booking', {});
      const facts = await offers.read();
      if ((await directory.hallOf(centreId)) !== (await directory.hallOf(booking.centreId))) {
        const { name, zone } = centreOf(facts, booking.centreId);
        return refuse('booking-elsewhere', { centre: name, time: localTime(booking.at, zone) });
      }
      return checkIn(context, booking, asker);
    },

    ...conflictHandlers(context),
    ...homeHandlers(context),

    'GET /api/booking-figures': async ({ query: { from, to } }) => {
      mustBeDays(from, to, FIGURE_DAYS_MAX);
      return db.read((tx) => bookingFigures(tx, from, to));
    },
  };
}

type ConflictRoute =
  | 'GET /api/centres/:centreId/booking-conflicts'
  | 'POST /api/centres/:centreId/booking-conflicts/move';

/** Bookings for which there is no room any more. */
function conflictHandlers(context: BookingContext): Pick<Handlers<typeof bookingDeskContract>, ConflictRoute> {
  const { offers } = context;
  return {
    'GET /api/centres/:centreId/booking-conflicts': async ({ params: { centreId } }) => {
      const facts = await offers.read();
      return (await conflictsAt(context, centreId)).map(({ booking, reason, offers: others }) => ({
        booking: shown(facts, booking),
        reason,
        offers: others.map((place) => ({ ...place, centre: centreOf(facts, place.centreId).name })),
      }));
    },

    'POST /api/centres/:centreId/booking-conflicts/move': async ({ params: { centreId }, asker }) => {
      centreOf(await offers.read(), centreId);
      return moveConflicts(context, centreId, asker);
    },
  };
}
