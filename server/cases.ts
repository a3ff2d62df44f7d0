import type { FastifyInstance } from 'fastify';
import type { Purpose } from '../contract/persons.ts';
import { type Asker, mayAt } from '../core/access/asker.ts';
import { EVERYWHERE } from '../core/access/scope.ts';
import { isIdentityExpired } from '../core/persons/identity.ts';
import { refuse } from '../core/problems.ts';
import type { DayKey, VisitId } from '../core/queue/ids.ts';
import { businessDayAt, type CivilDate, type TimeZone } from '../core/time/civil.ts';
import { isOverTls, PUSH_KEY } from './appointments.ts';
import type { Halls } from './halls.ts';
import {
  agencies,
  agenciesFollow,
  agencyOf,
  type AgencyRoom,
  agencyRoutes,
  openMessenger,
  queriesOf,
  settleQueries,
  settleTerms,
} from './modules/agencies/index.ts';
import {
  applicationById,
  applicationFigureRoutes,
  type ApplicationRoom,
  applicationRoutes,
  applicationsWithFile,
  browserRoutes,
  type FigureKind,
  homeDraftRoutes,
  insertRecount,
  maySee,
  personsOfApplication,
  newestRecount,
  removeTooOld,
  recountTerms,
  settleApplications,
  shownNotices,
  signatureRoutes,
  tellApplicants,
  tellDependants,
} from './modules/applications/index.ts';
import { inForceOn, overview, passportVersion, versionInForce } from './modules/catalogue/index.ts';
import {
  chargeRoutes,
  chargesBegun,
  chargesFollow,
  chargesMustAllow,
  shownCharges,
  simulatedTerminal,
} from './modules/charges/index.ts';
import { arrivalRoutes, centreOfArrival, type Files, fileRoutes, openFiles } from './modules/files/index.ts';
import { openPlaces } from './modules/network/index.ts';
import { pushKey } from './modules/notices/index.ts';
import {
  draftWritten,
  formsOn,
  outdatedFields,
  packageRoutes,
  packagesFollow,
  stepsAwaited,
} from './modules/packages/index.ts';
import {
  applicationOfPaper,
  heldUp,
  paperRoutes,
  papersFollow,
  papersMustAllow,
  shownPapers,
} from './modules/papers/index.ts';
import {
  factsOf,
  markPersonsAnew,
  openLooks,
  openPersons,
  personLookRoutes,
  personRoutes,
  type Persons,
} from './modules/persons/index.ts';
import { linkVisit } from './modules/queue/index.ts';
import { openTermCalendar, type TermCalendar, termRoutes } from './modules/terms/index.ts';
import { audit } from './platform/audit.ts';
import { city } from './platform/city.ts';
import type { Db, Read } from './platform/handles.ts';
import { installationKey } from './platform/installation.ts';
import { eachApart } from './platform/isolated.ts';
import { openOutbox } from './platform/outbox.ts';
import { OPEN_NET } from './platform/outward.ts';
import type { Vault } from './platform/vault.ts';
import type { Context } from './context.ts';

const UTC = 'UTC' as TimeZone;
const DAY_MS = 86_400_000;

