import type { partnerContract } from '../../../contract/partners.ts';
import { refuse } from '../../../core/problems.ts';
import { FIGURE_DAYS_MAX, mustBeDays } from '../../platform/days.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { Handlers } from '../../platform/serve.ts';
import { mustBePartner } from '../partners/index.ts';
import { addressOf, channelOf } from './asking.ts';
import { cancelBooking, keepContact, owned } from './desk.ts';
import { type Desk, makeBooking, offerOrRefuse, orderOf } from './make.ts';
import { bookingsOfPartner } from './store.ts';
import { tell } from './tell.ts';

/** Bookings of partners’ programs. */
export function partnerHandlers(desk: Desk): Handlers<typeof partnerContract> {
  const { room, known } = desk;
  return {
    'POST /api/partner/bookings': async ({ body, asker }) => {
      const { commandId, centreId, at, email, phone, services, persons = 1 } = body;
      const { name: partner } = await room.db.read((tx) => mustBePartner(tx, asker));
      const contact = { email: addressOf(email)?.email ?? null, phone: addressOf(phone)?.phone ?? null };
      const wish = { services, persons, channel: await channelOf(room, asker, undefined, centreId) };
      const order = { ...wish, ...orderOf(body, commandId, asker), at, partner };
      const booking = await makeBooking(desk, (facts) => offerOrRefuse(facts, centreId, wish), order, 'booked').catch(
        (error: unknown) => {
          if (brokeConstraint(error, 'partner_quota')) return refuse('partner-quota', {});
          throw error;
        },
      );
      const facts = await known.read();
      if (contact.email !== null || contact.phone !== null)
        await room.db
          .write(async (tx) => {
            await keepContact(room, facts, tx, booking, contact, room.now());
            await tell(room, facts, tx, booking, 'booking-confirmed');
          })
          .catch(async (error: unknown) => {
            // The visitor may not do it: then it is refused.
            await cancelBooking(desk, booking.bookingId, asker, () => null);
            throw error;
          });
      return owned(desk, booking);
    },

    'GET /api/partner/bookings': async ({ query: { from, to }, asker }) => {
      mustBeDays(from, to, FIGURE_DAYS_MAX);
      const { name } = await room.db.read((tx) => mustBePartner(tx, asker));
      const bookings = await room.db.read((tx) => bookingsOfPartner(tx, name, from, to));
      return Promise.all(bookings.map((booking) => owned(desk, booking)));
    },
  };
}
