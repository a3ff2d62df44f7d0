import type { FastifyInstance } from 'fastify';
import { contract } from '../contract/index.ts';
import { businessDayAt, type CivilDate, type TimeZone } from '../core/time/civil.ts';
import { catalogueRoutes, type CatalogueSetting, offerAll, offerOn, pilotRoutes } from './modules/catalogue/index.ts';
import type { CentreId, DayKey } from '../core/queue/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import {
  type CentreChanges,
  type Directory,
  doorsOn,
  networkOfficeRoutes,
  networkRoutes,
  nextOpenDay,
  openCentreChanges,
  openPlaces,
  ruleFault,
  serviceFault,
  setEarlyClosing,
} from './modules/network/index.ts';
import { guardRequests, mayAtCentre, peopleRoutes, seedRoles } from './modules/people/index.ts';
import {
  keepPerson,
  proofRoutes,
  queueRoutes,
  type QueueSetting,
  takeSeat,
  windowEvents,
} from './modules/queue/index.ts';
import { forgetVisitors } from './modules/site/index.ts';
import { roomsAroundHalls } from './surroundings.ts';
import { type Appointments, openAppointments } from './appointments.ts';
import { openCases } from './cases.ts';
import { serviceSearchRoutes } from './modules/site/index.ts';
import { citySite } from './site.ts';
import { type Halls, openHalls } from './halls.ts';
import { startJobs } from './jobs.ts';
import { servePages } from './pages.ts';
import { backUpEverythingWhenDue } from './backup.ts';
import { audit } from './platform/audit.ts';
import { city } from './platform/city.ts';
import { openHttp } from './platform/http.ts';
import { installationKey } from './platform/installation.ts';
import { eachApart } from './platform/isolated.ts';
import { openMetrics } from './platform/metrics.ts';
import { cannotListen } from './platform/ports.ts';
import { platformRoutes } from './platform/platform-routes.ts';
import { openReadiness } from './platform/readiness.ts';
import { tellOrigin } from './platform/site-origin.ts';
import { openVault } from './platform/vault.ts';
import { wellKnown } from './platform/well-known.ts';
import { openWatch, type Watch } from './platform/watch.ts';
import type { Context } from './context.ts';

const UTC = 'UTC' as TimeZone;
/** What was opened, and how it is closed again: the last first. */
type Closers = (() => unknown)[];

/** The node as it answers, and how many of them live. */
export interface App {
  readonly app: FastifyInstance;
  nodes(): number;
}

