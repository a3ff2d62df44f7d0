import {
  countTooOld,
  emptyApplicationsOf,
  openApplicationsOf,
  personsApplications,
  removeTooOld,
} from './modules/applications/index.ts';
import { clearRemoved, type FileStore, resealFiles } from './modules/files/index.ts';
import { resealAuthenticators } from './modules/people/index.ts';
import { sealOpenSecrets } from './modules/partners/index.ts';
import { forgetPersonIn, identityOf, markPersonsAnew, personWithNumber } from './modules/persons/index.ts';
import { PROGRAM } from './platform/audit.ts';
import { type Database, serverState } from './platform/database.ts';
import { resealColumn, SEALED_COLUMNS } from './platform/reseal.ts';
import { openVault, type Vault } from './platform/vault.ts';

/** Where personal data is stored, and what opens it. */
export interface Safe {
  readonly masterKey: Buffer;
  readonly fileStore: FileStore;
}

/** Does something that needs what opens the sealed things of an installation. Without a key nothing is sealed. */
export async function withVault<Result>(
  database: Database,
  { masterKey }: { readonly masterKey: Buffer | null },
  work: (vault: Vault) => Promise<Result>,
): Promise<Result> {
  const vault = await openVault(database, masterKey);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

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

/** What kept a person from being forgotten, or that they were. */
export type Forgotten = { readonly open: readonly string[] } | { readonly files: number } | null;

/** Erases a person everywhere; not while something of theirs still runs. Null when there is none. */
export async function forgetWholly(database: Database, { fileStore }: Safe, personId: string): Promise<Forgotten> {
  const files = await database.write(async (tx) => {
    const open = await openApplicationsOf(tx, personId);
    if (open.length > 0) return { open };
    const isThere = await forgetPersonIn(tx, PROGRAM, personId);
    return isThere ? { gone: await emptyApplicationsOf(tx, personId) } : null;
  });
  if (files === null) return null;
  if (!('gone' in files)) return files;
  for (const fileId of files.gone) await fileStore.remove(fileId);
  return { files: files.gone.length };
}

/** Removes what is older than so many days, by the clock of the database; a dry run only counts. */
export async function removeOldCases(
  database: Database,
  wish: {
    readonly fileStore: FileStore;
    readonly scans: number;
    readonly applications: number;
    readonly dryRun: boolean;
  },
) {
  const { now } = await database.read((tx) => serverState(tx));
  const since = (days: number) => Math.floor(now) - days * DAY_MS;
  const keep = { scansSince: since(wish.scans), applicationsSince: since(wish.applications) };
  if (wish.dryRun) return countTooOld(database, keep);
  const removed = await removeTooOld(database, keep);
  await clearRemoved(database, wish.fileStore);
  return removed;
}

const DAY_MS = 86_400_000;

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
