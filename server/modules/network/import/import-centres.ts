import type pg from 'pg';
import type { TimeZone } from '../../../../core/time/civil.ts';
import { type Actor, audit } from '../../../platform/audit.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import type { ListedCentre } from './centre-list.ts';
import { compare, type Difference } from './compare.ts';
import { listedCentres, lockNetwork, putListedCentre } from './store.ts';

/** What a list would change; nothing is written. */
export async function previewImport(
  queries: Pick<pg.Pool, 'query'>,
  centres: readonly ListedCentre[],
): Promise<Difference> {
  return compare(centres, await listedCentres(queries));
}

/** Makes the network what the list says, all of it or nothing; the same list again changes nothing. Gives what changed. */
export function importCentres(
  pool: pg.Pool,
  actor: Actor,
  centres: readonly ListedCentre[],
  timeZone: TimeZone,
): Promise<Difference & { readonly centreIds: readonly number[] }> {
  return inTransaction(pool, async (client) => {
    await lockNetwork(client);
    const difference = compare(centres, await listedCentres(client));
    const touched = [...difference.added, ...difference.changed.map(({ centre }) => centre)];
    // The first centre of a site comes before those that share its hall.
    const ordered = touched.toSorted((a, b) => Number(a.siteId !== a.sourceId) - Number(b.siteId !== b.sourceId));
    const centreIds: number[] = [];
    for (const centre of ordered) {
      const centreId = await putListedCentre(client, centre, timeZone);
      centreIds.push(centreId);
      const fields = difference.changed.find((one) => one.centre === centre)?.fields.map(({ field }) => field);
      await audit(client, actor, {
        action: fields === undefined ? 'centre-imported' : 'centre-changed',
        object: `centre ${centreId}`,
        details: fields === undefined ? {} : { fields },
      });
    }
    return { ...difference, centreIds };
  });
}
