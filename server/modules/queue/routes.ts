import type { FastifyInstance } from 'fastify';
import { queueContract } from '../../../contract/queue.ts';
import { refuse } from '../../../core/problems.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import { hallOf } from '../../../core/queue/hall.ts';
import type { CommandId, DayKey, WindowId } from '../../../core/queue/ids.ts';
import { serve } from '../../platform/serve.ts';
import { commandOf } from './chain.ts';
import { type LiveHall, streamHall } from './live-hall.ts';
import { ticketOf, windowReplyOf } from './replies.ts';

export function queueRoutes(app: FastifyInstance, hall: LiveHall): void {
  const { dayBook, today } = hall;
  const carryOut = <Kind extends CommandKind>(key: DayKey, kind: Kind, id: CommandId, body: CommandBodies[Kind]) =>
    dayBook.carryOut({ centreId: key.centreId, day: key.day }, commandOf(kind, id, body));
  const atWindow = async <Kind extends CommandKind>(
    params: DayKey & { windowId: WindowId },
    kind: Kind,
    id: CommandId,
    body: CommandBodies[Kind],
  ) => windowReplyOf(params.windowId, await carryOut(params, kind, id, body));

  serve(app, queueContract, {
    'GET /api/centres/:centreId/hall': async ({ params }) => dayBook.view(await today(params.centreId), hallOf),

    'GET /api/centres/:centreId/live': ({ params, lastEventId, open }) =>
      streamHall(hall, params.centreId, lastEventId, open),

    'POST /api/centres/:centreId/days/:day/visits': async ({ params, body: { commandId, groupId, persons = 1 } }) =>
      ticketOf(await carryOut(params, 'take', commandId, { groupId, persons })),

    'GET /api/centres/:centreId/days/:day/visits/:visitId': async ({ params: { visitId, ...key } }) => {
      const visit = await dayBook.view(key, (day) => structuredClone(day.visits.get(visitId)));
      return visit ?? refuse('unknown-visit', { visitId });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/open': ({
      params,
      body: { commandId, specialistId, groupIds },
    }) => atWindow(params, 'open-window', commandId, { windowId: params.windowId, specialistId, groupIds }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/ready': ({ params, body: { commandId } }) =>
      atWindow(params, 'ready', commandId, { windowId: params.windowId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/start': ({ params, body: { commandId, visitId } }) =>
      atWindow(params, 'start', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/finish': ({ params, body: { commandId, visitId } }) =>
      atWindow(params, 'finish', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/no-show': ({ params, body: { commandId, visitId } }) =>
      atWindow(params, 'no-show', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/pause': ({ params, body: { commandId, reason } }) =>
      atWindow(params, 'pause', commandId, { windowId: params.windowId, reason }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/close': ({ params, body: { commandId } }) =>
      atWindow(params, 'close-window', commandId, { windowId: params.windowId }),
  });
}
