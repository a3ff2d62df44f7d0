import { hash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { holderOf, insertKey, type KeyHolder } from './store.ts';

/** How long a revoked key may still be taken for good. */
const FRESH_MS = 2_000;
const KEY_BYTES = 32;
const REMEMBERED_MAX = 10_000;

/** The keys of devices and staff. */
export interface Keys {
  /** Who shows this key; null for a key that is not known or was revoked. */
  holder(key: string): Promise<KeyHolder | null>;
}

export function openKeys(queries: Pick<pg.Pool, 'query'>): Keys {
  const remembered = new Map<string, { holder: KeyHolder | null; until: number }>();
  return {
    holder: async (key) => {
      const now = performance.now();
      const known = remembered.get(key);
      if (known !== undefined && known.until > now) return known.holder;
      const holder = await holderOf(queries, hashOf(key));
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(key, { holder, until: now + FRESH_MS });
      return holder;
    },
  };
}

/** Makes a key; it is shown once and kept nowhere. */
export async function createKey(queries: Pick<pg.Pool, 'query'>, holder: KeyHolder): Promise<string> {
  const key = randomBytes(KEY_BYTES).toString('base64url');
  await insertKey(queries, hashOf(key), holder);
  return key;
}

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer') as Buffer;
}
