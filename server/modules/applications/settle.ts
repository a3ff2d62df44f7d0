import type pg from 'pg';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { MoveName } from '../../../core/applications/life.ts';
import { SYSTEM } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { makeMove } from './moves.ts';
import type { CaseRoom } from './room.ts';
import { applicationById } from './store.ts';
import { callUndelivered } from './tell.ts';
import { dueStops, oldDrafts, storedTooLong } from './due/store.ts';

/** A draft that nobody came back to is given up after so many days; one with a charge that was paid never is, for it has a number. */
const DRAFT_DAYS = 30;

/** What happens to applications by itself: storage that ends, stops that may not be longer, drafts that nobody comes back to. */
export async function settleApplications(room: CaseRoom, today: CivilDate): Promise<void> {
  await moveEach(room, await storedTooLong(room.pool, today), 'end-storage');
  await moveEach(room, await dueStops(room.pool, today, 'suspended'), 'resume');
  await moveEach(room, await dueStops(room.pool, today, 'fix-requested'), 'return');
  await moveEach(room, await oldDrafts(room.pool, today, DRAFT_DAYS), 'cancel');
  await callUndelivered(room);
}

/** One that cannot be moved does not hold up the others; what went wrong is thrown when all have had their turn. */
async function moveEach(room: CaseRoom, ids: readonly string[], move: MoveName): Promise<void> {
  const faults: unknown[] = [];
  for (const id of ids)
    await inTransaction(room.pool, (client) => moveOne(client, room, id, move)).catch((error: unknown) =>
      faults.push(error),
    );
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} of ${ids.length} could not be moved: ${move}`);
}

async function moveOne(client: pg.PoolClient, room: CaseRoom, id: string, move: MoveName): Promise<void> {
  const application = await applicationById(client, id, 'hold');
  const isStill = application !== null && EXPECTED[move]?.includes(application.state) === true;
  if (isStill) await makeMove(client, room, application, { move, actor: SYSTEM, details: { by: 'time' } });
}

/** What an application must still be when its time has come: somebody may have been quicker. */
const EXPECTED: Partial<Record<MoveName, readonly string[]>> = {
  'end-storage': ['ready'],
  resume: ['suspended'],
  return: ['fix-requested'],
  cancel: ['draft', 'blocked'],
};
