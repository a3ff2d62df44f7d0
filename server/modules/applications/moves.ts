import { type ApplicationState, MOVES, movesFrom, type MoveName, stateAfter } from '../../../core/applications/life.ts';
import type { TaskKind } from '../../../core/applications/task-kinds.ts';
import { storageOf } from '../../../core/applications/storage.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Write } from '../../platform/handles.ts';
import { datesOf } from './dates.ts';
import { stopFor } from './grounds.ts';
import { withdrawOverdue } from './due/overdue.ts';
import { type CaseRoom, type Action, type Variant, variantOf } from './room.ts';
import * as queries from './queries.ts';
import { openTask, settleTasks } from './tasks/queries.ts';

type Application = queries.Application;

/** The days after which a result is not kept any longer where the passport says nothing. */
const USUAL_STORAGE_DAYS = 30;

/**
 * Moves an application that is held: its state, its dates, what happened, and everything that follows, in one transaction.
 * Throws `move-not-allowed` with what is.
 */
export async function makeMove(tx: Write, room: CaseRoom, before: Application, action: Action): Promise<Application> {
  const { move } = action;
  const state = mustMove(before.state, move);
  await room.papersMustAllow(tx, before, move);
  await room.chargesMustAllow(tx, before, action);
  const day = await room.today(before.centreId);
  const calendar = await room.calendar(tx);
  const { passport, variant } = await variantOf(tx, room, before);
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
    room.now(),
  );
  await queries.insertEvent(tx, before.applicationId, {
    at: room.now(),
    actorKind: action.actor.kind,
    actorId: action.actor.id,
    move,
    state,
    ground: action.ground ?? null,
    details: action.details ?? {},
    commandId: action.commandId ?? null,
  });
  if (after.termFault !== null && before.termFault === null)
    await openTask(tx, { kind: 'term-unknown', application: after, details: { fault: after.termFault } }, room.now());
  await settleOver(tx, after, room.now());
  await withdrawOverdue(tx, after, day, room.now());
  for (const follow of room.consequences) await follow(tx, room, { before, after, variant, passport, action, day });
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
