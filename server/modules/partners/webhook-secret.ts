import type { Write } from '../../platform/handles.ts';
import { keyOf, placeOf, type Vault } from '../../platform/vault.ts';
import { keepSecret, type KeptSecret, openSecrets } from './queries.ts';

/** A secret as it is to be kept: sealed for its webhook where there is a master key. */
export function keptSecret(vault: Vault, webhookId: string, secret: Buffer): KeptSecret {
  if (vault.keyId === 0) return { secret, sealedSecret: null };
  return { secret: null, sealedSecret: vault.sealBytes(secret, placeOf('webhook', webhookId)) };
}

/** The secret itself. Throws no-master-key where it is sealed and there is none, and an Error where it was sealed for another webhook. */
export function openSecret(vault: Vault, webhookId: string, { secret, sealedSecret }: KeptSecret): Buffer {
  return sealedSecret === null ? (secret as Buffer) : vault.openBytes(sealedSecret, placeOf('webhook', webhookId));
}

/** Seals a secret with the key in force, unless it is; a secret that changed meanwhile is left as it is. */
export async function sealSecret(tx: Write, vault: Vault, webhookId: string, kept: KeptSecret): Promise<void> {
  const isSealed = kept.sealedSecret !== null && keyOf(kept.sealedSecret) === vault.keyId;
  if (vault.keyId === 0 || isSealed) return;
  await keepSecret(tx, webhookId, kept, keptSecret(vault, webhookId, openSecret(vault, webhookId, kept)));
}

/** Seals every secret that is not sealed. Gives how many there were. */
export async function sealOpenSecrets(tx: Write, vault: Vault): Promise<number> {
  const open = await openSecrets(tx);
  for (const { webhookId, secret } of open) await sealSecret(tx, vault, webhookId, { secret, sealedSecret: null });
  return open.length;
}
