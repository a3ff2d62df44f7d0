import { type OwnVisit, type ownVisitContract } from '../../../contract/own-visit.ts';
import { refuse } from '../../../core/problems.ts';
import { safeReasons } from '../../../core/queue/explain.ts';
import type { CommandId } from '../../../core/queue/ids.ts';
import type { Handlers } from '../../platform/serve.ts';
import { commandOf } from './chain.ts';
import { claimNextDay } from './claim-next-day.ts';
import type { HallContext } from './context.ts';
import { explainVisit, visitNow } from './look-at-visit.ts';
import { readToken, type VisitPlace } from './visit-token.ts';

const OWN_HOLD_MINUTES = 10;

/** A visit as its visitor reaches it, by the secret of the ticket, until the day is over. */
export function ownVisitHandlers(context: HallContext): Handlers<typeof ownVisitContract> {
  return {
    'POST /api/own-visit/look': async ({ body: { token } }) => ownVisit(context, await placeToday(context, token)),

    'POST /api/own-visit/reasons': async ({ body: { token } }) => {
      const { key, visitId } = await placeToday(context, token);
      return safeReasons(await explainVisit(context, key, visitId));
    },

    'POST /api/own-visit/return': ({ body: { token } }) => claimNextDay(context, placeOf(context, token)),

    'POST /api/own-visit/actions/:action': async ({ params: { action }, body: { token, commandId } }) => {
      const place = await placeToday(context, token);
      await act(context, place, action, commandId);
      return ownVisit(context, place);
    },
  };
}

type OwnAction = 'check-in' | 'hold' | 'back' | 'leave' | 'undo-leave';

async function act(context: HallContext, { key, visitId }: VisitPlace, action: OwnAction, id: CommandId) {
  const { dayBook } = context.halls;
  if (action === 'hold') {
    const body = { visitId, windowId: null, reason: 'visitor', minutes: OWN_HOLD_MINUTES } as const;
    return dayBook.carryOut(key, commandOf('hold', id, body));
  }
  if (action !== 'undo-leave') return dayBook.carryOut(key, commandOf(action, id, { visitId }));
  // A no-show may be brought back only in the hall, by staff who see that the visitor is there.
  const { state, number } = await visitNow(context, key, visitId);
  if (state === 'no-show') return refuse('visit-state', { number, state });
  return dayBook.carryOut(key, commandOf('reactivate', id, { visitId }));
}

async function ownVisit(context: HallContext, { key, visitId }: VisitPlace): Promise<OwnVisit> {
  const { centre } = await context.directory.centre(key.centreId);
  const { name_ru: ru, name_en: en, time_zone: timeZone } = centre;
  return { ...(await visitNow(context, key, visitId)), ...key, centre: { ru, en }, timeZone };
}

function placeOf({ visitKey }: HallContext, token: string): VisitPlace {
  return readToken(visitKey, token) ?? refuse('unknown-token', {});
}

/** The place of a ticket of today: the page dies with the day. */
async function placeToday(context: HallContext, token: string): Promise<VisitPlace> {
  const place = placeOf(context, token);
  const today = await context.halls.today(place.key.centreId);
  return today.day === place.key.day ? place : refuse('ticket-over', {});
}
