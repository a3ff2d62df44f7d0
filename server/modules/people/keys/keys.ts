import type pg from 'pg';
import { remember } from '../remember.ts';
import { hashOf, newSecret } from '../secret.ts';
import { holderOf, insertKey, type KeyHolder } from './store.ts';

/** The keys of programs: who shows this one; null for a key that is not known or was revoked. */
export function openKeys(queries: Pick<pg.Pool, 'query'>) {
  return remember((key: string) => holderOf(queries, hashOf(key)));
}

/** Makes a key; it is shown once and kept nowhere. */
export async function createKey(queries: Pick<pg.Pool, 'query'>, holder: KeyHolder): Promise<string> {
  const key = newSecret();
  await insertKey(queries, hashOf(key), holder);
  return key;
}
