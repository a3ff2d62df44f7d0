import type { queueContract } from '../../../contract/queue.ts';
import { refuse } from '../../../core/problems.ts';
import type { Handlers } from '../../platform/serve.ts';
import type { QueueDesk } from './desk.ts';

type Contract = typeof queueContract;
type WindowRoutes = Pick<Contract, Extract<keyof Contract, `${string}/windows/${string}`>>;

/** What specialists and hall administrators do at a window. */
export function windowHandlers(desk: QueueDesk): Handlers<WindowRoutes> {
  return {
    'POST /api/centres/:centreId/days/:day/windows/:windowId/open': async ({ params, body, asker }) => {
      const { commandId, specialistId, skills } = body;
      if (asker.kind === 'staff' && asker.specialistId !== specialistId) return refuse('not-yourself', {});
      const key = await desk.keyOf(params);
      const elsewhere = await desk.takeSeat(specialistId, { key, windowId: params.windowId });
      if (elsewhere !== null) return refuse('specialist-at-centre', { centreId: elsewhere });
      return desk.atWindow(params, 'open-window', commandId, { windowId: params.windowId, specialistId, skills });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/ready': ({ params, body: { commandId } }) =>
      desk.atWindow(params, 'ready', commandId, { windowId: params.windowId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/recall': ({ params, body: { commandId, visitId } }) =>
      desk.atWindow(params, 'recall', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/start': ({ params, body: { commandId, visitId } }) =>
      desk.atWindow(params, 'start', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/add-service': ({ params, body }) => {
      const { commandId, visitId, serviceId, quantity = 1 } = body;
      return desk.atWindow(params, 'add-service', commandId, {
        windowId: params.windowId,
        visitId,
        serviceId,
        quantity,
      });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/finish': ({ params, body }) => {
      const { commandId, visitId, given = null, outcome = 'done' } = body;
      return desk.atWindow(params, 'finish', commandId, { windowId: params.windowId, visitId, given, outcome });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/no-show': ({ params, body: { commandId, visitId } }) =>
      desk.atWindow(params, 'no-show', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/hold': ({ params, body }) => {
      const { commandId, visitId, minutes, reason } = body;
      return desk.atWindow(params, 'hold', commandId, { windowId: params.windowId, visitId, minutes, reason });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/transfer': ({ params: { windowId, ...key }, body }) => {
      const { commandId, visitId, serviceId, quantity = 1, toWindowId = null, returnHere = false } = body;
      const asked = { windowId, visitId, serviceId, quantity, toWindowId, returnHere };
      return desk.atWindow({ ...key, windowId }, 'transfer', commandId, asked);
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/pick': ({ params, body }) => {
      const { commandId, visitId, reason } = body;
      return desk.atWindow(params, 'pick', commandId, { windowId: params.windowId, visitId, reason });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/pause': ({ params, body }) => {
      const { commandId, reason, agreed = false } = body;
      return desk.atWindow(params, 'pause', commandId, { windowId: params.windowId, reason, agreed });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/close': ({ params, body: { commandId } }) =>
      desk.atWindow(params, 'close-window', commandId, { windowId: params.windowId }),
  };
}