/** What people come for: persons, applications, packages, papers, money, agencies, terms. */
export interface Cases {
  /** What happens by itself when a day is over. */
  settle(): Promise<void>;
  /** Gives persons that were written down by an earlier version the marks by which they are found today. */
  markPersons(): Promise<number>;
  /** Removes what is kept longer than this after it was over, and scans that became part of nothing. */
  forgetOld(keep: { readonly scansDays: number; readonly applicationsDays: number }): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the one window: everything between a request and its result. */
export async function openCases(app: FastifyInstance, setting: Context, halls: Halls, vault: Vault): Promise<Cases> {
  const { database: db, clock, log } = setting;
  const now = () => clock.now();
  const failed = (message: string) => (error: unknown) => log.error(message, error);
  const todayIn = async (tx: Read) => businessDayAt(now(), (await city(tx))?.timeZone ?? UTC);
  const cityToday = () => db.read(todayIn);
  const calendar = openTermCalendar(db, now);
  const namedBy = async (purpose: Purpose) =>
    purpose.kind === 'task' ? db.read((tx) => personsOfApplication(tx, purpose.applicationId)) : null;
  const persons = openPersons({
    db,
    vault,
    now,
    today: cityToday,
    mayOpen: (asker, purpose) => mayOpen(room, halls, asker, purpose),
    openFor: openLooks({ db, namedBy }),
    namedBy,
  });
  const room = roomOf(setting, halls, { vault, persons, calendar });
  const files = serveFiles(app, setting, room);
  const messenger = openMessenger(room);
  const recount = serveTerms(app, setting, calendar, todayIn);
  const hurry = () => void messenger.sendDue().catch(failed('agencies could not be told'));
  personRoutes(app, persons);
  personLookRoutes(app, db);
  const identityOf = async (personId: string) =>
    (await db.read((tx) => persons.identities(tx, [personId]))).get(personId);
  const receipt = {
    room,
    ...tellSetting(setting, halls),
    nameOf: async (personId: string) => {
      const identity = await identityOf(personId);
      return identity === undefined ? '—' : (factsOf(identity)['person.fullName'] ?? '—');
    },
  };
  const applicationRoom: ApplicationRoom = {
    ...room,
    hurry,
    applicationOfPaper: (barcode) => db.read((tx) => applicationOfPaper(tx, barcode)),
    openPerson: (asker, purpose, personId) => persons.read(asker, purpose, personId),
    linkVisit: async (tx, { centreId, day, visitId }, target) => {
      const key: DayKey = { centreId: await halls.directory.hallOf(centreId), day };
      await linkVisit(tx, { key, visitId: visitId as VisitId }, { kind: 'application', target });
    },
  };
  applicationRoutes(app, applicationRoom, receipt);
  browserRoutes(app, room, await shownPushKey(setting));
  homeDraftRoutes(app, { ...room, cityToday });
  applicationFigureRoutes(app, { db, cityToday, names: async (by) => namesOf(db, halls, by, await cityToday()) });
  const birthOf = async (personId: string) => (await identityOf(personId))?.birth ?? null;
  signatureRoutes(app, { ...room, birthOf, site: setting.post.site });
  packageRoutes(app, { ...room, formsInForce: async (tx) => formsOn(tx, await todayIn(tx)) });
  paperRoutes(app, room);
  chargeRoutes(app, room, clock.kind === 'real' ? null : simulatedTerminal);
  agencyRoutes(app, room, hurry);
  return {
    settle: async () => settleEverything(room, await cityToday()),
    markPersons: () => markPersonsAnew(db, vault),
    forgetOld: async ({ scansDays, applicationsDays }) => {
      const since = (days: number) => now() - days * DAY_MS;
      const tooOld = { scansSince: since(scansDays), applicationsSince: since(applicationsDays) };
      const all = [() => removeTooOld(db, tooOld), () => files.sweep()];
      await eachApart(all, 'what was kept long enough', (remove) => remove());
    },
    stop: async () => {
      await Promise.all([messenger.stop(), recount.stop(), files.stop()]);
    },
  };
}

/** What happens by itself when a day is over. */
async function settleEverything(room: AgencyRoom, today: CivilDate): Promise<void> {
  const all = [settleApplications, settleQueries, settleTerms];
  await eachApart(all, 'what happens by itself when a day is over', (settle) => settle(room, today));
}

/** With what browsers subscribe to be told; null where messages have no site that answers for them. */
async function shownPushKey({ database: db, clock, post }: Context): Promise<string | null> {
  return clock.kind === 'real' && !isOverTls(post.site) ? null : pushKey(await installationKey(db, PUSH_KEY));
}

/** The production calendar; when it changes, running terms are recalculated in the background. */
function serveTerms(
  app: FastifyInstance,
  { database: db, clock, log }: Context,
  calendar: TermCalendar,
  today: (tx: Read) => Promise<CivilDate>,
) {
  const now = () => clock.now();
  const failed = (error: unknown) => log.error('terms could not be recalculated', error);
  const running = async (tx: Read) => (await calendar.inForce(tx)).calendar;
  const recount = openOutbox(() => recountTerms({ db, now, today, calendar: running }), failed);
  termRoutes(app, {
    db,
    calendar,
    today: () => db.read(today),
    recount: (tx, { serial, from }) => insertRecount(tx, serial, from, now()),
    hurry: () => void recount.sendDue().catch(failed),
    recountState: () => db.read((tx) => newestRecount(tx)),
  });
  return recount;
}

/** Scans: what people send, what scanners put down, and who may open which. */
function serveFiles(app: FastifyInstance, { fileStore, scanner, log }: Context, room: AgencyRoom): Files {
  const { db, vault, now } = room;
  const failed = (message: string, error?: unknown) => log.error(message, error);
  const files = openFiles({ db, vault, files: fileStore, scanner, now, log: failed });
  fileRoutes(app, files, {
    now,
    mayGive: (asker, fileId) => mayGive(room, asker, fileId),
    gaveUnmarked: (asker, fileId) =>
      db.write((tx) => audit(tx, asker, { action: 'file-read-unmarked', object: `file ${fileId}` })),
  });
  arrivalRoutes(app, db, vault);
  return files;
}

interface Openers {
  readonly vault: Vault;
  readonly persons: Persons;
  readonly calendar: TermCalendar;
}

/** What applications are told of the house, and what follows from what happens to one. */
function roomOf(setting: Context, halls: Halls, { vault, persons, calendar }: Openers): AgencyRoom {
  const { database, clock, log, post } = setting;
  const db = database;
  return {
    db,
    vault,
    now: () => clock.now(),
    log: (message, error) => log.error(message, error),
    may: rightsAt(halls),
    mustHaveMet: (asker, personIds, purpose) => persons.mustHaveMet(asker, personIds, purpose),
    mustBeVisit: async (centreId, { day, visitId }) => {
      const key: DayKey = { centreId: await halls.directory.hallOf(centreId), day };
      const isThere = await halls.dayBook.view(key, ({ visits }) => visits.has(visitId as VisitId));
      if (!isThere) refuse('unknown-visit', { visitId });
    },
    outward: post.outward ?? OPEN_NET,
    today: async (centreId) => businessDayAt(clock.now(), (await halls.directory.centre(centreId)).centre.time_zone),
    zone: async (centreId) => (await halls.directory.centre(centreId)).centre.time_zone,
    calendar: async (tx) => (await calendar.inForce(tx)).calendar,
    passport: passportVersion(),
    inForce: versionInForce,
    agencyOf: (tx, passport, variant) => agencyOf(tx, passport, variant, clock.now()),
    agencyName: async (tx, code) => {
      const known = await inForceOn(tx, businessDayAt(clock.now(), (await city(tx))?.timeZone ?? UTC));
      const named = known.find(({ passport: { agency } }) => agency?.code === code);
      return named?.passport.agency?.name ?? { ru: code, en: code };
    },
    facts: async (tx, personId) => {
      const identity = (await persons.identities(tx, [personId])).get(personId);
      return factsOf(identity ?? refuse('unknown-person', {}));
    },
    isIdentityExpired: async (tx, personId, day) => {
      const identity = (await persons.identities(tx, [personId])).get(personId);
      return identity !== undefined && isIdentityExpired(identity, day);
    },
    identities: (tx, ids) => persons.identities(tx, ids),
    beside: async (tx, id) => ({
      papers: await shownPapers(tx, id),
      charges: await shownCharges(tx, id),
      notices: await shownNotices(tx, id),
      queries: await queriesOf(tx, id),
    }),
    waitsFor: stepsAwaited,
    papersMustAllow,
    heldUp,
    draftWritten,
    outdatedFields,
    chargesMustAllow,
    begun: chargesBegun(() => clock.now()),
    kindOf: async (centreId) => (await halls.directory.centre(centreId)).centre.kind,
    consequences: [
      papersFollow,
      chargesFollow,
      agenciesFollow,
      packagesFollow(tellDependants(tellSetting(setting, halls))),
      tellApplicants(tellSetting(setting, halls)),
    ],
  };
}

/**
 * A scan goes only to who works on an application in which it is used, or to who takes applications where it has just come from the
 * scanner; that it was opened is written down.
 */
async function mayGive(room: AgencyRoom, asker: Asker, fileId: string): Promise<void> {
  const arrivedAt = await room.db.read((tx) => centreOfArrival(tx, fileId));
  if (arrivedAt !== null && (await room.may(asker, 'take-applications', { centreId: arrivedAt })))
    return room.db.write((tx) => audit(tx, asker, { action: 'file-read', object: `file ${fileId}` }));
  for (const application of await room.db.read((tx) => applicationsWithFile(tx, fileId))) {
    if (!(await maySee(room, asker, application))) continue;
    return room.db.write((tx) => audit(tx, asker, { action: 'file-read', object: `file ${fileId}` }));
  }
  refuse('unknown-file', {});
}

/** What services, centres or agencies are called, by their keys. */
async function namesOf(db: Db, { directory }: Halls, by: FigureKind, day: CivilDate) {
  if (by === 'service')
    return new Map((await db.read((tx) => overview(tx, day))).map(({ serviceId, name }) => [serviceId, name]));
  if (by === 'agency') {
    const known = (await db.read((tx) => agencies(tx))).map(({ agencyId, name }) => [agencyId, name] as const);
    return new Map([['', { ru: 'Решает центр', en: 'Decided by the centre' }], ...known]);
  }
  const entries = await directory.all();
  return new Map(entries.map(({ centre }) => [String(centre.centre_id), { ru: centre.name_ru, en: centre.name_en }]));
}

/** Whether a right counts at a centre or at an agency. */
function rightsAt({ directory }: Halls): AgencyRoom['may'] {
  const places = openPlaces(directory);
  return async (asker, right, place) =>
    mayAt(
      asker,
      right,
      'centreId' in place ? await places.ofCentre(place.centreId) : { ...EVERYWHERE, agencyId: place.agencyId },
    );
}

/** Personal data are opened for the visit at one’s own window, for an application that one works on, or for a reason that is stated. */
async function mayOpen(room: AgencyRoom, halls: Halls, asker: Asker, purpose: Purpose): Promise<void> {
  if (purpose.kind === 'task') {
    const application = await room.db.read((tx) => applicationById(tx, purpose.applicationId));
    if (application === null || !(await maySee(room, asker, application))) refuse('purpose-needed', {});
    return;
  }
  const { centreId } = purpose;
  if (!(await room.may(asker, 'take-applications', { centreId }))) return refuse('foreign-centre', { centreId });
  if (purpose.kind === 'reason') return;
  const key: DayKey = { centreId: await halls.directory.hallOf(centreId), day: purpose.day };
  const isHis = await halls.dayBook.view(key, ({ visits, windows }) => {
    const visit = visits.get(purpose.visitId);
    if (visit?.state !== 'serving' || visit.windowId === null) return false;
    // In a demo nobody has an account: the caller sits at that window.
    return asker.kind === 'nobody' || windows.get(visit.windowId)?.specialistId === asker.specialistId;
  });
  if (!isHis) refuse('purpose-needed', {});
}

function tellSetting({ post }: Context, { directory }: Halls) {
  return {
    site: post.site,
    centre: async (centreId: number) => {
      const {
        name_ru: ru,
        name_en: en,
        address_ru: address,
        time_zone: zone,
      } = (await directory.centre(centreId)).centre;
      return { name: { ru, en }, address: address ?? '', zone };
    },
  };
}
