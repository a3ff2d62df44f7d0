import type { FileStore } from '../files/index.ts';
import type { Database } from '../../platform/database.ts';
import { openVault, type Vault } from '../../platform/vault.ts';

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
