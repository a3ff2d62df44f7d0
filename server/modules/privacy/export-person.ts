import { PROGRAM } from '../../platform/audit.ts';
import type { Database } from '../../platform/database.ts';
import { personsApplications } from '../applications/index.ts';
import { identityOf, personWithNumber } from '../persons/index.ts';
import { type Safe, withVault } from './safe.ts';

/** The person with an insurance number; null when nobody has it. */
export function findPerson(database: Database, safe: Safe, snils: string): Promise<string | null> {
  return withVault(database, safe, (vault) => database.read((tx) => personWithNumber(tx, vault, snils)));
}

/** Everything that is kept of a person, opened; null when there is none. */
export function exportPerson(database: Database, safe: Safe, personId: string) {
  return withVault(database, safe, async (vault) => {
    const identity = await identityOf(database, vault, PROGRAM, personId);
    return identity === null
      ? null
      : { personId, identity, ...(await database.read((tx) => personsApplications(tx, vault, personId))) };
  });
}
