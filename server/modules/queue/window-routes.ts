import type { queueContract, WindowReply } from '../../../contract/queue.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import type { CommandId, DayKey, WindowId } from '../../../core/queue/ids.ts';
import type { Handlers } from '../../platform/serve.ts';
import type { QueueDesk } from './desk.ts';

type Contract = typeof queueContract;
type WindowRoutes = Pick<Contract, Extract<keyof Contract, `${string}/windows/${string}`>>;

/** A command at a window, by a caller who may give it there. */
type QueueDeskAt = <Kind extends CommandKind>(
  asker: Asker,
  params: DayKey & { readonly windowId: WindowId },
  kind: Kind,
  id: CommandId,
  body: CommandBodies[Kind],
) => Promise<WindowReply>;

/** Nobody presses the buttons of a neighbour, or reads that desk: only who sits at a window, or who runs the hall. */
export async function mustSitThere(
  desk: QueueDesk,
  asker: Asker,
  params: DayKey & { readonly windowId: WindowId },
): Promise<void> {
  const key = await desk.keyOf(params);
  if (asker.kind !== 'staff' || (await desk.mayRunHall(asker, key.centreId))) return;
  const seated = await desk.dayBook.view(key, ({ windows }) => windows.get(params.windowId)?.specialistId ?? null);
  if (seated !== null && seated !== asker.specialistId) refuse('not-your-window', { windowId: params.windowId });
}

/** What specialists and hall administrators do at a window. */
export function windowHandlers(desk: QueueDesk): Handlers<WindowRoutes> {
  const at: QueueDeskAt = async (asker, params, kind, id, body) => {
    await mustSitThere(desk, asker, params);
    return desk.atWindow(params, kind, id, body);
  };
  return {
    'POST /api/centres/:centreId/days/:day/windows/:windowId/open': async ({ params, body, asker }) => {
      const { commandId, specialistId, skills } = body;
      if (asker.kind === 'staff' && asker.specialistId !== specialistId) return refuse('not-yourself', {});
      const key = await desk.keyOf(params);
      const elsewhere = await desk.takeSeat(specialistId, { key, windowId: params.windowId });
      if (elsewhere !== null) return refuse('specialist-at-centre', { centreId: elsewhere });
      const agreed = await desk.mayRunHall(asker, key.centreId);
      const { windowId } = params;
      return desk.atWindow(params, 'open-window', commandId, { windowId, specialistId, skills, agreed });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/ready': ({ params, body: { commandId }, asker }) =>
      at(asker, params, 'ready', commandId, { windowId: params.windowId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/recall': ({
      params,
      body: { commandId, visitId },
      asker,
    }) => at(asker, params, 'recall', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/start': ({
      params,
      body: { commandId, visitId },
      asker,
    }) => at(asker, params, 'start', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/add-service': ({ params, body, asker }) => {
      const { commandId, visitId, serviceId, quantity = 1 } = body;
      return at(asker, params, 'add-service', commandId, {
        windowId: params.windowId,
        visitId,
        serviceId,
        quantity,
      });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/finish': ({ params, body, asker }) => {
      const { commandId, visitId, given = null, outcome = 'done' } = body;
      return at(asker, params, 'finish', commandId, { windowId: params.windowId, visitId, given, outcome });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/no-show': ({
      params,
      body: { commandId, visitId },
      asker,
    }) => at(asker, params, 'no-show', commandId, { windowId: params.windowId, visitId }),

    'POST /api/centres/:centreId/days/:day/windows/:windowId/hold': ({ params, body, asker }) => {
      const { commandId, visitId, minutes, reason } = body;
      return at(asker, params, 'hold', commandId, { windowId: params.windowId, visitId, minutes, reason });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/transfer': ({ params, body, asker }) => {
      const { commandId, visitId, serviceId, quantity = 1, toWindowId = null, returnHere = false } = body;
      const asked = { windowId: params.windowId, visitId, serviceId, quantity, toWindowId, returnHere };
      return at(asker, params, 'transfer', commandId, asked);
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/pick': ({ params, body, asker }) => {
      const { commandId, visitId, reason } = body;
      return at(asker, params, 'pick', commandId, { windowId: params.windowId, visitId, reason });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/pause': ({ params, body, asker }) => {
      const { commandId, reason, agreed = false } = body;
      return at(asker, params, 'pause', commandId, { windowId: params.windowId, reason, agreed });
    },

    'POST /api/centres/:centreId/days/:day/windows/:windowId/close': ({ params, body: { commandId }, asker }) =>
      at(asker, params, 'close-window', commandId, { windowId: params.windowId }),
  };
}
