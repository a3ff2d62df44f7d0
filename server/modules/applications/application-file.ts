import type { ApplicationFile, ApplicationRow } from '../../../contract/application-shapes.ts';
import { type Asker, mayAt } from '../../../core/access/asker.ts';
import { isClockStopped, movesFrom } from '../../../core/applications/life.ts';
import { movesApplication, seesApplication } from '../../../core/applications/rights.ts';
import { refuse } from '../../../core/problems.ts';
import { termStanding } from '../../../core/terms/term.ts';
import { audit } from '../../platform/audit.ts';
import type { Read } from '../../platform/handles.ts';
import { pagesOf } from '../files/index.ts';
import { centreDay, centreFacts } from '../network/index.ts';
import { datesToday } from './dates.ts';
import type { CaseContext } from './context.ts';
import { evidenceOf } from './evidence/queries.ts';
import { movesHeldUp, nextTo } from './followers.ts';
import { codeOf, openPart } from './sealed-part.ts';
import { shownSignatures } from './signatures/asked-signatures.ts';
import * as queries from './queries.ts';
import { placesOf } from './rights.ts';

/** Applications as lists show them; the calendar is read once for all of them. */
export async function rowsOf(
  tx: Read,
  context: CaseContext,
  applications: readonly queries.Application[],
): Promise<ApplicationRow[]> {
  const inForce = await context.calendar.inForce(tx);
  const remembered = { ...context, calendar: { inForce: async () => inForce } };
  return Promise.all(applications.map((one) => rowOf(tx, remembered, one)));
}

/** An application without anything that says whose it is. */
export async function rowOf(tx: Read, context: CaseContext, application: queries.Application): Promise<ApplicationRow> {
  const { endedOn, serviceId, version, centreId } = application;
  const { lastDay, promised, dispatchBy, agencyBy, termFault } = await datesToday(tx, context, application);
  const { short: service } = await context.passport(tx, serviceId, version);
  const isRunning = lastDay !== null && endedOn === null && !isClockStopped(application.state);
  const standing = isRunning
    ? termStanding((await context.calendar.inForce(tx)).calendar, lastDay, await centreDay(context, centreId))
    : null;
  const { number, state, refused, variant, agencyId, packageId, stepId, responsible, registeredOn } = application;
  const { resultCentreId, readyOn, storedUntil } = application;
  return {
    applicationId: application.applicationId,
    number,
    state,
    refused,
    centreId,
    serviceId,
    service,
    variant,
    agencyId,
    packageId,
    stepId,
    responsible,
    registeredOn,
    lastDay,
    promised,
    dispatchBy,
    agencyBy,
    termFault,
    standing,
    resultCentreId,
    readyOn,
    storedUntil,
    edition: application.edition,
    changedAt: application.changedAt,
  };
}

/** Everything of an application for a caller who may see it. Throws `unknown-application` for one who may not. */
export async function fileOf(
  context: CaseContext,
  asker: Asker,
  application: queries.Application,
): Promise<ApplicationFile> {
  const places = await placesOf(context, application);
  if (!seesApplication(asker, places, application.registeredOn !== null)) return refuse('unknown-application', {});
  const { db, vault } = context;
  const { applicationId, number, state } = application;
  const { answers, contact, note, reasons = {} } = openPart(vault, application);
  const { row, signatures, evidence, events, stops, beside, heldUp } = await db.read(async (tx) => ({
    row: await rowOf(tx, context, application),
    signatures: await shownSignatures(tx, context, application),
    evidence: await evidenceWithFiles(tx, context, applicationId),
    events: await queries.eventsOf(tx, applicationId),
    stops: await queries.stopsOf(tx, applicationId),
    beside: await nextTo(tx, context, applicationId),
    heldUp: await movesHeldUp(tx, context, application),
  }));
  const moves = movesFrom(state).filter((move) => !heldUp.has(move) && movesApplication(asker, places, move));
  const canTake = mayAt(asker, 'take-applications', places.centre);
  return {
    ...row,
    ...beside,
    version: application.version,
    timeZone: (await centreFacts(context, application.centreId)).zone,
    today: await centreDay(context, application.centreId),
    personId: application.personId,
    representativeId: application.representativeId,
    answers,
    contact,
    note,
    evidence: evidence.map((one) => ({ ...one, reason: reasons[one.kind] ?? null })),
    signatures,
    events: events.map(({ at, actorKind, actorId, move, state: then, ground, details }) => ({
      at,
      actor: actorId ?? actorKind,
      move,
      state: then,
      ground,
      details,
    })),
    stops,
    moves,
    code: canTake && number !== null ? codeOf(vault, applicationId) : null,
  };
}

async function evidenceWithFiles(
  tx: Read,
  { vault }: CaseContext,
  applicationId: string,
): Promise<Omit<ApplicationFile['evidence'][number], 'reason'>[]> {
  const rows = await evidenceOf(tx, applicationId);
  const pages = await pagesOf(
    tx,
    vault,
    rows.flatMap(({ scanId }) => scanId ?? []),
  );
  return rows.map(({ kind, seen, copies, sheets, scanId, issuedOn = null }) => ({
    kind,
    seen,
    copies,
    sheets,
    issuedOn,
    files: pages
      .filter((page) => page.scanId === scanId)
      .map(({ fileId, name, contentType, state }) => ({ fileId, name, contentType, state })),
  }));
}

/** Everything of an application for a caller who looks at it; the look is logged. Throws `unknown-application`. */
export async function lookAt(
  context: CaseContext,
  asker: Asker,
  application: queries.Application | null,
): Promise<ApplicationFile> {
  const file = await fileOf(context, asker, application ?? refuse('unknown-application', {}));
  const object = `application ${file.applicationId}`;
  await context.db.write((tx) => audit(tx, asker, { action: 'application-read', object }));
  return file;
}
