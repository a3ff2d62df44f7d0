import type { queueContract } from '../../../contract/queue.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import type { Handlers } from '../../platform/serve.ts';
import type { QueueDesk } from './desk.ts';
import { explained } from './own-visit-routes.ts';
import { ticketOf } from './replies.ts';
import { tokenOf } from './visit-token.ts';

type Contract = typeof queueContract;
type VisitRoutes = Pick<Contract, Extract<keyof Contract, `${string}/days/:day/visits${string}`>>;

/** Visits as the hall's devices and staff reach them. */
export function visitHandlers(desk: QueueDesk): Handlers<VisitRoutes> {
  return {
    'POST /api/centres/:centreId/days/:day/visits': async ({ params, body }) => {
      const { commandId, services, persons = 1, classLetter = ORDINARY, language = 'ru', remote = false } = body;
      const { ground = null, contact = null } = body;
      const events = await desk.carryOut(params, 'take', commandId, {
        services: services.map(({ serviceId, quantity = 1 }) => ({ serviceId, quantity })),
        persons,
        classLetter,
        language,
        remote,
        slot: null,
      });
      const key = await desk.keyOf(params);
      const ticket = ticketOf(events, (visitId) => tokenOf(desk.visitKey, { key, visitId }));
      if (ground !== null || contact !== null) {
        await desk.keepPerson({ key, visitId: ticket.visitId }, { ground, contact });
      }
      return ticket;
    },

    'GET /api/centres/:centreId/days/:day/visits/:visitId': async ({ params }) =>
      desk.visitNow(await desk.keyOf(params), params.visitId),

    'GET /api/centres/:centreId/days/:day/visits/:visitId/explanation': async ({ params }) =>
      explained(desk.dayBook, await desk.keyOf(params), params.visitId),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/check-in': ({ params, body: { commandId } }) =>
      desk.ofVisit(params, 'check-in', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/hold': ({ params, body: { commandId, minutes } }) =>
      desk.ofVisit(params, 'hold', commandId, { visitId: params.visitId, windowId: null, reason: 'visitor', minutes }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/back': ({ params, body: { commandId } }) =>
      desk.ofVisit(params, 'back', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/leave': ({ params, body: { commandId } }) =>
      desk.ofVisit(params, 'leave', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/reactivate': ({ params, body: { commandId } }) =>
      desk.ofVisit(params, 'reactivate', commandId, { visitId: params.visitId }),

    'POST /api/centres/:centreId/days/:day/visits/:visitId/change': ({ params: { visitId, ...params }, body }) => {
      const { commandId, services, persons = null, classLetter = null } = body;
      const wanted = services?.map(({ serviceId, quantity = 1 }) => ({ serviceId, quantity })) ?? null;
      return desk.ofVisit({ ...params, visitId }, 'change-visit', commandId, {
        visitId,
        services: wanted,
        persons,
        classLetter,
      });
    },

    'POST /api/centres/:centreId/days/:day/visits/:visitId/redeem': ({ params, body: { commandId, drink } }) =>
      desk.ofVisit(params, 'redeem', commandId, { visitId: params.visitId, drink }),
  };
}
