import type { queueContract, VisitReply } from '../../../contract/queue.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import type { CommandId, DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { Handlers } from '../../platform/serve.ts';
import { commandOf } from './chain.ts';
import { hallDay, type HallContext } from './context.ts';
import { explainVisit, visitNow } from './look-at-visit.ts';
import { takeTicket } from './take-ticket.ts';

type Contract = typeof queueContract;
type VisitRoutes = Pick<Contract, Extract<keyof Contract, `${string}/days/:day/visits${string}`>>;

/** Visits as the hall's devices and staff reach them. */
export function visitHandlers(context: HallContext): Handlers<VisitRoutes> {
  const of = async <Kind extends CommandKind>(
    params: DayKey & { readonly visitId: VisitId },
    kind: Kind,
    id: CommandId,
    body: CommandBodies[Kind],
  ): Promise<VisitReply> => {
    const key = await hallDay(context, params);
    await context.halls.dayBook.carryOut(key, commandOf(kind, id, body));
    return visitNow(context, key, params.visitId);
  };
  return {
    'POST /api/centres/:centreId/days/:day/visits': ({ params, body }) => {
      const { commandId, services, persons = 1, classLetter = ORDINARY, language = 'ru', remote = false } = body;
      const { ground = null, contact = null } = body;
      const wanted = services.map(({ serviceId, quantity = 1 }) => ({ serviceId, quantity }));
      const asked = { services: wanted, persons, classLetter, language, remote, slot: null };
      return takeTicket(context, params, commandId, asked, { ground, contact });
    },

    'GET /api/centres/:centreId/days/:day/visits/:visitId': async ({ params }) =>
      visitNow(context, await hallDay(context, params), params.visitId),

    'GET /api/centres/:centreId/days/:day/visits/:visitId/explanation': async ({ params }) =>
      explainVisit(context, await hallDay(context, params), params.visitId),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/check-in': ({ params, body: { commandId } }) =>
      of(params, 'check-in', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/hold': ({ params, body: { commandId, minutes } }) =>
      of(params, 'hold', commandId, { visitId: params.visitId, windowId: null, reason: 'visitor', minutes }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/back': ({ params, body: { commandId } }) =>
      of(params, 'back', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/leave': ({ params, body: { commandId } }) =>
      of(params, 'leave', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/reactivate': ({ params, body: { commandId } }) =>
      of(params, 'reactivate', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/change': ({ params: { visitId, ...params }, body }) => {
      const { commandId, services, persons = null, classLetter = null } = body;
      const wanted = services?.map(({ serviceId, quantity = 1 }) => ({ serviceId, quantity })) ?? null;
      return of({ ...params, visitId }, 'change-visit', commandId, {
        visitId,
        services: wanted,
        persons,
        classLetter,
      });
    },

    'POST /api/centres/:centreId/days/:day/visits/:visitId/redeem': ({ params, body: { commandId, drink } }) =>
      of(params, 'redeem', commandId, { visitId: params.visitId, drink }),
  };
}
