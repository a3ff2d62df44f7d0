import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Reply } from '../../../contract/contract.ts';
import { bookingContract, bookingDeskContract } from '../../../contract/booking.ts';
import { bookingSettingContract } from '../../../contract/booking-setting.ts';
import { partnerContract } from '../../../contract/partners.ts';
import { refuse } from '../../../core/problems.ts';
import { type Handlers, serve } from '../../platform/serve.ts';
import { centresFor, channelOf, readServices } from './asking.ts';
import { owned } from './desk.ts';
import { type Desk, makeBooking, offerOrRefuse, orderOf } from './make.ts';
import { bookingDeskHandlers } from './hall-routes.ts';
import { ownBookingHandlers } from './own-routes.ts';
import { partnerHandlers } from './partner-routes.ts';
import { freeDays, roomiestNear, timesOn } from './search.ts';
import { bookingSettingHandlers } from './setting-routes.ts';
import { horizon, offerAt } from './wanted.ts';

/** Bookings: free times, a visitor's own booking, the hall's, and how centres take them. */
export function bookingRoutes(app: FastifyInstance, desk: Desk, chance: () => number): void {
  serve(app, bookingContract, { ...searchHandlers(desk), ...ownBookingHandlers(desk, chance) });
  serve(app, bookingDeskContract, bookingDeskHandlers(desk));
  serve(app, partnerContract, partnerHandlers(desk));
  serve(app, bookingSettingContract, bookingSettingHandlers(desk));
}

/** The number of centres that are searched before other requests have their turn. */
const CENTRES_AT_ONCE = 10;

type SearchRoute = 'GET /api/free-times' | 'GET /api/centres/:centreId/free-times' | 'POST /api/bookings';

function searchHandlers(desk: Desk): Pick<Handlers<typeof bookingContract>, SearchRoute> {
  const { room, ledger, known } = desk;
  return {
    'GET /api/free-times': async ({ query: { services, persons = 1, channel, from = null, to = null }, asker }) => {
      const wish = { services: readServices(services), persons, channel: await channelOf(room, asker, channel, null) };
      const facts = await centresFor(room, asker, wish.channel, await known.read());
      const [now, days] = [room.now(), await ledger.read()];
      const found: Reply<(typeof bookingContract)['GET /api/free-times']> = [];
      for (const [index, centreId] of [...facts.centres.keys()].entries()) {
        // A city has a hundred centres with sixty days each: others have their turn in between.
        if (index % CENTRES_AT_ONCE === CENTRES_AT_ONCE - 1) await turn();
        const offer = offerAt(facts, centreId, wish);
        const free = offer === null ? [] : freeDays(days, offer, wish, { from, to }, now);
        if (free[0] !== undefined) found.push({ centreId, first: free[0].first, days: free });
      }
      return found;
    },

    'GET /api/centres/:centreId/free-times': async ({
      params,
      query: { services, persons = 1, channel, day },
      asker,
    }) => {
      const { centreId } = params;
      const wish = {
        services: readServices(services),
        persons,
        channel: await channelOf(room, asker, channel, centreId),
      };
      const offer = offerOrRefuse(await known.read(), centreId, wish);
      const times = timesOn(await ledger.read(), offer, wish, day, horizon(offer, wish.channel, room.now()));
      return { timeZone: offer.centre.zone, minutes: offer.need.minutes, times };
    },

    'POST /api/bookings': async ({
      body: { commandId, centreId, near, at, proof = null, ...body },
      asker,
      address,
    }) => {
      desk.mayHold(asker, address, proof);
      const wish = {
        services: body.services,
        persons: body.persons ?? 1,
        channel: await channelOf(room, asker, body.channel, centreId),
      };
      const order = { ...wish, ...orderOf(body, commandId, asker), at };
      const theirs = await centresFor(room, asker, wish.channel, await known.read());
      const booking = await makeBooking(
        desk,
        (facts, days) => {
          if (centreId !== null) return offerOrRefuse(facts, centreId, wish);
          if (near === undefined)
            return refuse('malformed-request', { where: 'body', reason: 'a centre, or near what' });
          const roomiest = roomiestNear({ ...facts, centres: theirs.centres }, days, wish, at, near, room.now());
          return roomiest ?? refuse('time-taken', { next: [], times: '' });
        },
        order,
        'held',
      );
      return owned(desk, booking);
    },
  };
}
