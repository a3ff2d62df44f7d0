import type { Purpose } from '../contract/persons.ts';
import { type Asker, mayAt } from '../core/access/asker.ts';
import { EVERYWHERE } from '../core/access/scope.ts';
import { isIdentityExpired } from '../core/persons/identity.ts';
import { refuse } from '../core/problems.ts';
import type { DayKey, VisitId } from '../core/queue/ids.ts';
import { businessDayAt, type CivilDate } from '../core/time/civil.ts';
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
import { shownPushKey } from './modules/notices/index.ts';
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
  sweepLooks,
} from './modules/persons/index.ts';
import { type HallContext, linkVisit } from './modules/queue/index.ts';
import { openTermCalendar, type TermCalendar, termRoutes } from './modules/terms/index.ts';
import { audit } from './platform/audit.ts';
import { cityDay } from './platform/city.ts';
import { HOUR_MS } from './platform/jobs.ts';
import type { Read } from './platform/handles.ts';
import { eachApart } from './platform/isolated.ts';
import { openOutbox } from './platform/outbox.ts';
import type { NodeSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** Opens the one window: everything between a request and its result. */
export async function openCases(context: HallContext, settings: NodeSettings): Promise<void> {
  const { http, db, now, log, vault, isReal, siteUrl, onClose } = context;
  const failed = (message: string) => (error: unknown) => log.error(message, error);
  const cityToday = () => db.read((tx) => cityDay(tx, now()));
  const calendar = openTermCalendar(db, now);
  const namedBy = async (purpose: Purpose) =>
    purpose.kind === 'task' ? db.read((tx) => personsOfApplication(tx, purpose.applicationId)) : null;
  const persons = openPersons({
    db,
    vault,
    now,
    today: cityToday,
    mayOpen: (asker, purpose) => mayOpen(room, context, asker, purpose),
    openFor: openLooks({ db, namedBy }),
    namedBy,
  });
  const room = roomOf(context, { persons, calendar });
  const files = serveFiles(context, settings, room);
  const messenger = openMessenger(room);
  const recount = serveTerms(context, calendar);
  const hurry = () => void messenger.sendDue().catch(failed('agencies could not be told'));
  personRoutes(http, persons);
  personLookRoutes(http, db);
  const identityOf = async (personId: string) =>
    (await db.read((tx) => persons.identities(tx, [personId]))).get(personId);
  const receipt = {
    room,
    ...tellSetting(context),
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
      const key: DayKey = { centreId: await context.directory.hallOf(centreId), day };
      await linkVisit(tx, { key, visitId: visitId as VisitId }, { kind: 'application', target });
    },
  };
  applicationRoutes(http, applicationRoom, receipt);
  browserRoutes(http, room, await shownPushKey(context));
  homeDraftRoutes(http, { ...room, cityToday });
  applicationFigureRoutes(http, { db, cityToday, names: async (by) => namesOf(context, by, await cityToday()) });
  const birthOf = async (personId: string) => (await identityOf(personId))?.birth ?? null;
  signatureRoutes(http, { ...room, birthOf, site: siteUrl });
  packageRoutes(http, { ...room, formsInForce: async (tx) => formsOn(tx, await cityDay(tx, now())) });
  paperRoutes(http, room);
  chargeRoutes(http, room, isReal ? null : simulatedTerminal);
  agencyRoutes(http, room, hurry);
  addCaseJobs(context, settings, { room, files });
  onClose(async () => {
    await Promise.all([messenger.stop(), recount.stop(), files.stop()]);
  });
}

function addCaseJobs(
  { db, now, vault, addJob }: HallContext,
  settings: NodeSettings,
  { room, files }: { readonly room: AgencyRoom; readonly files: Files },
): void {
  addJob({
    name: 'applications that have waited',
    everyMs: HOUR_MS / 4,
    run: async () => settleEverything(room, await db.read((tx) => cityDay(tx, now()))),
  });
  addJob({ name: 'marks of persons', everyMs: HOUR_MS, notAtStart: true, run: () => markPersonsAnew(db, vault) });
  addJob({
    name: 'applications kept long enough',
    everyMs: 6 * HOUR_MS,
    notAtStart: true,
    run: async () => {
      const since = (days: number) => now() - days * DAY_MS;
      const { scansDays, applicationsDays } = settings.keep;
      const tooOld = { scansSince: since(scansDays), applicationsSince: since(applicationsDays) };
      const all = [() => removeTooOld(db, tooOld), () => files.sweep()];
      await eachApart(all, 'what was kept long enough', (remove) => remove());
    },
  });
  addJob({
    name: 'looks at personal data of more than a year ago',
    everyMs: HOUR_MS,
    run: () => db.write((tx) => sweepLooks(tx)),
  });
}

