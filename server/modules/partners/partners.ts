import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { audit, PROGRAM } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { createKey } from '../people/index.ts';
import { urlFault } from '../../platform/outward.ts';
import type { Vault } from '../../platform/vault.ts';
import { insertPartner, insertWebhook, type Partner } from './store.ts';
import { keptSecret } from './webhook-secret.ts';

const SECRET_BYTES = 32;

/** Lets a program book through a channel; gives its key, which is shown once and kept nowhere. */
export async function addPartner(pool: pg.Pool, partner: Partner): Promise<string> {
  const key = await createKey(pool, { name: partner.name, role: 'partner', centreId: null });
  await inTransaction(pool, async (client) => {
    await insertPartner(client, partner);
    const { name, ...details } = partner;
    await audit(client, PROGRAM, { action: 'partner-added', object: `partner ${name}`, details });
  });
  return key;
}

/** Has a partner told at an address what becomes of his bookings; gives the secret with which messages are signed. Throws an Error that says what is wrong. */
export async function addWebhook(pool: pg.Pool, vault: Vault, partner: string, url: string): Promise<string> {
  const fault = urlFault(url);
  if (fault !== null) throw new Error(`“${url}” ${fault}`);
  const webhookId = randomUUID();
  const secret = randomBytes(SECRET_BYTES);
  await inTransaction(pool, async (client) => {
    await insertWebhook(client, { webhookId, partner, url, ...keptSecret(vault, webhookId, secret) });
    await audit(client, PROGRAM, { action: 'webhook-added', object: `partner ${partner}`, details: { url } });
  });
  return secret.toString('base64url');
}
