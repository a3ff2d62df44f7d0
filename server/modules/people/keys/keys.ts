import { audit, PROGRAM } from '../../../platform/audit.ts';
import type { Db } from '../../../platform/handles.ts';
import { remember } from '../remember.ts';
import { hashOf, newSecret } from '../secret.ts';
import { holderOf, insertKey, type KeyHolder, revoke } from './queries.ts';

/** The keys of programs: who shows this one; null for a key that is not known or was revoked. */
export function openKeys(db: Db) {
  return remember((key: string) => db.read((tx) => holderOf(tx, hashOf(key))));
}

/** Makes a key; it is shown once and stored nowhere. Only from the machine itself. */
export async function createKey(db: Db, holder: KeyHolder): Promise<string> {
  const key = newSecret();
  await db.write(async (tx) => {
    await insertKey(tx, hashOf(key), holder);
    const { name, ...details } = holder;
    await audit(tx, PROGRAM, { action: 'key-made', object: `key ${name}`, details });
  });
  return key;
}

/** A key that is good for nothing from now on; false when there is none, or it was revoked before. */
export function revokeKey(db: Db, name: string): Promise<boolean> {
  return db.write(async (tx) => {
    const revoked = await revoke(tx, name);
    if (revoked) await audit(tx, PROGRAM, { action: 'key-revoked', object: `key ${name}` });
    return revoked;
  });
}
