import type { CivilDate } from '../../../../core/time/civil.ts';
import type { ApplicationState, MoveName } from '../../../../core/applications/life.ts';
import { SYSTEM } from '../../../platform/audit.ts';
import { forgetCommands } from '../../../platform/commands.ts';
import { eachApart } from '../../../platform/isolated.ts';
import { deleteOldHomeDrafts } from '../at-home/queries.ts';
import { makeMove } from '../move-application.ts';
import type { CaseContext } from '../context.ts';
import { holdApplication } from '../queries.ts';
import { callUndelivered } from '../notify-applicant.ts';
import { dueStops, oldDrafts, storedTooLong } from './queries.ts';

/** A draft that nobody came back to is given up after so many days; one with a charge that was paid never is, for it has a number. */
const DRAFT_DAYS = 30;

/** A command is not sent again after so many days. */
const COMMAND_DAYS = 30;
const DAY_MS = 86_400_000;

/** What happens to applications by itself: storage that ends, stops that may not be longer, drafts that nobody comes back to. */
export async function actWhenDue(context: CaseContext, today: CivilDate): Promise<void> {
  const { db } = context;
  const kinds: (() => Promise<unknown>)[] = [
    async () => moveEach(context, await db.write((tx) => storedTooLong(tx, today)), 'ready', 'end-storage'),
    async () => moveEach(context, await db.write((tx) => dueStops(tx, today, 'suspended')), 'suspended', 'resume'),
    async () =>
      moveEach(context, await db.write((tx) => dueStops(tx, today, 'fix-requested')), 'fix-requested', 'return'),
    async () => moveEach(context, await db.write((tx) => oldDrafts(tx, today, DRAFT_DAYS)), 'draft', 'cancel'),
    () => db.write((tx) => deleteOldHomeDrafts(tx, context.now())),
    () => db.write((tx) => forgetCommands(tx, context.now() - COMMAND_DAYS * DAY_MS)),
    () => callUndelivered(context),
  ];
  await eachApart(kinds, 'what happens to applications by itself', (settle) => settle());
}

/**
 * Moves each that is still in the state in which its time came: a clerk may have been quicker. One that cannot be moved does not hold up
 * the others; what went wrong is thrown when all have had their turn.
 */
async function moveEach(
  context: CaseContext,
  ids: readonly string[],
  from: ApplicationState,
  move: MoveName,
): Promise<void> {
  await eachApart(ids, `could not be moved: ${move}`, (id) =>
    context.db.write(async (tx) => {
      const application = await holdApplication(tx, id);
      if (application?.state === from)
        await makeMove(tx, context, application, { move, actor: SYSTEM, details: { by: 'time' } });
    }),
  );
}
