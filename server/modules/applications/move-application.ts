import type { Asker } from '../../../core/access/asker.ts';
import {
  type ApplicationState,
  MOVES,
  movesFrom,
  type MoveName,
  needsGround,
  stateAfter,
} from '../../../core/applications/life.ts';
import { storageOf } from '../../../core/applications/storage.ts';
import type { TaskKind } from '../../../core/applications/task-kinds.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Write } from '../../platform/handles.ts';
import { centreDay } from '../network/index.ts';
import type { Action, CaseContext, Variant } from './context.ts';
import { datesOf } from './dates.ts';
import { withdrawOverdue } from './due/overdue.ts';
import { stepsAwaited } from './followers.ts';
import { mustBeListed, stopFor } from './grounds.ts';
import { type MoveWords, preparedMove } from './prepare-move.ts';
import * as queries from './queries.ts';
import { mayMove } from './rights.ts';
import { noteOf } from './sealed-part.ts';
import { openTask, settleTasks } from './tasks/queries.ts';
import { variantOf } from './variant.ts';

type Application = queries.Application;

/** The days after which a result is not kept any longer where the passport says nothing. */
const USUAL_STORAGE_DAYS = 30;

/**
 * Makes the next move for a caller who may. The same command does it once. Throws `unknown-application`, `right-elsewhere`,
 * `move-not-allowed`, `needs-result`, `ground-needed`, `form-faulty`, `identity-expired`, `mandate-expired`,
 * `evidence-missing`, `signatures-missing`, `identity-not-checked`, `command-conflict`.
 */
export async function moveApplication(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  words: MoveWords,
): Promise<Application> {
  const { commandId, ...body } = words;
  const command = { commandId, action: `move application ${applicationId}`, body };
  const moved = await context.db.write(async (tx) => {
    await onceFor(tx, context, command, async () => {
      await moveIn(tx, context, asker, applicationId, words);
      return applicationId;
    });
    return (await queries.applicationById(tx, applicationId)) as Application;
  });
  for (const follower of context.followers) follower.onKept?.();
  return moved;
}

/** The same, as a part of a transaction. */
async function moveIn(
  tx: Write,
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  words: MoveWords,
): Promise<void> {
  const { move, commandId } = words;
  const before = (await queries.holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
  // Carried out before commands were kept by themselves.
  const done = await queries.eventByCommand(tx, commandId);
  if (done !== null) {
    if (done.applicationId !== applicationId || done.move !== move) refuse('command-conflict', { commandId });
    return;
  }
  if (!(await mayMove(context, asker, before, move))) return refuse('right-elsewhere', {});
  if (move === 'register' && before.state === 'blocked')
    return refuse('needs-result', { steps: await stepsAwaited(tx, context, before) });
  if (stateAfter(before.state, move) === null)
    return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
  const { variant } = await variantOf(tx, context, before);
  if (needsGround(move)) mustBeListed(variant, move, words.ground ?? null);
  const prepared = await preparedMove(tx, context, { asker, before, words });
  const noted = words.note === undefined ? {} : noteOf(context, before, words.note);
  await makeMove(tx, context, before, {
    move,
    actor: asker,
    ground: words.ground ?? null,
    commandId,
    ...prepared,
    changes: { ...noted, ...prepared.changes },
  });
}

/**
 * Moves an application that is held: its state, its dates, what happened, and everything that follows, in one transaction.
 * Throws `move-not-allowed` with what is.
 */
export async function makeMove(
  tx: Write,
  context: CaseContext,
  before: Application,
  action: Action,
): Promise<Application> {
  const { move } = action;
  const state = mustMove(before.state, move);
  for (const follower of context.followers) await follower.mustAllow?.(tx, context, before, action);
  const day = await centreDay(context, before.centreId);
  const { calendar } = await context.calendar.inForce(tx);
  const { passport, variant } = await variantOf(tx, context, before);
  const clock = (MOVES[move] as { clock?: string }).clock ?? null;
  if (clock === 'stops')
    await queries.beginStop(tx, before.applicationId, stopFor(variant, action.ground as string, day, calendar));
  if (clock === 'goes-on' || clock === 'ends') await queries.endStop(tx, before.applicationId, day);
  const changes = { ...action.changes, ...ownChanges(move, before, day), state };
  const next = { ...before, ...changes };
  const hasDates = next.endedOn === null && next.registeredOn !== null;
  const isTouched = clock !== null || next.receivedOn !== before.receivedOn || next.extension !== before.extension;
  const dates =
    hasDates && isTouched ? datesOf(calendar, next, await queries.stopsOf(tx, before.applicationId), day) : {};
  const kept = state === 'ready' ? storedFor(next, variant, day) : {};
  const after = await queries.updateApplication(
    tx,
    before.applicationId,
    { ...changes, ...dates, ...kept },
    context.now(),
  );
  await queries.insertEvent(tx, before.applicationId, {
    at: context.now(),
    actorKind: action.actor.kind,
    actorId: action.actor.id,
    move,
    state,
    ground: action.ground ?? null,
    details: action.details ?? {},
    commandId: action.commandId ?? null,
  });
  if (after.termFault !== null && before.termFault === null)
    await openTask(
      tx,
      { kind: 'term-unknown', application: after, details: { fault: after.termFault } },
      context.now(),
    );
  await settleOver(tx, after, context.now());
  await withdrawOverdue(tx, after, day, context.now());
  const moved = { before, after, variant, passport, action, day };
  for (const follower of context.followers) await follower.onMoved?.(tx, context, moved);
  // What followed may have moved it on.
  return (await queries.applicationById(tx, before.applicationId)) as Application;
}

/** Tasks whose cause is gone with the new state of an application. */
async function settleOver(tx: Write, after: Application, at: number): Promise<void> {
  const over: TaskKind[] = [
    ...(after.termFault === null || after.endedOn !== null ? (['term-unknown'] as const) : []),
    ...(after.endedOn === null ? [] : (['query-overdue', 'query-without-answer'] as const)),
    ...(after.state === 'ready' ? [] : (['call-applicant'] as const)),
  ];
  await settleTasks(tx, over, after.applicationId, at);
}

function mustMove(state: ApplicationState, move: MoveName): ApplicationState {
  return stateAfter(state, move) ?? refuse('move-not-allowed', { state, allowed: movesFrom(state) });
}

/** What a move itself changes. */
function ownChanges(move: MoveName, { receivedOn }: Application, day: CivilDate): Partial<queries.Changes> {
  const clock = (MOVES[move] as { clock?: string }).clock ?? null;
  return {
    ...(clock === 'starts' ? { registeredOn: day } : {}),
    ...(clock === 'ends' ? { endedOn: day } : {}),
    ...((move === 'send' || move === 'hand-over') && receivedOn === null ? { receivedOn: day } : {}),
    ...(move === 'decide-negative' ? { refused: true } : {}),
  };
}

/** How long the result waits, by the passport. */
function storedFor({ refused }: Pick<Application, 'refused'>, { results }: Variant, day: CivilDate) {
  const days = results.find(({ positive }) => positive === !refused)?.storageDays ?? USUAL_STORAGE_DAYS;
  return { readyOn: day, storedUntil: storageOf(day, days).lastDay };
}
