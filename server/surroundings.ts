import type { FastifyInstance } from 'fastify';
import { generalService } from '../core/queue/configuration.ts';
import type { Day } from '../core/queue/day.ts';
import type { CentreId, ServiceId, WindowId } from '../core/queue/ids.ts';
import { type NormBreach, normBreaches, USUAL_NORMS } from '../core/queue/norms.ts';
import { businessDayAt, type TimeZone } from '../core/time/civil.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Halls } from './halls.ts';
import { alertRoutes, raiseAlert, settleAlert, watchNorms } from './modules/alerts/index.ts';
import { type CentreChanges, groups, halfHourStarts, scheduledDoorsOn, services } from './modules/network/index.ts';
import { type ExpectedWaits, planningRoutes, type PlanningSetting } from './modules/planning/index.ts';
import { printingRoutes } from './modules/printing/index.ts';
import { promiseRoutes } from './modules/promise/index.ts';
import { readToken, stateOfVisit } from './modules/queue/index.ts';
import { ratingRoutes } from './modules/ratings/index.ts';
import { ownNorms, screenRoutes } from './modules/screens/index.ts';
import type { PageData } from './pages.ts';
import { city } from './platform/city.ts';
import type { Db } from './platform/handles.ts';
import { installationKey } from './platform/installation.ts';
import { isolated, type LogFault } from './platform/isolated.ts';
import type { Watch } from './platform/watch.ts';
import type { Context } from './context.ts';

const NORMS_EVERY_SECONDS = 5;
/** The visitor whom the tablet of a window asks: the last one served there within some minutes. */
const LAST_VISIT_MS = 10 * 60_000;

/** The services around the halls: printers, alerts, ratings, the promise in public, the screens' settings. */
export async function roomsAroundHalls(
  app: FastifyInstance,
  { database: db, clock, speech, log }: Context,
  halls: Halls,
  watch: Watch,
  changes: CentreChanges,
): Promise<{ readonly pages: PageData; readonly expectedWaits: ExpectedWaits }> {
  const { directory, dayBook, today } = halls;
  const now = () => clock.now();
  const hallOf = (centreId: CentreId) => directory.hallOf(centreId);
  printingRoutes(app, db, (centreId, fault) => printerAlert(db, centreId, fault, now()));
  alertRoutes(app, { db, now });
  const visitKey = await installationKey(db, 'visit-token');
  ratingRoutes(app, {
    db,
    now,
    hallOf,
    placeOf: (token) => {
      const place = readToken(visitKey, token);
      return place === null ? null : { ...place.key, visitId: place.visitId };
    },
    stateOf: (rated) => db.read((tx) => stateOfVisit(tx, rated)),
    lastAt: async (centreId, windowId) => {
      const key = await today(centreId);
      const last = await dayBook.view(key, (day) => lastServedAt(day, windowId, now() - LAST_VISIT_MS));
      return last === null ? null : { ...last, day: key.day, state: 'finished' };
    },
  });
  screenRoutes(app, {
    db,
    speech,
    hallOf,
    servicesOf: async (centreId) => {
      const { time_zone: zone } = (await directory.centre(centreId)).centre;
      const [named, all] = await db.read(async (tx) => [
        await services(tx, centreId, businessDayAt(now(), zone)),
        await groups(tx, centreId),
      ]);
      const general = all.map(({ group_id: groupId }) => generalService(groupId));
      return new Set<ServiceId>([...named.map(({ service_id: serviceId }) => serviceId), ...general]);
    },
  });
  const expectedWaits = planningRoutes(app, { ...planningSetting(db, now, halls), planned: () => changes.catchUp() });
  const timeZone = async () => (await db.read((tx) => city(tx)))?.timeZone ?? ('UTC' as TimeZone);
  const promise = promiseRoutes(app, {
    db,
    now,
    today: async () => businessDayAt(now(), await timeZone()),
    centres: async () =>
      (await directory.all()).map(({ centre }) => ({
        centreId: centre.centre_id,
        name: { ru: centre.name_ru, en: centre.name_en },
        district: { ru: centre.district_ru, en: centre.district_en },
      })),
  });

  let seconds = 0;
  const fail: LogFault = (message, error) => log.error(message, error);
  const look = watchNorms({ db, now, breaches: () => breachesOf(db, dayBook, now), log: fail });
  watch.everySecond(() => {
    seconds += 1;
    if (seconds % NORMS_EVERY_SECONDS !== 0) return;
    void isolated(fail, 'the norms of the halls could not be looked at', look);
  });
  const pages = { real: clock.kind === 'real', timeZone, promise: promise.onDay, promiseDays: promise.days };
  return { pages, expectedWaits };
}

