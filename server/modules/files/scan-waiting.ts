import { pauseAfter } from '../../../core/notices/quiet.ts';
import { eachApart } from '../../platform/isolated.ts';
import { placeOf } from '../../platform/vault.ts';
import type { GateContext } from './context.ts';
import { noteVerdict, takeWaiting } from './queries.ts';
import type { Verdict } from './scanner.ts';
import { faultOf, lookForViruses, stateOf } from './verdict.ts';

/** Longer than those that are taken at once need, ten seconds each at most. */
const LEASE_MS = 180_000;
const AT_ONCE = 10;

/** Looks again at what could not be looked at. */
export async function scanWaiting(context: GateContext): Promise<void> {
  const { db, fileStore, now, log } = context;
  for (;;) {
    const due = await db.write((tx) => takeWaiting(tx, now(), LEASE_MS, AT_ONCE));
    await eachApart(due, 'a file could not be looked at', async ({ fileId, attempts }) => {
      // A file that cannot be read or opened is one that could not be looked at: the others have their turn.
      const verdict = await lookAgain(context, fileId).catch((error: unknown): Verdict => {
        log.error(`file ${fileId} could not be looked at`, error);
        return { kind: 'unavailable', why: 'the file cannot be opened' };
      });
      if (verdict.kind === 'found') await fileStore.remove(fileId);
      const nextAt = now() + pauseAfter(attempts);
      await db.write((tx) => noteVerdict(tx, fileId, { state: stateOf(verdict), fault: faultOf(verdict), nextAt }));
    });
    if (due.length < AT_ONCE) return;
  }
}

async function lookAgain(context: GateContext, fileId: string): Promise<Verdict> {
  const sealed = await context.fileStore.get(fileId);
  if (sealed === null) return { kind: 'unavailable', why: 'the file is not in the store' };
  return lookForViruses(context, context.vault.openBytes(sealed, placeOf('file', fileId)));
}
