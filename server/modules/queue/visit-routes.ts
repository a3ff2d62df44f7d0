import type { queueContract, Ticket } from '../../../contract/queue.ts';
import { refuse } from '../../../core/problems.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import { type Explanation, explain } from '../../../core/queue/explain.ts';
import type { DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { Handlers } from '../../platform/serve.ts';
import { derivedId } from './chain.ts';
import type { QueueDesk } from './desk.ts';
import { ticketOf } from './replies.ts';
import { readToken, tokenOf, type VisitPlace } from './visit-token.ts';

const OWN_HOLD_MINUTES = 10;

type Contract = typeof queueContract;
type OwnRoutes = Pick<Contract, Extract<keyof Contract, `${string} /api/visits/${string}`>>;
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
      explained(desk, await desk.keyOf(params), params.visitId),

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

    'POST /api/centres/:centreId/days/:day/visits/:visitId/redeem': ({ params, body: { commandId, drink } }) =>
      desk.ofVisit(params, 'redeem', commandId, { visitId: params.visitId, drink }),
  };
}

/** A visit as its visitor reaches it, by the secret of the ticket. */
export function ownVisitHandlers(desk: QueueDesk): Handlers<OwnRoutes> {
  return {
    'GET /api/visits/:token': ({ params }) => {
      const { key, visitId } = placeOf(desk, params.token);
      return desk.visitNow(key, visitId);
    },

    'GET /api/visits/:token/explanation': ({ params }) => {
      const { key, visitId } = placeOf(desk, params.token);
      return explained(desk, key, visitId);
    },

    'POST /api/visits/:token/return': async ({ params }) => {
      const place = placeOf(desk, params.token);
      return comeBack(desk, place);
    },

    'POST /api/visits/:token/:action': ({ params: { token, action }, body: { commandId } }) => {
      const { key, visitId } = placeOf(desk, token);
      const hold = { visitId, windowId: null, reason: 'visitor', minutes: OWN_HOLD_MINUTES } as const;
      return action === 'hold'
        ? desk.ofVisit({ ...key, visitId }, 'hold', commandId, hold)
        : desk.ofVisit({ ...key, visitId }, action, commandId, { visitId });
    },
  };
}

function placeOf({ visitKey }: QueueDesk, token: string): VisitPlace {
  return readToken(visitKey, token) ?? refuse('unknown-token', {});
}

async function explained({ dayBook }: QueueDesk, key: DayKey, visitId: VisitId): Promise<Explanation> {
  const found = explain(key, await dayBook.wholeDay(key), dayBook.rules, visitId);
  return found ?? refuse('unknown-visit', { visitId });
}

/** A visit that lapsed with its day is an appointment at the opening of the next: claimed once, whoever asks how often. */
async function comeBack(desk: QueueDesk, { key, visitId }: VisitPlace): Promise<Ticket> {
  const today = await desk.today(key.centreId);
  if ((await desk.nextOpenDay(key)) !== today.day) return refuse('no-claim', {});
  const lapsed = (await desk.dayBook.dayAt(key, desk.now())).visits.get(visitId);
  if (lapsed?.state !== 'lapsed' || lapsed.wishes.length === 0) return refuse('no-claim', {});
  const { persons, classLetter, language } = lapsed;
  const doorsOpen = await desk.dayBook.view(today, ({ opening }) => opening?.doorsOpen ?? null);
  const events = await desk.carryOut(today, 'take', derivedId(`claim/${visitId}`), {
    services: lapsed.wishes.map(({ serviceId, quantity }) => ({ serviceId, quantity })),
    persons,
    classLetter,
    language,
    remote: false,
    slot: doorsOpen,
  });
  return ticketOf(events, (taken) => tokenOf(desk.visitKey, { key: today, visitId: taken }));
}
