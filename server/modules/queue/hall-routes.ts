import type { queueContract } from '../../../contract/queue.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import type { Day } from '../../../core/queue/day.ts';
import { dueOf } from '../../../core/queue/due.ts';
import { type Hall, hallOf } from '../../../core/queue/hall.ts';
import type { CommandId, DayKey } from '../../../core/queue/ids.ts';
import { waitRange } from '../../../core/queue/wait-range.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Asker } from '../../../core/access/asker.ts';
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

    'POST /api/centres/:centreId/days/:day/close-doors': async ({ params, body: { commandId, reason }, asker }) => {
      const hall = await ofHall(desk, params, 'close-doors', commandId, { reason });
      return withDoors(desk, params, hall, reason, asker);
    },

    'POST /api/centres/:centreId/days/:day/open-doors': async ({ params, body: { commandId }, asker }) => {
      const hall = await ofHall(desk, params, 'open-doors', commandId, { day: params.day });
      return withDoors(desk, params, hall, null, asker);
    },
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

/**
 * Has the bookings of the rest of the day follow the doors as they are now. The event comes first: a command that is sent again after a
 * crash gives the same facts, and what did not follow the first time follows then.
 */
async function withDoors(
  desk: QueueDesk,
  params: DayKey,
  hall: Hall,
  reason: string | null,
  asker: Asker,
): Promise<Hall> {
  if (hall.state === 'open' || hall.state === 'doors-closed')
    await desk.doorsMoved(await desk.keyOf(params), { isOpen: hall.state === 'open', reason }, asker);
  return hall;
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
