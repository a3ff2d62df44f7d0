import { keyOf, placeOf, type Vault } from '../../../platform/vault.ts';

/** Before what is sealed; a secret from before there was sealing, or of an installation without a master key, lies open. */
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

/** True when it is sealed with the key of today; else it is sealed anew when it is next used. */
export function isSealedNow(vault: Vault, kept: string): boolean {
  return vault.keyId === 0 || (kept.startsWith(SEALED) && keyOf(sealedIn(kept)) === vault.keyId);
}

function sealedIn(kept: string): Buffer {
  return Buffer.from(kept.slice(SEALED.length), 'base64');
}
