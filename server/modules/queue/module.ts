import { hallDeskContract } from '../../../contract/hall-desk.ts';
import { ownVisitContract } from '../../../contract/own-visit.ts';
import { queueContract } from '../../../contract/queue.ts';
import { addDays, businessDayAt, type TimeZone } from '../../../core/time/civil.ts';
import { installationKey } from '../../platform/installation.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { openListeners } from '../../platform/listeners.ts';
import { serve } from '../../platform/serve.ts';
import type { NetworkContext } from '../network/index.ts';
import type { DoorsMoved, HallContext } from './context.ts';
import { hallDeskHandlers } from './hall-desk-routes.ts';
import { hallHandlers } from './hall-routes.ts';
import { type NodeOfHalls, openHalls } from './halls.ts';
import { notifyNearTurns } from './notify-near-turn.ts';
import { ownVisitHandlers } from './own-visit-routes.ts';
import { forgetPersons } from './persons/queries.ts';
import { proofRoutes } from './proof/routes.ts';
import { ensureMonths } from './queries.ts';
import { visitHandlers } from './visit-routes.ts';
import { windowHandlers } from './window-routes.ts';

/** Opens the halls that this node serves. Requests reach them with `serveQueue`. */
export async function openQueue(context: NetworkContext, node: NodeOfHalls): Promise<HallContext> {
  const { db, rulesChanged, onClose } = context;
  const visitKey = await installationKey(db, 'visit-token');
  const halls = openHalls(context, node);
  onClose(() => halls.close());
  rulesChanged.add((hallId) => halls.rulesChanged(hallId));
  return { ...context, halls, visitKey, doorsMoved: openListeners<DoorsMoved>('doors that moved') };
}

/** Every route of the halls, and what is repeated for them. `personsDays`: for how many days the grounds and contacts of visitors are kept. */
export function serveQueue(context: HallContext, { personsDays }: { readonly personsDays: number }): void {
  const { http, db, now, addJob } = context;
  serve(http, queueContract, { ...hallHandlers(context), ...visitHandlers(context), ...windowHandlers(context) });
  serve(http, ownVisitContract, ownVisitHandlers(context));
  serve(http, hallDeskContract, hallDeskHandlers(context));
  proofRoutes(context);
  context.onClose(notifyNearTurns(context));
  const today = () => businessDayAt(now(), 'UTC' as TimeZone);
  addJob({ name: 'the months to come', everyMs: HOUR_MS, run: () => db.write((tx) => ensureMonths(tx, today())) });
  addJob({
    name: 'forgetting who came',
    everyMs: HOUR_MS,
    run: () => db.write((tx) => forgetPersons(tx, addDays(today(), -personsDays))),
  });
}
