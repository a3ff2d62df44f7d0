import type { Asker } from '../../../core/access/asker.ts';
import type { Right } from '../../../core/access/roles.ts';
import { missingEvidence } from '../../../core/applications/evidence.ts';
import { askedFields, type FormField, formFaults } from '../../../core/applications/form.ts';
import { MOVES, type MoveName, movesFrom, needsGround, stateAfter } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Write } from '../../platform/handles.ts';
import { datesOf } from './dates.ts';
import { withdrawOverdue } from './due/overdue.ts';
import { responsibleOf } from './drafts.ts';
import { fieldsAtFault } from './faulty-fields.ts';
import { evidenceMustBeInForce } from './given-evidence.ts';
import { mustBeListed } from './grounds.ts';
import { mustBeInForce } from './in-force.ts';
import { makeMove } from './moves.ts';
import { type CasePlace, type CaseRoom, type Action, mustBeGivenAt, variantOf } from './room.ts';
import { noteOf, openPart } from './sealed.ts';
import { shownSignatures } from './signatures/signatures.ts';
import * as queries from './queries.ts';

/** The details of a move of an application. */
export interface MoveWords {
  readonly commandId: string;
  readonly move: MoveName;
  readonly ground?: string;
  readonly note?: string;
  readonly collector?: { readonly personId: string; readonly documentSeen: true; readonly signed: true };
}

/**
 * Makes the next move for a caller who may. The same command does it once. Throws `unknown-application`, `right-elsewhere`,
 * `move-not-allowed`, `needs-result`, `ground-needed`, `form-faulty`, `identity-expired`, `mandate-expired`,
 * `evidence-missing`, `signatures-missing`, `identity-not-checked`, `command-conflict`.
 */
export function moveByAsker(
  room: CaseRoom,
  asker: Asker,
  applicationId: string,
  words: MoveWords,
): Promise<queries.Application> {
  return room.db.write(async (tx) => {
    const { commandId, ...body } = words;
    const command = { commandId, action: `move application ${applicationId}`, body };
    await onceFor(tx, room, command, async () => {
      await moveIn(tx, room, asker, applicationId, words);
      return applicationId;
    });
    return (await queries.applicationById(tx, applicationId)) as queries.Application;
  });
}

