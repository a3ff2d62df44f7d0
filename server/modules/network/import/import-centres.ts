import type { TimeZone } from '../../../../core/time/civil.ts';
import { type Actor, audit } from '../../../platform/audit.ts';
import type { Db, Read } from '../../../platform/handles.ts';
import type { ListedCentre } from './centre-list.ts';
import { compare, type Difference } from './compare.ts';
import { listedCentres, lockNetwork, putListedCentre } from './store.ts';

/** What a list would change; nothing is written. */
export async function previewImport(tx: Read, centres: readonly ListedCentre[]): Promise<Difference> {
  return compare(centres, await listedCentres(tx));
}

/** Makes the network what the list says, all of it or nothing; the same list again changes nothing. Gives what changed. */
export function importCentres(
  db: Db,
  actor: Actor,
  centres: readonly ListedCentre[],
  timeZone: TimeZone,
): Promise<Difference & { readonly centreIds: readonly number[] }> {
  return db.write(async (tx) => {
    await lockNetwork(tx);
    const difference = compare(centres, await listedCentres(tx));
    const touched = [...difference.added, ...difference.changed.map(({ centre }) => centre)];
    // The first centre of a site comes before those that share its hall.
    const ordered = touched.toSorted((a, b) => Number(a.siteId !== a.sourceId) - Number(b.siteId !== b.sourceId));
    const centreIds: number[] = [];
    for (const centre of ordered) {
      const centreId = await putListedCentre(tx, centre, timeZone);
      centreIds.push(centreId);
      const fields = difference.changed.find((one) => one.centre === centre)?.fields.map(({ field }) => field);
      await audit(tx, actor, {
        action: fields === undefined ? 'centre-imported' : 'centre-changed',
        object: `centre ${centreId}`,
        details: fields === undefined ? {} : { fields },
      });
    }
    return { ...difference, centreIds };
  });
}
