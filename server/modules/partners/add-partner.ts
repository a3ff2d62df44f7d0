import { randomBytes, randomUUID } from 'node:crypto';
import { audit, PROGRAM } from '../../platform/audit.ts';
import type { Db } from '../../platform/handles.ts';
import { createKey } from '../people/index.ts';
import { urlFault } from '../../platform/public-http.ts';
import type { Vault } from '../../platform/vault.ts';
import { insertPartner, insertWebhook, type Partner } from './queries.ts';
import { keptSecret } from './webhook-secret.ts';

const SECRET_BYTES = 32;

/** Lets a program book through a channel; gives its key, which is shown once and kept nowhere. */
export async function addPartner(db: Db, partner: Partner): Promise<string> {
  const key = await createKey(db, { name: partner.name, role: 'partner', centreId: null });
  await db.write(async (tx) => {
    await insertPartner(tx, partner);
    const { name, ...details } = partner;
    await audit(tx, PROGRAM, { action: 'partner-added', object: `partner ${name}`, details });
  });
  return key;
}

/** Has a partner notified at an address about its bookings; gives the secret with which messages are signed. Throws an Error that says what is wrong. */
export async function addWebhook(db: Db, vault: Vault, partner: string, url: string): Promise<string> {
  const fault = urlFault(url);
  if (fault !== null) throw new Error(`“${url}” ${fault}`);
  const webhookId = randomUUID();
  const secret = randomBytes(SECRET_BYTES);
  await db.write(async (tx) => {
    await insertWebhook(tx, { webhookId, partner, url, ...keptSecret(vault, webhookId, secret) });
    await audit(tx, PROGRAM, { action: 'webhook-added', object: `partner ${partner}`, details: { url } });
  });
  return secret.toString('base64url');
}
