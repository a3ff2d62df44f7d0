import type { bookingDeskContract } from '../../../contract/booking.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { localTime } from '../../../core/time/wording.ts';
import { FIGURE_DAYS_MAX, mustBeDays } from '../../platform/days.ts';
import type { Handlers } from '../../platform/serve.ts';
import { addressOf, channelOf } from './asking.ts';
import { conflictsAt, moveConflicts } from './conflicts.ts';
import { checkIn } from './check-in.ts';
import { cancelBooking, keepContact, moveTo, shown } from './desk.ts';
import { homeHandlers } from './home-routes.ts';
import { type Desk, makeBooking, offerOrRefuse, orderOf } from './make.ts';
import { bookingByCode, bookingById, bookingFigures, type BookingRow, bookingsOn } from './store.ts';
import { tell } from './tell.ts';
import { tidyCode } from './token.ts';
import { centreOf } from './wanted.ts';

/** Bookings as reception and the call centre keep them. */
export function bookingDeskHandlers(desk: Desk): Handlers<typeof bookingDeskContract> {
  const { room, known } = desk;
  const here = async (centreId: CentreId, bookingId: string): Promise<BookingRow> => {
    const booking = await room.db.read((tx) => bookingById(tx, bookingId));
    return booking?.centreId === centreId ? booking : refuse('unknown-booking', {});
  };
  return {
    'GET /api/centres/:centreId/bookings': async ({ params: { centreId }, query: { day } }) => {
      const facts = await known.read();
      centreOf(facts, centreId);
      return (await room.db.read((tx) => bookingsOn(tx, centreId, day))).map((booking) => shown(facts, booking));
    },

    'POST /api/centres/:centreId/bookings': async ({ params: { centreId }, body, asker }) => {
      const { commandId, at, email, phone, channel, services, persons = 1 } = body;
      const contact = { email: addressOf(email)?.email ?? null, phone: addressOf(phone)?.phone ?? null };
      const wish = { services, persons, channel: await channelOf(room, asker, channel ?? 'reception', centreId) };
      const order = { ...wish, ...orderOf(body, commandId, asker), at };
      const booking = await makeBooking(desk, (facts) => offerOrRefuse(facts, centreId, wish), order, 'booked');
      const facts = await known.read();
      if (contact.email !== null || contact.phone !== null)
        await room.db.write(async (tx) => {
          await keepContact(room, facts, tx, booking, contact, room.now());
          await tell(room, facts, tx, booking, 'booking-confirmed');
        });
      return shown(facts, booking);
    },

    'POST /api/centres/:centreId/bookings/:bookingId/move': async ({ params, body: { at }, asker }) => {
      const { bookingId } = await here(params.centreId, params.bookingId);
      return shown(
        await known.read(),
        await moveTo(desk, bookingId, { centreId: null, at }, { actor: asker, by: 'staff' }),
      );
    },

    'POST /api/centres/:centreId/bookings/:bookingId/cancel': async ({ params, asker }) => {
      const { bookingId } = await here(params.centreId, params.bookingId);
      return shown(await known.read(), await cancelBooking(desk, bookingId, asker, () => null));
    },

    'POST /api/centres/:centreId/booking-check-ins': async ({ params: { centreId }, body: { code }, asker }) => {
      const booking = (await room.db.read((tx) => bookingByCode(tx, tidyCode(code)))) ?? refuse('unknown-booking', {});
      const facts = await known.read();
      const [hall, theirs] = await Promise.all([room.hallOf(centreId), room.hallOf(booking.centreId)]);
      if (hall !== theirs) {
        const { name, zone } = centreOf(facts, booking.centreId);
        return refuse('booking-elsewhere', { centre: name, time: localTime(booking.at, zone) });
      }
      return checkIn(desk, booking, asker);
    },

    ...conflictHandlers(desk),
    ...homeHandlers(desk),

    'GET /api/booking-figures': async ({ query: { from, to } }) => {
      mustBeDays(from, to, FIGURE_DAYS_MAX);
      return room.db.read((tx) => bookingFigures(tx, from, to));
    },
  };
}

type ConflictRoute =
  | 'GET /api/centres/:centreId/booking-conflicts'
  | 'POST /api/centres/:centreId/booking-conflicts/move';

/** Bookings for which there is no room any more. */
function conflictHandlers(desk: Desk): Pick<Handlers<typeof bookingDeskContract>, ConflictRoute> {
  const { known } = desk;
  return {
    'GET /api/centres/:centreId/booking-conflicts': async ({ params: { centreId } }) => {
      const facts = await known.read();
      return (await conflictsAt(desk, centreId)).map(({ booking, reason, offers }) => ({
        booking: shown(facts, booking),
        reason,
        offers: offers.map((place) => ({ ...place, centre: centreOf(facts, place.centreId).name })),
      }));
    },

    'POST /api/centres/:centreId/booking-conflicts/move': async ({ params: { centreId }, asker }) => {
      centreOf(await known.read(), centreId);
      return moveConflicts(desk, centreId, asker);
    },
  };
}
