import { addDays, businessDayAt, type TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import { audit } from '../../platform/audit.ts';
import { installationKey } from '../../platform/installation.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { openListeners } from '../../platform/listeners.ts';
import { type Directory, doorsOn, type NetworkContext, nextOpenDay, setEarlyClosing } from '../network/index.ts';
import { mayAtCentre } from '../people/index.ts';
import type { DoorsMoved, HallContext } from './context.ts';
import type { QueueSetting } from './desk.ts';
import { type NodeOfHalls, openHalls } from './halls.ts';
import { notifyNearTurns } from './notify-near-turn.ts';
import { forgetPersons, keepPerson } from './persons/queries.ts';
import { proofRoutes } from './proof/routes.ts';
import { queueRoutes } from './routes.ts';
import { takeSeat } from './seats/queries.ts';
import { ensureMonths, windowEvents } from './queries.ts';

/** Opens the halls that this node serves. Requests reach them with `serveQueue`. */
export function openQueue(context: NetworkContext, node: NodeOfHalls): HallContext {
  const { rulesChanged, onClose } = context;
  const halls = openHalls(context, node);
  onClose(() => halls.close());
  rulesChanged.add((hallId) => halls.rulesChanged(hallId));
  return { ...context, halls, doorsMoved: openListeners<DoorsMoved>('doors that moved') };
}

/** Every route of the halls, and what is repeated for them. `personsDays`: for how many days the grounds and contacts of visitors are kept. */
export async function serveQueue(
  context: HallContext,
  { personsDays }: { readonly personsDays: number },
): Promise<void> {
  const { http, db, now, watch, directory, places, halls, addJob } = context;
  queueRoutes(http, {
    dayBook: halls.dayBook,
    today: halls.today,
    now,
    hallOf: (centreId) => directory.hallOf(centreId),
    nextOpenDay: async ({ centreId, day }) => nextOpenDay(await directory.centre(centreId), day),
    watch,
    doorsMoved: moveDoors(context),
    visitKey: await installationKey(db, 'visit-token'),
    mayRunHall: (asker, hallId) =>
      mayAtCentre(asker, 'run-hall', hallId, { places, hallOf: (id) => directory.hallOf(id) }),
    takeSeat: (specialistId, seat) => db.writeNow((tx) => takeSeat(tx, specialistId, seat)),
    keepPerson: (place, person) => db.writeNow((tx) => keepPerson(tx, place, person)),
    centre: async (centreId) => {
      const { name_ru: ru, name_en: en, time_zone: timeZone } = (await directory.centre(centreId)).centre;
      return { name: { ru, en }, timeZone };
    },
    allHalls: () => hallsAt(directory, now()),
    allHallsAt: (at) => hallsAt(directory, at),
    windowEvents: (key, windowId) => db.read((tx) => windowEvents(tx, key, windowId)),
  });
  proofRoutes(http, db, (centreId) => directory.hallOf(centreId));
  context.onClose(notifyNearTurns(context));
  const today = () => businessDayAt(now(), 'UTC' as TimeZone);
  addJob({ name: 'the months to come', everyMs: HOUR_MS, run: () => db.write((tx) => ensureMonths(tx, today())) });
  addJob({
    name: 'forgetting who came',
    everyMs: HOUR_MS,
    run: () => db.write((tx) => forgetPersons(tx, addDays(today(), -personsDays))),
  });
}

/** The doors of a hall close before their hour or open again: offers follow, and everybody who is booked hears of it. */
function moveDoors({ db, now, centreChanges, doorsMoved }: HallContext): QueueSetting['doorsMoved'] {
  return async (key, { isOpen, reason }, asker) => {
    await db.write(async (tx) => {
      await setEarlyClosing(tx, key, isOpen ? null : now());
      const action = isOpen ? 'doors-opened' : 'doors-closed';
      await audit(tx, asker, { action, object: `centre ${key.centreId}`, details: { day: key.day, reason } });
    });
    await centreChanges.catchUp();
    await doorsMoved.tell({ key, isOpen, asker });
  };
}

/** The days of all halls at a moment: of the ones that receive on that day. */
async function hallsAt(directory: Directory, at: Instant): Promise<DayKey[]> {
  const entries = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  return entries.flatMap((entry) => {
    const { centre_id: centreId, time_zone: zone } = entry.centre;
    const day = businessDayAt(at, zone);
    return doorsOn(entry, day, zone) === null ? [] : [{ centreId, day }];
  });
}
