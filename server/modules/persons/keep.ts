import type pg from 'pg';
import type { Identity } from '../../../contract/persons.ts';
import { digitsOf } from '../../../core/applications/checks.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { erasePerson, personById, personsWith } from './store.ts';

/** Erases a person, as a part of a transaction; gives false when there is none. What was done stays, and names nobody any more. */
export async function forgetPersonIn(client: pg.PoolClient, actor: Actor, personId: string): Promise<boolean> {
  const isGone = await erasePerson(client, personId);
  if (isGone) await audit(client, actor, { action: 'person-forgotten', object: `person ${personId}` });
  return isGone;
}

/** The person with an insurance number; null when nobody has it. */
export async function personWithNumber(
  queries: Pick<pg.Pool, 'query'>,
  vault: Vault,
  snils: string,
): Promise<string | null> {
  const [found] = await personsWith(queries, { kind: 'snils', hash: vault.mark('snils', digitsOf(snils)) });
  return found?.personId ?? null;
}

/** Who somebody is, for his own copy of it; that it was made is written down. Null when there is no such person. */
export async function identityOf(
  pool: pg.Pool,
  vault: Vault,
  actor: Actor,
  personId: string,
): Promise<Identity | null> {
  const row = await personById(pool, personId);
  if (row === null) return null;
  await audit(pool, actor, { action: 'person-exported', object: `person ${personId}` });
  return JSON.parse(vault.open(row.sealed, placeOf('person', personId))) as Identity;
}
