import type { bookingDeskContract } from '../../../../contract/booking.ts';
import { type HomeStop, routeOf } from '../../../../core/booking/home.ts';
import { mustAllow } from '../../../../core/booking/actions.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import type { Handlers } from '../../../platform/serve.ts';
import type { BookingContext } from '../context.ts';
import { centreOf } from '../offer-lookup.ts';
import { holdBooking, logBooking, setState } from '../queries.ts';
import { shown } from '../show-booking.ts';
import { homeVisits, type HomeVisitRow } from './queries.ts';

type HomeRoute = 'GET /api/centres/:centreId/home-visits' | 'POST /api/centres/:centreId/home-visits/:bookingId/done';

/** Visits at people's homes: who goes where, and that it was done. */
export function homeHandlers({
  db,
  now,
  offers,
}: BookingContext): Pick<Handlers<typeof bookingDeskContract>, HomeRoute> {
  return {
    'GET /api/centres/:centreId/home-visits': async ({ params: { centreId }, query: { day }, asker }) => {
      const facts = await offers.read();
      const { position } = centreOf(facts, centreId);
      const rows = await db.write(async (tx) => {
        await audit(tx, asker, { action: 'home-route-read', object: `centre ${centreId}`, details: { day } });
        return homeVisits(tx, centreId, day);
      });
      return [...new Set(rows.map(({ crew }) => crew))].map((crew) => {
        const own = new Map(rows.filter((row) => row.crew === crew).map((row) => [row.bookingId, row]));
        const stops = routeOf(position, Array.from(own.values(), stopOf));
        return {
          crew,
          stops: stops.flatMap(({ bookingId, wayMinutes, leaveAt, isTight }) => {
            const row = own.get(bookingId);
            if (row === undefined) return [];
            const { address, contact } = row;
            return [{ booking: shown(facts, row), address, contact, wayMinutes, leaveAt, isTight }];
          }),
        };
      });
    },

    'POST /api/centres/:centreId/home-visits/:bookingId/done': async ({ params, asker }) => {
      const { bookingId, centreId } = params;
      const done = await db.write(async (tx) => {
        const booking = await holdBooking(tx, bookingId);
        if (booking?.centreId !== centreId || !booking.atHome) return refuse('unknown-booking', {});
        mustAllow('note-missed', booking.state);
        await setState(tx, bookingId, 'served', {});
        await logBooking(tx, bookingId, now(), { kind: 'served', actor: asker });
        return { ...booking, state: 'served' as const };
      });
      return shown(await offers.read(), done);
    },
  };
}

function stopOf({ bookingId, at, until, latitude, longitude }: HomeVisitRow): HomeStop {
  return { bookingId, at, until, position: latitude === null || longitude === null ? null : { latitude, longitude } };
}
