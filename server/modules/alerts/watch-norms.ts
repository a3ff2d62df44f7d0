import type { CentreId } from '../../../core/queue/ids.ts';
import { type NormBreach, normBreaches, NORMS, USUAL_NORMS } from '../../../core/queue/norms.ts';
import { isolated, type LogFault } from '../../platform/isolated.ts';
import type { HallContext } from '../queue/index.ts';
import { ownNorms } from '../screens/index.ts';
import { openAlerts, raise, settle } from './queries.ts';

/**
 * Raises an alert for each norm that a hall does not keep, and ends it when it is kept again. Gives the way to look
 * once; a look that finds nothing new writes nothing. Several nodes may look: an alert is open once.
 */
export function watchNorms(context: HallContext, log: LogFault): () => Promise<void> {
  const { db, now } = context;
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
    for (const [centreId, found] of await breachesOf(context))
      await isolated(log, `an alert of centre ${centreId} could not be kept`, () => compare(centreId, found));
  };
}

/** What the halls that this node serves do not keep; a hall that cannot be read now is left out. */
async function breachesOf({ db, now, halls: { dayBook } }: HallContext): Promise<Map<CentreId, readonly NormBreach[]>> {
  const own = await db.read((tx) => ownNorms(tx));
  const found = new Map<CentreId, readonly NormBreach[]>();
  // Yesterday's day may still be in memory together with today's; only the newest of a hall is looked at.
  const newest = new Map(dayBook.served.sort((a, b) => (a.day < b.day ? -1 : 1)).map((key) => [key.centreId, key]));
  await Promise.all(
    Array.from(newest.values(), async (key) => {
      const limits = own.get(key.centreId) ?? USUAL_NORMS;
      const breaches = await dayBook.view(key, (day) => normBreaches(day, limits, now())).catch(() => null);
      if (breaches !== null) found.set(key.centreId, breaches);
    }),
  );
  return found;
}
