import type { ApplicationFile, ApplicationRow } from '../../../contract/application-shapes.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { isClockStopped, movesFrom } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import { termStanding } from '../../../core/terms/term.ts';
import type { Read } from '../../platform/handles.ts';
import { pagesOf } from '../files/index.ts';
import { datesToday } from './dates-today.ts';
import type { CaseRoom } from './room.ts';
import { codeOf, openPart } from './sealed.ts';
import { shownSignatures } from './signatures/signatures.ts';
import * as queries from './queries.ts';
import { mayMove } from './work.ts';

/** Applications as lists show them; the calendar is read once for all of them. */
export async function rowsOf(
  tx: Read,
  room: CaseRoom,
  applications: readonly queries.Application[],
): Promise<ApplicationRow[]> {
  const calendar = await room.calendar(tx);
  return Promise.all(applications.map((one) => rowOf(tx, { ...room, calendar: async () => calendar }, one)));
}

/** An application without anything that says whose it is. */
export async function rowOf(tx: Read, room: CaseRoom, application: queries.Application): Promise<ApplicationRow> {
  const { endedOn, serviceId, version, centreId } = application;
  const { lastDay, promised, dispatchBy, agencyBy, termFault } = await datesToday(tx, room, application);
  const { short: service } = await room.passport(tx, serviceId, version);
  const isRunning = lastDay !== null && endedOn === null && !isClockStopped(application.state);
  const standing = isRunning ? termStanding(await room.calendar(tx), lastDay, await room.today(centreId)) : null;
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
export async function fileOf(room: CaseRoom, asker: Asker, application: queries.Application): Promise<ApplicationFile> {
  if (!(await maySee(room, asker, application))) return refuse('unknown-application', {});
  const { db, vault } = room;
  const { applicationId, number, state } = application;
  const { answers, contact, note, reasons = {} } = openPart(vault, application);
  const { row, signatures, evidence, events, stops, beside, heldUp } = await db.read(async (tx) => ({
    row: await rowOf(tx, room, application),
    signatures: await shownSignatures(tx, room, application),
    evidence: await evidenceWithFiles(tx, room, applicationId),
    events: await queries.eventsOf(tx, applicationId),
    stops: await queries.stopsOf(tx, applicationId),
    beside: await room.beside(tx, applicationId),
    heldUp: await room.heldUp(tx, application),
  }));
  const canTake = await room.may(asker, 'take-applications', application);
  const allowed = await Promise.all(
    movesFrom(state)
      .filter((move) => !heldUp.has(move))
      .map(async (move) => ((await mayMove(room, asker, application, move)) ? [move] : [])),
  );
  return {
    ...row,
    ...beside,
    version: application.version,
    timeZone: await room.zone(application.centreId),
    today: await room.today(application.centreId),
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
    moves: allowed.flat(),
    code: canTake && number !== null ? codeOf(vault, applicationId) : null,
  };
}

async function evidenceWithFiles(
  tx: Read,
  { vault }: CaseRoom,
  applicationId: string,
): Promise<Omit<ApplicationFile['evidence'][number], 'reason'>[]> {
  const rows = await queries.evidenceOf(tx, applicationId);
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

/** An application is seen by its centre, by the centre of its result, and by its agency once it is registered. */
export async function maySee(room: CaseRoom, asker: Asker, application: queries.Application): Promise<boolean> {
  const { centreId, resultCentreId, agencyId, registeredOn } = application;
  if (await room.may(asker, 'take-applications', { centreId })) return true;
  if (resultCentreId !== null && (await room.may(asker, 'issue-results', { centreId: resultCentreId }))) return true;
  return agencyId !== null && registeredOn !== null && room.may(asker, 'decide-applications', { agencyId });
}
