import type { queueContract, WindowReply } from '../../../contract/queue.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import type { CommandId, DayKey, WindowId } from '../../../core/queue/ids.ts';
import type { Handlers } from '../../platform/serve.ts';
import { commandOf } from './chain.ts';
import { callerOf, hallDay, type HallContext } from './context.ts';
import { openWindow } from './open-window.ts';
import { windowReplyOf } from './replies.ts';

type Contract = typeof queueContract;
type WindowRoutes = Pick<Contract, Extract<keyof Contract, `${string}/windows/${string}`>>;

/** What specialists and hall administrators do at a window. Whether they may is decided with the command, by the day itself. */
export function windowHandlers(context: HallContext): Handlers<WindowRoutes> {
  const at = async <Kind extends CommandKind>(
    asker: Asker,
    params: DayKey & { readonly windowId: WindowId },
    kind: Kind,
    id: CommandId,
    body: CommandBodies[Kind],
  ): Promise<WindowReply> => {
    const key = await hallDay(context, params);
    const caller = await callerOf(context, asker, key.centreId);
    const events = await context.halls.dayBook.carryOut(key, commandOf(kind, id, body, caller));
    return windowReplyOf(params.windowId, events);
  };
  return {
    'POST /api/centres/:centreId/days/:day/windows/:windowId/open': ({ params, body, asker }) =>
      openWindow(context, asker, params, body),

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
