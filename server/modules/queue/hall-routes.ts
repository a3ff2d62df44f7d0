import type { queueContract } from '../../../contract/queue.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import type { Day } from '../../../core/queue/day.ts';
import { dueOf } from '../../../core/queue/due.ts';
import { type Hall, hallOf } from '../../../core/queue/hall.ts';
import type { CommandId, DayKey } from '../../../core/queue/ids.ts';
import { waitRange } from '../../../core/queue/wait-range.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Handlers } from '../../platform/serve.ts';
import type { QueueDesk } from './desk.ts';
import { streamHall } from './live-hall.ts';

type HallRoutes = Omit<typeof queueContract, `${string}/visits${string}` | `${string}/windows/${string}`>;

/** The hall as a whole: seen, at rest, in motion and in the past. */
export function hallHandlers(desk: QueueDesk): Handlers<HallRoutes> {
  return {
    'GET /api/centres/:centreId/hall': async ({ params }) =>
      desk.dayBook.view(await desk.today(params.centreId), hallOf),

    'GET /api/centres/:centreId/live': ({ params, lastEventId, open }) =>
      streamHall(desk, params.centreId, lastEventId, open),

    'GET /api/centres/:centreId/waits': async ({ params }) =>
      desk.dayBook.view(await desk.today(params.centreId), (day) => waitsOf(day, desk.now())),

    'GET /api/centres/:centreId/days/:day/hall': async ({ params, query: { at } }) =>
      hallOf(await desk.dayBook.dayAt(await desk.keyOf(params), at)),

    'POST /api/centres/:centreId/days/:day/stop': ({ params, body: { commandId, reason } }) =>
      ofHall(desk, params, 'stop-hall', commandId, { reason }),

    'POST /api/centres/:centreId/days/:day/resume': ({ params, body: { commandId } }) =>
      ofHall(desk, params, 'resume-hall', commandId, { day: params.day }),

    'POST /api/centres/:centreId/days/:day/close-doors': ({ params, body: { commandId, reason } }) =>
      ofHall(desk, params, 'close-doors', commandId, { reason }),
  };
}

async function ofHall<Kind extends CommandKind>(
  desk: QueueDesk,
  params: DayKey,
  kind: Kind,
  id: CommandId,
  body: CommandBodies[Kind],
): Promise<Hall> {
  await desk.carryOut(params, kind, id, body);
  return desk.dayBook.view(await desk.keyOf(params), hallOf);
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
