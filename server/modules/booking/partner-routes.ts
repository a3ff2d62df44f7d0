import type { partnerContract } from '../../../contract/partners.ts';
import { refuse } from '../../../core/problems.ts';
import { FIGURE_DAYS_MAX, mustBeDays } from '../../platform/days.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import type { Handlers } from '../../platform/serve.ts';
import { mustBePartner } from '../partners/index.ts';
import { cancelBooking } from './cancel-booking.ts';
import { contactIn } from './channel-of-asker.ts';
import { addContact } from './confirm-booking.ts';
import type { BookingContext } from './context.ts';
import { makeBooking, orderOf } from './make-booking.ts';
import { offerOrRefuse } from './offer-lookup.ts';
import { bookingsOfPartner } from './queries.ts';
import { owned } from './show-booking.ts';

/** Bookings of partners’ programs. */
export function partnerHandlers(context: BookingContext): Handlers<typeof partnerContract> {
  const { db } = context;
  return {
    'POST /api/partner/bookings': async ({ body, asker }) => {
      const { centreId, services, persons = 1 } = body;
      const { name: partner, channel } = await db.read((tx) => mustBePartner(tx, asker));
      const contact = contactIn(body);
      const wish = { services, persons, channel };
      const booking = await makeBooking(
        context,
        (facts, _days, now) => offerOrRefuse(facts, centreId, wish, now),
        { ...orderOf(wish, body, asker), partner },
        'booked',
      ).catch((error: unknown) => {
        if (brokeConstraint(error, 'partner_quota')) return refuse('partner-quota', {});
        throw error;
      });
      await addContact(context, booking, contact).catch(async (error: unknown) => {
        // The visitor may not do it: then it is refused.
        await cancelBooking(context, booking.bookingId, { actor: asker, by: 'staff' });
        throw error;
      });
      return owned(context, booking);
    },

    'GET /api/partner/bookings': async ({ query: { from, to }, asker }) => {
      mustBeDays(from, to, FIGURE_DAYS_MAX);
      const bookings = await db.read(async (tx) => {
        const { name } = await mustBePartner(tx, asker);
        return bookingsOfPartner(tx, name, from, to);
      });
      return Promise.all(bookings.map((booking) => owned(context, booking)));
    },
  };
}
