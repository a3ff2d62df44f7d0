import type { bookingDeskContract } from '../../../contract/booking.ts';
import { type HomeStop, routeOf } from '../../../core/booking/home.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import type { Handlers } from '../../platform/serve.ts';
import { lockedIn, shown } from './desk.ts';
import type { Desk } from './make.ts';
import { bookingById, homeVisits, type HomeVisitRow, logBooking, setState } from './store.ts';
import { centreOf } from './wanted.ts';

type HomeRoute = 'GET /api/centres/:centreId/home-visits' | 'POST /api/centres/:centreId/home-visits/:bookingId/done';

/** Visits at people's homes: who goes where, and that it was done. */
export function homeHandlers({ room, known }: Desk): Pick<Handlers<typeof bookingDeskContract>, HomeRoute> {
  return {
    'GET /api/centres/:centreId/home-visits': async ({ params: { centreId }, query: { day }, asker }) => {
      const facts = await known.read();
      const { position } = centreOf(facts, centreId);
      const rows = await room.db.read((tx) => homeVisits(tx, centreId, day));
      await room.db.write((tx) =>
        audit(tx, asker, { action: 'home-route-read', object: `centre ${centreId}`, details: { day } }),
      );
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
      const found = await room.db.read((tx) => bookingById(tx, bookingId));
      if (found?.centreId !== centreId || !found.atHome) return refuse('unknown-booking', {});
      const done = await room.db.write(async (tx) => {
        const booking = await lockedIn(tx, bookingId, 'note-missed');
        await setState(tx, bookingId, 'served', {});
        await logBooking(tx, bookingId, room.now(), { kind: 'served', actor: asker });
        return { ...booking, state: 'served' as const };
      });
      return shown(await known.read(), done);
    },
  };
}

function stopOf({ bookingId, at, until, latitude, longitude }: HomeVisitRow): HomeStop {
  return { bookingId, at, until, position: latitude === null || longitude === null ? null : { latitude, longitude } };
}
