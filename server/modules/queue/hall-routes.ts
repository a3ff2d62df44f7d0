import type { queueContract } from '../../../contract/queue.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import type { Day } from '../../../core/queue/day.ts';
import { dueOf } from '../../../core/queue/due.ts';
import { hallOf } from '../../../core/queue/hall.ts';
import { waitRange } from '../../../core/queue/wait-range.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Handlers } from '../../platform/serve.ts';
import { commandOf } from './chain.ts';
import { hallDay, type HallContext } from './context.ts';
import { streamHall } from './live-hall.ts';
import { closeDoors, openDoors } from './move-doors.ts';

type HallRoutes = Omit<typeof queueContract, `${string}/visits${string}` | `${string}/windows/${string}`>;

/** The hall as a whole: seen, at rest, in motion and in the past. */
export function hallHandlers(context: HallContext): Handlers<HallRoutes> {
  const { halls, now } = context;
  const { dayBook } = halls;
  return {
    'GET /api/centres/:centreId/hall': async ({ params }) => dayBook.view(await halls.today(params.centreId), hallOf),

    'GET /api/centres/:centreId/live': ({ params, lastEventId, open }) =>
      streamHall(context, params.centreId, lastEventId, open),

    'GET /api/centres/:centreId/waits': async ({ params }) =>
      dayBook.view(await halls.today(params.centreId), (day) => waitsOf(day, now())),

    'GET /api/centres/:centreId/days/:day/hall': async ({ params, query: { at } }) =>
      hallOf(await dayBook.dayAt(await hallDay(context, params), at)),

    'POST /api/centres/:centreId/days/:day/stop': async ({ params, body: { commandId, reason } }) => {
      const key = await hallDay(context, params);
      await dayBook.carryOut(key, commandOf('stop-hall', commandId, { reason }));
      return dayBook.view(key, hallOf);
    },

    'POST /api/centres/:centreId/days/:day/resume': async ({ params, body: { commandId } }) => {
      const key = await hallDay(context, params);
      await dayBook.carryOut(key, commandOf('resume-hall', commandId, { day: key.day }));
      return dayBook.view(key, hallOf);
    },

    'POST /api/centres/:centreId/days/:day/close-doors': ({ params, body, asker }) =>
      closeDoors(context, asker, params, body),

    'POST /api/centres/:centreId/days/:day/open-doors': ({ params, body: { commandId }, asker }) =>
      openDoors(context, asker, params, commandId),
  };
}

/** The wait for each service of the hall, for an ordinary walk-in who comes now. */
function waitsOf(day: Day, now: Instant) {
  const due = dueOf(day.configuration, { classLetter: ORDINARY, slot: null }, now);
  return day.configuration.services.map((service) => ({
    serviceId: service.serviceId,
    off: service.off,
    wait: service.off ? null : waitRange(day, service, due, now),
  }));
}
