import { setImmediate as turn } from 'node:timers/promises';
import type { Reply } from '../../../contract/contract.ts';
import { bookingContract, bookingDeskContract } from '../../../contract/booking.ts';
import { bookingSettingContract } from '../../../contract/booking-setting.ts';
import { partnerContract } from '../../../contract/partners.ts';
import { freeDays, roomiestNear, timesOn } from '../../../core/booking/times.ts';
import { refuse } from '../../../core/problems.ts';
import { type Handlers, serve } from '../../platform/serve.ts';
import { centresFor, channelOf, readServices } from './channel-of-asker.ts';
import type { BookingContext } from './context.ts';
import { bookingDeskHandlers } from './hall-routes.ts';
import { makeBooking, orderOf } from './make-booking.ts';
import { offerAt, offerOrRefuse } from './offer-lookup.ts';
import { ownBookingHandlers } from './own-routes.ts';
import { partnerHandlers } from './partner-routes.ts';
import { bookingSettingHandlers } from './setting-routes.ts';
import { owned } from './show-booking.ts';

/** Bookings: free times, a visitor's own booking, the hall's, and how centres take them. */
export function bookingRoutes(context: BookingContext): void {
  const { http } = context;
  serve(http, bookingContract, { ...searchHandlers(context), ...ownBookingHandlers(context) });
  serve(http, bookingDeskContract, bookingDeskHandlers(context));
  serve(http, partnerContract, partnerHandlers(context));
  serve(http, bookingSettingContract, bookingSettingHandlers(context));
}

/** The number of centres that are searched before other requests have their turn. */
const CENTRES_AT_ONCE = 10;

type SearchRoute = 'GET /api/free-times' | 'GET /api/centres/:centreId/free-times' | 'POST /api/bookings';

function searchHandlers(context: BookingContext): Pick<Handlers<typeof bookingContract>, SearchRoute> {
  const { now, ledger, offers, mayHold } = context;
  return {
    'GET /api/free-times': async ({ query, asker }) => {
      const { persons = 1, from = null, to = null } = query;
      const channel = await channelOf(context, asker, query.channel, null);
      const wish = { services: readServices(query.services), persons, channel };
      const facts = await centresFor(context, asker, channel, await offers.read());
      const [at, days] = [now(), await ledger.read()];
      const found: Reply<(typeof bookingContract)['GET /api/free-times']> = [];
      for (const [index, centreId] of [...facts.centres.keys()].entries()) {
        // A city has a hundred centres with sixty days each: others have their turn in between.
        if (index % CENTRES_AT_ONCE === CENTRES_AT_ONCE - 1) await turn();
        const offer = offerAt(facts, centreId, wish, at);
        const free = offer === null ? [] : freeDays(days, offer, wish, { from, to }, at);
        if (free[0] !== undefined) found.push({ centreId, first: free[0].first, days: free });
      }
      return found;
    },

    'GET /api/centres/:centreId/free-times': async ({ params: { centreId }, query, asker }) => {
      const { persons = 1, day } = query;
      const channel = await channelOf(context, asker, query.channel, centreId);
      const wish = { services: readServices(query.services), persons, channel };
      const offer = offerOrRefuse(await offers.read(), centreId, wish, now());
      const times = timesOn(await ledger.read(), offer, wish, day, now());
      return { timeZone: offer.zone, minutes: offer.need.minutes, times };
    },

    'POST /api/bookings': async ({ body, asker, address }) => {
      const { centreId, near, services, persons = 1, proof = null } = body;
      mayHold(asker, address, proof);
      const channel = await channelOf(context, asker, body.channel, centreId);
      const wish = { services, persons, channel };
      const theirs = await centresFor(context, asker, channel, await offers.read());
      const booking = await makeBooking(
        context,
        (facts, days, at) => {
          if (centreId !== null) return offerOrRefuse(facts, centreId, wish, at);
          if (near === undefined)
            return refuse('malformed-request', { where: 'body', reason: 'a centre, or near what' });
          const all = [...theirs.centres.keys()].flatMap((one) => offerAt(facts, one, wish, at) ?? []);
          return roomiestNear(days, all, wish, body.at, near, at) ?? refuse('time-taken', { next: [], times: '' });
        },
        orderOf(wish, body, asker),
        'held',
      );
      return owned(context, booking);
    },
  };
}
