import type { Database } from '../../platform/database.ts';
import { resealColumn, SEALED_COLUMNS } from '../../platform/reseal.ts';
import { resealFiles } from '../files/index.ts';
import { sealOpenSecrets } from '../partners/index.ts';
import { resealAuthenticators } from '../people/index.ts';
import { markPersonsAnew } from '../persons/index.ts';
import { type Safe, withVault } from './safe.ts';

/** Makes a new key: it seals once every node knows it. */
export function newKey(database: Database, safe: Safe): Promise<number> {
  return withVault(database, safe, (vault) => vault.rotate());
}

/**
 * Reseals, with the key in force, all that older keys have sealed, and makes the marks of persons whose marks are of an older form.
 * Gives how many texts, files and persons there were.
 */
export function sealEverythingAnew(
  database: Database,
  safe: Safe,
): Promise<{ readonly texts: number; readonly files: number; readonly persons: number }> {
  return withVault(database, safe, async (vault) => {
    let texts = await resealAuthenticators(database, vault);
    texts += await database.write((tx) => sealOpenSecrets(tx, vault));
    for (const column of SEALED_COLUMNS) texts += await resealColumn(database, vault, column);
    const files = await resealFiles(database, vault, safe.fileStore);
    return { texts, files, persons: await markPersonsAnew(database, vault) };
  });
}