/** Who was served to the end at a window last, if that was after a moment. */
function lastServedAt({ visits }: Day, windowId: WindowId, after: Instant): { visitId: string; number: string } | null {
  let last: { visitId: string; number: string } | null = null;
  let lastAt = after;
  for (const { visitId, number, steps, state } of visits.values()) {
    const step = steps.at(-1);
    const at = step?.endedAt ?? null;
    if (state !== 'finished' || step?.windowId !== windowId || at === null || at <= lastAt) continue;
    [last, lastAt] = [{ visitId, number }, at];
  }
  return last;
}

/** What planning is told of the network and of running days. */
function planningSetting(
  db: Db,
  now: () => number,
  { directory, dayBook, today, rulesOn, rulesChanged }: Halls,
): Omit<PlanningSetting, 'planned'> {
  return {
    db,
    now,
    today,
    hallOf: (centreId) => directory.hallOf(centreId),
    view: (key, seen) => dayBook.view(key, seen),
    doorsOf: async (centreId, day) => {
      const entry = await directory.centre(centreId);
      const { time_zone: timeZone } = entry.centre;
      const closures = entry.closures.filter(({ opens }) => opens === null).map((closure) => closure.day);
      return { doors: scheduledDoorsOn(entry, day, timeZone), timeZone, closures };
    },
    halfHourStarts,
    rulesOn,
    centres: async () => {
      const own = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
      return own.map(({ centre }) => ({
        centreId: centre.centre_id,
        name: { ru: centre.name_ru, en: centre.name_en },
        latitude: centre.latitude === null ? null : Number(centre.latitude),
        longitude: centre.longitude === null ? null : Number(centre.longitude),
      }));
    },
    planChanged: rulesChanged,
  };
}

/** What the halls that this node serves do not keep; a hall that cannot be read now is left out. */
async function breachesOf(
  db: Db,
  dayBook: Halls['dayBook'],
  now: () => number,
): Promise<Map<CentreId, readonly NormBreach[]>> {
  const own = await db.read((tx) => ownNorms(tx));
  const found = new Map<CentreId, readonly NormBreach[]>();
  // Yesterday's day may still be in memory together with today's; only the newest of a hall is looked at.
  const newest = new Map(dayBook.served.sort((a, b) => (a.day < b.day ? -1 : 1)).map((key) => [key.centreId, key]));
  await Promise.all(
    Array.from(newest.values(), async (key) => {
      const limits = own.get(key.centreId) ?? USUAL_NORMS;
      const breaches = await dayBook.view(key, (day) => normBreaches(day, limits, now())).catch(() => null);
      if (breaches !== null) found.set(key.centreId, breaches);
    }),
  );
  return found;
}

/** A printer that cannot print calls for a person until it prints again. */
async function printerAlert(db: Db, centreId: CentreId, fault: string | null, now: number): Promise<void> {
  const kinds = ['paper-out', 'printer-gone'] as const;
  const kind = fault === 'paper-out' ? 'paper-out' : 'printer-gone';
  if (fault === 'too-late') return;
  if (fault !== null) return db.write((tx) => raiseAlert(tx, { centreId, kind, place: 'printer', value: null }, now));
  for (const one of kinds) await db.write((tx) => settleAlert(tx, { centreId, kind: one, place: 'printer' }, now));
}
