import type { Asker } from '../../../core/access/asker.ts';
import { movesFrom } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import { onceFor } from '../../platform/commands.ts';
import type { Write } from '../../platform/handles.ts';
import { centreDay } from '../network/index.ts';
import type { CaseContext } from './context.ts';
import { datesOf } from './dates.ts';
import { withdrawOverdue } from './due/overdue.ts';
import * as queries from './queries.ts';
import { mayMove } from './rights.ts';

/**
 * Makes the term of an application longer, once. Throws `extension-not-allowed` for more than its passport has, or a second time;
 * `move-not-allowed` when nobody works on it.
 */
export function extendTerm(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  { commandId, count }: { readonly commandId: string; readonly count: number },
): Promise<queries.Application> {
  const command = { commandId, action: `extend application ${applicationId}`, body: { count } };
  return context.db.write(async (tx) => {
    await onceFor(tx, context, command, async () => {
      await extendIn(tx, context, asker, applicationId, { commandId, count });
      return applicationId;
    });
    return (await queries.applicationById(tx, applicationId)) as queries.Application;
  });
}

async function extendIn(
  tx: Write,
  context: CaseContext,
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
  if (!(await mayMove(context, asker, before, 'decide-positive'))) return refuse('right-elsewhere', {});
  if (before.state !== 'at-agency')
    return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
  if (before.extension > 0) return refuse('extension-not-allowed', { most: 0 });
  const { calendar } = await context.calendar.inForce(tx);
  const day = await centreDay(context, before.centreId);
  const stops = await queries.stopsOf(tx, applicationId);
  const dates = datesOf(calendar, { ...before, extension: count }, stops, day);
  const after = await queries.updateApplication(tx, applicationId, { extension: count, ...dates }, context.now());
  await withdrawOverdue(tx, after, day, context.now());
  await queries.insertEvent(tx, applicationId, {
    at: context.now(),
    actorKind: asker.kind,
    actorId: asker.id,
    move: 'extend',
    state: before.state,
    ground: null,
    details: { count, from: before.lastDay, to: after.lastDay },
    commandId,
  });
}
