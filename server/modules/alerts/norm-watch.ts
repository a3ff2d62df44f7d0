import type { CentreId } from '../../../core/queue/ids.ts';
import { type NormBreach, NORMS } from '../../../core/queue/norms.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Db } from '../../platform/handles.ts';
import { isolated, type LogFault } from '../../platform/isolated.ts';
import { openAlerts, raise, settle } from './queries.ts';

export interface NormWatch {
  readonly db: Db;
  now(): Instant;
  /** What each hall of this node does not keep now; null where that cannot be known. */
  breaches(): Promise<ReadonlyMap<CentreId, readonly NormBreach[]>>;
  readonly log: LogFault;
}

/**
 * Raises an alert for each norm that a hall does not keep, and ends it when it is kept again. Gives the way to look
 * once; a look that finds nothing new writes nothing. Several nodes may look: an alert is open once.
 */
export function watchNorms({ db, now, breaches, log }: NormWatch): () => Promise<void> {
  const known = new Map<string, number>();
  let begun = false;
  const compare = async (centreId: CentreId, found: readonly NormBreach[]) => {
    for (const norm of NORMS) {
      const name = `${centreId} ${norm}`;
      const breach = found.find((one) => one.norm === norm);
      if (breach === undefined) {
        if (!known.has(name)) continue;
        await db.write((tx) => settle(tx, { centreId, kind: norm, place: 'hall' }, now()));
        known.delete(name);
      } else if (known.get(name) !== breach.value) {
        await db.write((tx) => raise(tx, { centreId, kind: norm, place: 'hall', value: breach.value }, now()));
        known.set(name, breach.value);
      }
    }
  };
  return async () => {
    if (!begun) {
      for (const { centreId, kind, value } of await db.read((tx) => openAlerts(tx, NORMS)))
        known.set(`${centreId} ${kind}`, value ?? 0);
      begun = true;
    }
    for (const [centreId, found] of await breaches())
      await isolated(log, `an alert of centre ${centreId} could not be kept`, () => compare(centreId, found));
  };
}
