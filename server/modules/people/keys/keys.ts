import type pg from 'pg';
import { audit, PROGRAM } from '../../../platform/audit.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { remember } from '../remember.ts';
import { hashOf, newSecret } from '../secret.ts';
import { holderOf, insertKey, type KeyHolder, revoke } from './store.ts';

/** The keys of programs: who shows this one; null for a key that is not known or was revoked. */
export function openKeys(queries: Pick<pg.Pool, 'query'>) {
  return remember((key: string) => holderOf(queries, hashOf(key)));
}

/** Makes a key; it is shown once and kept nowhere. Only for whoever has the machine. */
export async function createKey(pool: pg.Pool, holder: KeyHolder): Promise<string> {
  const key = newSecret();
  await inTransaction(pool, async (client) => {
    await insertKey(client, hashOf(key), holder);
    const { name, ...details } = holder;
    await audit(client, PROGRAM, { action: 'key-made', object: `key ${name}`, details });
  });
  return key;
}

/** A key that is good for nothing from now on; false when there is none, or it was revoked before. */
export function revokeKey(pool: pg.Pool, name: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const revoked = await revoke(client, name);
    if (revoked) await audit(client, PROGRAM, { action: 'key-revoked', object: `key ${name}` });
    return revoked;
  });
}