/** The same, as a part of a transaction. */
async function moveIn(tx: Write, room: CaseRoom, asker: Asker, applicationId: string, words: MoveWords): Promise<void> {
  const { move, commandId } = words;
  const before = (await queries.holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
  // Carried out before commands were kept by themselves.
  const done = await queries.eventByCommand(tx, commandId);
  if (done !== null) {
    if (done.applicationId !== applicationId || done.move !== move) refuse('command-conflict', { commandId });
    return;
  }
  if (!(await mayMove(room, asker, before, move))) return refuse('right-elsewhere', {});
  if (move === 'register' && before.state === 'blocked')
    return refuse('needs-result', { steps: await room.waitsFor(tx, before) });
  if (stateAfter(before.state, move) === null)
    return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
  const { variant } = await variantOf(tx, room, before);
  if (needsGround(move)) mustBeListed(variant, move, words.ground ?? null);
  const prepared = (await PREPARED[move]?.(tx, room, { asker, before, words })) ?? {};
  const noted = words.note === undefined ? {} : noteOf(room, before, words.note);
  await makeMove(tx, room, before, {
    move,
    actor: asker,
    ground: words.ground ?? null,
    commandId,
    ...prepared,
    changes: { ...noted, ...prepared.changes },
  });
}

/**
 * Makes the term of an application longer, once. Throws `extension-not-allowed` for more than its passport has, or a second time;
 * `move-not-allowed` when nobody works on it.
 */
export function extendTerm(
  room: CaseRoom,
  asker: Asker,
  applicationId: string,
  { commandId, count }: { readonly commandId: string; readonly count: number },
): Promise<queries.Application> {
  const command = { commandId, action: `extend application ${applicationId}`, body: { count } };
  return room.db.write(async (tx) => {
    await onceFor(tx, room, command, async () => {
      await extendIn(tx, room, asker, applicationId, { commandId, count });
      return applicationId;
    });
    return (await queries.applicationById(tx, applicationId)) as queries.Application;
  });
}

async function extendIn(
  tx: Write,
  room: CaseRoom,
  asker: Asker,
  applicationId: string,
  { commandId, count }: { readonly commandId: string; readonly count: number },
): Promise<void> {
  const before = (await queries.holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
  const done = await queries.eventByCommand(tx, commandId);
  if (done !== null) {
    if (done.applicationId !== applicationId || done.move !== 'extend') refuse('command-conflict', { commandId });
    return;
  }
  if (!(await mayMove(room, asker, before, 'decide-positive'))) return refuse('right-elsewhere', {});
  if (before.state !== 'at-agency')
    return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
  if (before.extension > 0) return refuse('extension-not-allowed', { most: 0 });
  const calendar = await room.calendar(tx);
  const day = await room.today(before.centreId);
  const stops = await queries.stopsOf(tx, applicationId);
  const dates = datesOf(calendar, { ...before, extension: count }, stops, day);
  const after = await queries.updateApplication(tx, applicationId, { extension: count, ...dates }, room.now());
  await withdrawOverdue(tx, after, day, room.now());
  await queries.insertEvent(tx, applicationId, {
    at: room.now(),
    actorKind: asker.kind,
    actorId: asker.id,
    move: 'extend',
    state: before.state,
    ground: null,
    details: { count, from: before.lastDay, to: after.lastDay },
    commandId,
  });
}

/** True when the asker may make a move where the application is; moves without a right are the system's own. */
export async function mayMove(
  room: CaseRoom,
  asker: Asker,
  application: queries.Application,
  move: MoveName,
): Promise<boolean> {
  const { right } = MOVES[move] as { readonly right: Right | null };
  return right !== null && room.may(asker, ...whereMoved(application, right));
}

/** Which right is asked for, and where: what the centre decides itself is decided by the staff who take applications there. */
function whereMoved({ agencyId, centreId, resultCentreId }: queries.Application, right: Right): [Right, CasePlace] {
  if (right === 'decide-applications')
    return agencyId === null ? ['take-applications', { centreId }] : [right, { agencyId }];
  const isAtResult = right === 'issue-results' || right === 'carry-papers';
  return [right, { centreId: isAtResult ? (resultCentreId ?? centreId) : centreId }];
}

interface Asked {
  readonly asker: Asker;
  readonly before: queries.Application;
  readonly words: MoveWords;
}

type Prepare = (tx: Write, room: CaseRoom, asked: Asked) => Promise<Partial<Action>>;

/** The conditions of a move in addition to the table of moves. */
const PREPARED: Partial<Record<MoveName, Prepare>> = {
  register: async (tx, room, { asker, before }) => {
    await mustBeComplete(tx, room, before);
    const { variant, passport } = await variantOf(tx, room, before);
    await mustBeGivenAt(room, before.centreId, passport);
    return {
      changes: {
        number: await queries.nextNumber(tx, before.centreId, await room.today(before.centreId)),
        agencyId: await room.agencyOf(tx, passport, variant),
        term: variant.term,
        responsible: responsibleOf(asker),
        resultCentreId: before.resultCentreId ?? before.centreId,
      },
    };
  },
  fix: async (tx, room, { before }) => {
    await mustBeComplete(tx, room, before);
    return {};
  },
  'refuse-acceptance': async (tx, room, { before }) => ({
    changes: { number: await queries.nextNumber(tx, before.centreId, await room.today(before.centreId)) },
  }),
  issue: async (tx, room, { before, words: { collector } }) => {
    if (collector === undefined) return refuse('identity-not-checked', {});
    const { variant } = await variantOf(tx, room, before);
    const by = collectedBy(before, collector.personId);
    const rule = variant.results.find(({ positive }) => positive === !before.refused)?.collectedBy ?? 'representative';
    if (by === 'other' && rule !== 'any-with-passport') return refuse('identity-not-checked', {});
    if (by === 'representative' && rule === 'applicant') return refuse('identity-not-checked', {});
    return { details: { collector: collector.personId, as: by, documentSeen: true, signed: true } };
  },
};

function collectedBy({ personId, representativeId }: queries.Application, collectorId: string) {
  return collectorId === personId ? 'applicant' : collectorId === representativeId ? 'representative' : 'other';
}

/** Nothing that must be asked is open, nothing that must be shown is missing, and everybody has signed the current text. */
async function mustBeComplete(tx: Write, room: CaseRoom, before: queries.Application): Promise<void> {
  const { passport, variant } = await variantOf(tx, room, before);
  const form = (variant.form ?? []) as readonly FormField[];
  const { answers, mandate } = openPart(room.vault, before);
  const { personId, centreId, representativeId } = before;
  await mustBeInForce(tx, room, { personId, centreId, passport, representativeId, mandate });
  const outdated = await room.outdatedFields(tx, room, before);
  const faults = [
    ...formFaults(form, answers, await room.today(centreId)),
    ...outdated.map((field) => ({ field, fault: 'outdated' as const })),
  ];
  if (faults.length > 0) refuse('form-faulty', { fields: fieldsAtFault(askedFields(form, answers), faults) });
  const rows = await queries.evidenceOf(tx, before.applicationId);
  const seen = new Set(rows.map(({ kind }) => kind));
  const missing = missingEvidence(variant.evidence, seen, answers);
  if (missing.length > 0) refuse('evidence-missing', { documents: missing.map(({ kind, name }) => ({ kind, name })) });
  evidenceMustBeInForce(variant.evidence, rows, await room.today(before.centreId));
  const unsigned = (await shownSignatures(tx, room, before)).filter(({ state }) => state !== 'signed');
  if (unsigned.length > 0) refuse('signatures-missing', { signers: unsigned.map(({ name }) => name) });
}
