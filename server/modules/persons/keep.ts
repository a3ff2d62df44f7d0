import type pg from 'pg';
import type { Instant } from '../../../core/time/instant.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { erasePerson, resealPerson, sealedOtherwise } from './store.ts';

const AT_ONCE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Seals persons anew whose seal is of an older key, while everything goes on; gives how many there were. */
export async function sealAnew(pool: pg.Pool, vault: Vault): Promise<number> {
  let count = 0;
  for (let after = BEFORE_ALL; ;) {
    const { last, rows } = await sealedOtherwise(pool, vault.keyId, after, AT_ONCE);
    for (const row of rows) {
      const place = placeOf('person', row.personId);
      await resealPerson(pool, { ...row, sealed: vault.seal(vault.open(row.sealed, place), place) });
    }
    count += rows.length;
    if (last === null) return count;
    after = last;
  }
}

/** Erases a person; gives false when there is none. What was done stays, and names nobody any more. */
export function forgetPerson(pool: pg.Pool, actor: Actor, personId: string, at: Instant): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const isGone = await erasePerson(client, personId, at);
    if (isGone) await audit(client, actor, { action: 'person-forgotten', object: `person ${personId}` });
    return isGone;
  });
}
