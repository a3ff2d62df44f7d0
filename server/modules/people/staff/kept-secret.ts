import type { Db, Write } from '../../../platform/handles.ts';
import { keyOf, placeOf, type Vault } from '../../../platform/vault.ts';
import { accounts, keepOtherwise } from './queries.ts';

/** Before what is sealed; a secret from before there was sealing, or of an installation without a master key, is not encrypted. */
const SEALED = 'sealed:';

/** The secret of an authenticator as it is kept: sealed for its account, so that a stolen dump gives no second factor away. */
export function keptSecret(vault: Vault, accountId: string, secret: string): string {
  if (vault.keyId === 0) return secret;
  return SEALED + vault.seal(secret, placeOf('staff_account', accountId)).toString('base64');
}

/** The secret itself. Throws an Error when it was sealed for another account, and no-master-key without one. */
export function openSecret(vault: Vault, accountId: string, kept: string): string {
  return kept.startsWith(SEALED) ? vault.open(sealedIn(kept), placeOf('staff_account', accountId)) : kept;
}

/** Seals a kept secret with the key in force, unless it is; false where nothing had to be done. */
export async function resealSecret(tx: Write, vault: Vault, accountId: string, kept: string): Promise<boolean> {
  const isSealed = vault.keyId === 0 || (kept.startsWith(SEALED) && keyOf(sealedIn(kept)) === vault.keyId);
  if (isSealed) return false;
  return keepOtherwise(tx, accountId, kept, keptSecret(vault, accountId, openSecret(vault, accountId, kept)));
}

/** Reseals the secrets of all accounts that another key has sealed, or none. Gives how many there were. */
export async function resealAuthenticators(db: Db, vault: Vault): Promise<number> {
  let count = 0;
  for (const { accountId, totpSecret } of await db.read((tx) => accounts(tx)))
    if (totpSecret !== null && (await db.write((tx) => resealSecret(tx, vault, accountId, totpSecret)))) count += 1;
  return count;
}

function sealedIn(kept: string): Buffer {
  return Buffer.from(kept.slice(SEALED.length), 'base64');
}
