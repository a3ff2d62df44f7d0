import type { CentreId } from '../../../core/queue/ids.ts';
import type { Db } from '../../platform/handles.ts';
import { centreVersions } from './queries.ts';

/** What this node does about changes of centres, whatever wrote them: a screen, an import, another node. */
export interface CentreChanges {
  /** Looks what changed since the last look and brings it up to date. A change that was committed before the call is in it. */
  catchUp(): Promise<void>;
}

/**
 * `changed` hears which centres have another version than at the last look; null: something that holds for all of them. Centres that
 * `changed` failed for are named again at the next look.
 */
export function openCentreChanges(
  db: Db,
  changed: (centreIds: readonly CentreId[] | null) => Promise<void>,
): CentreChanges {
  let known: ReadonlyMap<CentreId, string> | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const look = async () => {
    const versions = await db.read((tx) => centreVersions(tx));
    const before = known ?? versions;
    const other = [...versions].filter(([centreId, version]) => before.get(centreId) !== version).map(([id]) => id);
    if (other.length > 0) await changed(other.includes(0) ? null : other);
    known = versions;
  };
  const catchUp = (): Promise<void> => {
    if (running === null) {
      running = look().finally(() => (running = null));
      return running;
    }
    // The look that is under way may have read too early for this caller.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return catchUp();
      });
    return next;
  };
  return { catchUp };
}