/** What happens by itself when a day is over. */
async function settleEverything(room: AgencyRoom, today: CivilDate): Promise<void> {
  const all = [settleApplications, settleQueries, settleTerms];
  await eachApart(all, 'what happens by itself when a day is over', (settle) => settle(room, today));
}

/** The production calendar; when it changes, running terms are recalculated in the background. */
function serveTerms({ http, db, now, log }: HallContext, calendar: TermCalendar) {
  const today = (tx: Read) => cityDay(tx, now());
  const failed = (error: unknown) => log.error('terms could not be recalculated', error);
  const running = async (tx: Read) => (await calendar.inForce(tx)).calendar;
  const recount = openOutbox(() => recountTerms({ db, now, today, calendar: running }), failed);
  termRoutes(http, {
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
function serveFiles(
  { http, db, vault, now, log }: HallContext,
  { fileStore, scanner }: NodeSettings,
  room: AgencyRoom,
): Files {
  const failed = (message: string, error?: unknown) => log.error(message, error);
  const files = openFiles({ db, vault, files: fileStore, scanner, now, log: failed });
  fileRoutes(http, files, {
    now,
    mayGive: (asker, fileId) => mayGive(room, asker, fileId),
    gaveUnmarked: (asker, fileId) =>
      db.write((tx) => audit(tx, asker, { action: 'file-read-unmarked', object: `file ${fileId}` })),
  });
  arrivalRoutes(http, db, vault);
  return files;
}

interface Openers {
  readonly persons: Persons;
  readonly calendar: TermCalendar;
}

/** What applications are told of the house, and what follows from what happens to one. */
function roomOf(context: HallContext, { persons, calendar }: Openers): AgencyRoom {
  const { db, vault, now, log, outward, directory, halls } = context;
  return {
    db,
    vault,
    now,
    log: (message, error) => log.error(message, error),
    may: rightsAt(context),
    mustHaveMet: (asker, personIds, purpose) => persons.mustHaveMet(asker, personIds, purpose),
    mustBeVisit: async (centreId, { day, visitId }) => {
      const key: DayKey = { centreId: await directory.hallOf(centreId), day };
      const isThere = await halls.dayBook.view(key, ({ visits }) => visits.has(visitId as VisitId));
      if (!isThere) refuse('unknown-visit', { visitId });
    },
    outward,
    today: async (centreId) => businessDayAt(now(), (await directory.centre(centreId)).centre.time_zone),
    zone: async (centreId) => (await directory.centre(centreId)).centre.time_zone,
    calendar: async (tx) => (await calendar.inForce(tx)).calendar,
    passport: passportVersion(),
    inForce: versionInForce,
    agencyOf: (tx, passport, variant) => agencyOf(tx, passport, variant, now()),
    agencyName: async (tx, code) => {
      const known = await inForceOn(tx, await cityDay(tx, now()));
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
    begun: chargesBegun(now),
    kindOf: async (centreId) => (await directory.centre(centreId)).centre.kind,
    consequences: [
      papersFollow,
      chargesFollow,
      agenciesFollow,
      packagesFollow(tellDependants(tellSetting(context))),
      tellApplicants(tellSetting(context)),
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
async function namesOf({ db, directory }: HallContext, by: FigureKind, day: CivilDate) {
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
function rightsAt({ places }: HallContext): AgencyRoom['may'] {
  return async (asker, right, place) =>
    mayAt(
      asker,
      right,
      'centreId' in place ? await places.ofCentre(place.centreId) : { ...EVERYWHERE, agencyId: place.agencyId },
    );
}

/** Personal data are opened for the visit at one’s own window, for an application that one works on, or for a reason that is stated. */
async function mayOpen(
  room: AgencyRoom,
  { directory, halls }: HallContext,
  asker: Asker,
  purpose: Purpose,
): Promise<void> {
  if (purpose.kind === 'task') {
    const application = await room.db.read((tx) => applicationById(tx, purpose.applicationId));
    if (application === null || !(await maySee(room, asker, application))) refuse('purpose-needed', {});
    return;
  }
  const { centreId } = purpose;
  if (!(await room.may(asker, 'take-applications', { centreId }))) return refuse('foreign-centre', { centreId });
  if (purpose.kind === 'reason') return;
  const key: DayKey = { centreId: await directory.hallOf(centreId), day: purpose.day };
  const isHis = await halls.dayBook.view(key, ({ visits, windows }) => {
    const visit = visits.get(purpose.visitId);
    if (visit?.state !== 'serving' || visit.windowId === null) return false;
    // In a demo nobody has an account: the caller sits at that window.
    return asker.kind === 'nobody' || windows.get(visit.windowId)?.specialistId === asker.specialistId;
  });
  if (!isHis) refuse('purpose-needed', {});
}

function tellSetting({ siteUrl, directory }: HallContext) {
  return {
    site: siteUrl,
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