/** Opens everything that a node consists of. What was opened is closed again when something of it fails. */
export async function openApp(setting: Context): Promise<App> {
  const app = await openHttp(setting.door, setting.log);
  const closers: Closers = [];
  app.addHook('onClose', async () => {
    for (const close of closers.toReversed()) await close();
  });
  try {
    return { app, nodes: await openRooms(app, setting, closers) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The order of a request on one screen: headers, checks, who asks, the modules' routes, problems. */
async function openRooms(app: FastifyInstance, setting: Context, closers: Closers): Promise<() => number> {
  const { database, clock, installation, version, published, nodeHost, alone, metrics, backups, log } = setting;
  tellOrigin(app, setting.post.site);
  const watch = openWatch((message, error) => log.error(message, error));
  closers.push(() => watch.stop());
  const halls = await openHalls({ database, clock, installation, version, published, nodeHost, alone, log });
  closers.push(() => halls.close());
  const { figures } = halls;
  const fault = openReadiness({ db: database, folder: database.folder, halls: halls.fault });
  const places = openPlaces(halls.directory);
  await seedRoles(database);
  const changed = guardRequests(app, {
    db: database,
    places,
    hallOf: (centreId) => halls.directory.hallOf(centreId),
    nonceKey: await installationKey(database, 'device-nonce'),
    now: () => clock.now(),
    open: !setting.requireKeys && clock.kind !== 'real',
  });
  wellKnown(app, { securityContact: setting.post.securityContact ?? null, now: () => clock.now() });
  platformRoutes(app, { clock, contract, version, figures, fault, log: (message) => log.error(message) });
  const vault = await openVault(database, setting.masterKey);
  closers.push(() => vault.close());
  const attemptKey = await installationKey(database, 'sign-in-attempt');
  peopleRoutes(app, { db: database, places, vault, oidc: setting.oidc, attemptKey, changed });
  const appointments = await openAppointments(app, setting, halls, watch, vault);
  closers.push(() => appointments.stop());
  const changes = centreChanges(setting, halls, appointments, watch);
  const offer = networkAndCatalogue(app, setting, halls, appointments, changes);
  const { pages, expectedWaits } = await roomsAroundHalls(app, setting, halls, watch, changes);
  await queueAndProof(app, setting, halls, watch, doorsMoved(setting, appointments, changes));
  const cases = await openCases(app, setting, halls, vault);
  closers.push(() => cases.stop());
  if (metrics !== null) {
    const measured = openMetrics(app, database, figures, async () => (await fault()) === null, version);
    const { close } = await measured
      .listen(metrics.host, metrics.port)
      .catch((error: unknown) => cannotListen(error, { ...metrics, choice: 'metrics_port' }));
    closers.push(close);
  }
  const site = citySite(setting, halls, appointments, expectedWaits);
  serviceSearchRoutes(app, site);
  await servePages(app, { folder: setting.pages, publicUrl: setting.post.site }, pages, site);
  await halls.begin();
  // Once the doors are open: what comes first does not wait for what nobody has asked for yet.
  app.addHook('onListen', async () => halls.warm());
  const stopJobs = await startJobs(
    database,
    () => clock.now(),
    {
      offer,
      backup: backups === null ? null : () => backUpEverythingWhenDue(setting, backups),
      keepPersonsDays: setting.keep.personsDays,
      places: () => appointments.refill(null),
      settleBookings: (forgetBefore) => settleBookings(setting, appointments, forgetBefore),
      settleCases: cases.settle,
      markPersons: cases.markPersons,
      forgetOldCases: () => cases.forgetOld(setting.keep),
    },
    (message, error) => log.error(message, error),
  );
  closers.push(stopJobs);
  return () => halls.nodes();
}

/** Ends bookings of days past and forgets visitors' accounts of that time; what fails of one keeps the other from nothing. */
function settleBookings(
  { database, clock }: Context,
  { settle }: Appointments,
  forgetBefore: CivilDate,
): Promise<unknown> {
  const all = [() => settle(forgetBefore), () => database.write((tx) => forgetVisitors(tx, forgetBefore, clock.now()))];
  return eachApart(all, 'bookings and accounts of days past', (work) => work());
}

/** What this node does when what centres offer has changed: here at once, wherever else it was written within a second. */
function centreChanges(
  { database, log }: Context,
  { directory }: Halls,
  { refill }: Appointments,
  watch: Watch,
): CentreChanges {
  const changes = openCentreChanges(database, async (centreIds) => {
    directory.refresh();
    await refill(centreIds);
  });
  watch.everySecond(() => {
    changes.catchUp().catch((error: unknown) => log.error('changes of centres could not be read', error));
  });
  return changes;
}

/** The doors of a hall closed before their hour or opened again: offers follow, and everybody who is booked is told. */
function doorsMoved(
  { database: db, clock }: Context,
  { tellOfDoors }: Appointments,
  changes: CentreChanges,
): QueueSetting['doorsMoved'] {
  return async (key, { isOpen, reason }, asker) => {
    await db.write(async (tx) => {
      await setEarlyClosing(tx, key, isOpen ? null : clock.now());
      const action = isOpen ? 'doors-opened' : 'doors-closed';
      await audit(tx, asker, { action, object: `centre ${key.centreId}`, details: { day: key.day, reason } });
    });
    await changes.catchUp();
    await tellOfDoors({ hallId: key.centreId, day: key.day, isOpen }, asker);
  };
}

/** Gives the way to have centres offer what is in force today: a version may come into force overnight. */
function networkAndCatalogue(
  app: FastifyInstance,
  { database, clock }: Context,
  halls: Halls,
  { newConflicts }: Appointments,
  changes: CentreChanges,
) {
  const { directory } = halls;
  const offersChanged = () => changes.catchUp();
  const rulesChanged = async (centreId: CentreId) => {
    await halls.rulesChanged(centreId);
    await offersChanged();
  };
  const offers = { db: database, newConflicts, offersChanged };
  const today = async () => businessDayAt(clock.now(), (await database.read((tx) => city(tx)))?.timeZone ?? UTC);
  const catalogue: CatalogueSetting = {
    db: database,
    today,
    ruleFault: async (centreId, rule, value) => ruleFault(database, directory, centreId, await today(), rule, value),
    serviceFault: async (centreId, serviceId, day) => {
      const service = await database.read((tx) => offerOn(tx, serviceId, day));
      return service === null ? null : serviceFault(database, directory, centreId, day, service);
    },
    changed: async (centreIds) => {
      const hallIds = new Set(await Promise.all(centreIds.map((id) => directory.hallOf(id))));
      await eachApart(hallIds, 'the rules of a hall', rulesChanged);
    },
  };
  networkRoutes(app, { ...offers, directory, clock, changed: rulesChanged });
  networkOfficeRoutes(app, {
    ...offers,
    directory,
    timeZone: async () => (await database.read((tx) => city(tx)))?.timeZone ?? UTC,
    today: halls.today,
    openVisits: halls.openVisits,
    changed: rulesChanged,
  });
  catalogueRoutes(app, catalogue);
  pilotRoutes(app, catalogue);
  return async () => {
    const day = await today();
    await catalogue.changed(await database.write((tx) => offerAll(tx, day)));
  };
}

/** The days of all halls at a moment: of those that receive on that day. */
async function hallsAt(directory: Directory, at: Instant): Promise<DayKey[]> {
  const entries = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  return entries.flatMap((entry) => {
    const { centre_id: centreId, time_zone: zone } = entry.centre;
    const day = businessDayAt(at, zone);
    return doorsOn(entry, day, zone) === null ? [] : [{ centreId, day }];
  });
}

async function queueAndProof(
  app: FastifyInstance,
  { database, clock }: Context,
  halls: Halls,
  watch: Watch,
  moved: QueueSetting['doorsMoved'],
) {
  const { directory, dayBook, today } = halls;
  queueRoutes(app, {
    dayBook,
    today,
    now: () => clock.now(),
    hallOf: (centreId) => directory.hallOf(centreId),
    nextOpenDay: async ({ centreId, day }) => nextOpenDay(await directory.centre(centreId), day),
    watch,
    doorsMoved: moved,
    visitKey: await installationKey(database, 'visit-token'),
    mayRunHall: (asker, hallId) =>
      mayAtCentre(asker, 'run-hall', hallId, { places: openPlaces(directory), hallOf: (id) => directory.hallOf(id) }),
    takeSeat: (specialistId, seat) => database.writeNow((tx) => takeSeat(tx, specialistId, seat)),
    keepPerson: (place, person) => database.writeNow((tx) => keepPerson(tx, place, person)),
    centre: async (centreId) => {
      const { name_ru: ru, name_en: en, time_zone: timeZone } = (await directory.centre(centreId)).centre;
      return { name: { ru, en }, timeZone };
    },
    allHalls: () => hallsAt(directory, clock.now()),
    allHallsAt: (at) => hallsAt(directory, at),
    windowEvents: (key, windowId) => database.read((tx) => windowEvents(tx, key, windowId)),
  });
  proofRoutes(app, database, (centreId) => directory.hallOf(centreId));
}
