import type { CivilDate, TimeZone } from '../../../../core/time/civil.ts';
import { problem, sentenceOf } from '../../../../core/problems.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import { type Actor, audit } from '../../../platform/audit.ts';
import type { Db, Read, Write } from '../../../platform/handles.ts';
import { type HallNow, hallNow } from '../halls/queries.ts';
import type { ListedCentre } from './centre-list.ts';
import { compare, type Difference } from './compare.ts';
import { centreOfSource, listedCentres, lockNetwork, putListedCentre } from './queries.ts';

/** What a list would change; nothing is written. */
export async function previewImport(tx: Read, centres: readonly ListedCentre[]): Promise<Difference> {
  return compare(centres, await listedCentres(tx));
}

/**
 * Makes the network what the list says, all of it or nothing; the same list again changes nothing. Gives what changed. Throws an error with
 * a sentence when a centre would leave its hall, or be shut, while visitors are in it today.
 */
export function importCentres(
  db: Db,
  actor: Actor,
  centres: readonly ListedCentre[],
  { timeZone, day }: { readonly timeZone: TimeZone; readonly day: CivilDate },
): Promise<Difference & { readonly centreIds: readonly number[] }> {
  return db.write(async (tx) => {
    await lockNetwork(tx);
    const difference = compare(centres, await listedCentres(tx));
    const touched = [...difference.added, ...difference.changed.map(({ centre }) => centre)];
    // The first centre of a site comes before those that share its hall.
    const ordered = touched.toSorted((a, b) => Number(a.siteId !== a.sourceId) - Number(b.siteId !== b.sourceId));
    const centreIds: number[] = [];
    for (const centre of ordered) {
      const before = await hallBefore(tx, centre, day);
      const { centreId, hallId } = await putListedCentre(tx, centre, timeZone);
      mustBeEmpty(centre, before, hallId);
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

async function hallBefore(tx: Write, { sourceId }: ListedCentre, day: CivilDate): Promise<HallNow | null> {
  const centreId = await centreOfSource(tx, sourceId);
  return centreId === null ? null : hallNow(tx, centreId, day);
}

/** Nobody would find the visitors of a centre that is in another hall, or shut. */
function mustBeEmpty({ name, shut }: ListedCentre, before: HallNow | null, hallId: CentreId): void {
  if (before === null || before.visits === 0) return;
  if (before.hallId === hallId && (before.isShut || !shut)) return;
  const visitors = sentenceOf(problem('visits-open', { visits: before.visits }), 'en');
  throw new Error(
    `${name.ru}: the list ${before.hallId === hallId ? 'shuts the centre' : 'moves the centre to another hall'}. ${visitors}`,
  );
}
