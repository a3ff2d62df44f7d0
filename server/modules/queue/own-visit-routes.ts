import { type OwnVisit, type ownVisitContract } from '../../../contract/own-visit.ts';
import type { Ticket } from '../../../contract/queue.ts';
import { refuse } from '../../../core/problems.ts';
import { type Explanation, explain, safeReasons } from '../../../core/queue/explain.ts';
import type { CommandId, DayKey, VisitId } from '../../../core/queue/ids.ts';
import type { Handlers } from '../../platform/serve.ts';
import { derivedId } from './chain.ts';
import type { DayBook } from './day-book.ts';
import type { QueueDesk } from './desk.ts';
import { ticketOf } from './replies.ts';
import { readToken, tokenOf, type VisitPlace } from './visit-token.ts';

const OWN_HOLD_MINUTES = 10;

/** A visit as its visitor reaches it, by the secret of the ticket, until the day is over. */
export function ownVisitHandlers(desk: QueueDesk): Handlers<typeof ownVisitContract> {
  return {
    'POST /api/own-visit/look': async ({ body: { token } }) => ownVisit(desk, await placeToday(desk, token)),

    'POST /api/own-visit/reasons': async ({ body: { token } }) => {
      const { key, visitId } = await placeToday(desk, token);
      return safeReasons(await explained(desk.dayBook, key, visitId));
    },

    'POST /api/own-visit/return': ({ body: { token } }) => comeBack(desk, placeOf(desk, token)),

    'POST /api/own-visit/actions/:action': async ({ params: { action }, body: { token, commandId } }) => {
      const place = await placeToday(desk, token);
      await act(desk, place, action, commandId);
      return ownVisit(desk, place);
    },
  };
}

type OwnAction = 'check-in' | 'hold' | 'back' | 'leave' | 'undo-leave';

async function act(desk: QueueDesk, { key, visitId }: VisitPlace, action: OwnAction, id: CommandId): Promise<unknown> {
  if (action === 'hold') {
    const body = { visitId, windowId: null, reason: 'visitor', minutes: OWN_HOLD_MINUTES } as const;
    return desk.carryOut(key, 'hold', id, body);
  }
  if (action !== 'undo-leave') return desk.carryOut(key, action, id, { visitId });
  // A no-show may be brought back only in the hall, by staff who see that the visitor is there.
  const { state, number } = await desk.visitNow(key, visitId);
  if (state === 'no-show') return refuse('visit-state', { number, state });
  return desk.carryOut(key, 'reactivate', id, { visitId });
}

async function ownVisit(desk: QueueDesk, { key, visitId }: VisitPlace): Promise<OwnVisit> {
  const [visit, { name, timeZone }] = await Promise.all([desk.visitNow(key, visitId), desk.centre(key.centreId)]);
  return { ...visit, ...key, centre: name, timeZone };
}

function placeOf({ visitKey }: QueueDesk, token: string): VisitPlace {
  return readToken(visitKey, token) ?? refuse('unknown-token', {});
}

/** The place of a ticket of today: the page dies with the day. */
async function placeToday(desk: QueueDesk, token: string): Promise<VisitPlace> {
  const place = placeOf(desk, token);
  const today = await desk.today(place.key.centreId);
  return today.day === place.key.day ? place : refuse('ticket-over', {});
}

/** Why a visit was called when it was. Throws unknown-visit. */
export async function explained(dayBook: DayBook, key: DayKey, visitId: VisitId): Promise<Explanation> {
  const found = explain(key, await dayBook.wholeDay(key), dayBook.rules, visitId);
  return found ?? refuse('unknown-visit', { visitId });
}

/** A visit that lapsed with its day is an appointment at the opening of the next: claimed once, however often it is asked for. */
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
