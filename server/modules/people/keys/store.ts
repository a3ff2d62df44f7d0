import type pg from 'pg';
import type { CentreId } from '../../../../core/queue/ids.ts';

/** Whom a key belongs to. */
export interface KeyHolder {
  readonly name: string;
  readonly role: string;
  /** The centre at which the key is good; null: at every one. */
  readonly centreId: CentreId | null;
}

type Queries = Pick<pg.Pool, 'query'>;

/** Who holds the key with this hash; null for none, or one that was revoked. */
export async function holderOf(queries: Queries, keyHash: Buffer): Promise<KeyHolder | null> {
  const { rows } = await queries.query<KeyHolder>(
    'select name, role, centre_id as "centreId" from access_key where key_hash = $1 and revoked_at is null',
    [keyHash],
  );
  return rows[0] ?? null;
}

export async function insertKey(queries: Queries, keyHash: Buffer, { name, role, centreId }: KeyHolder): Promise<void> {
  await queries.query('insert into access_key (key_hash, name, role, centre_id) values ($1, $2, $3, $4)', [
    keyHash,
    name,
    role,
    centreId,
  ]);
}

/** Gives false when there is no such key, or it was revoked before. */
export async function revoke(queries: Queries, name: string): Promise<boolean> {
  const { rowCount } = await queries.query(
    'update access_key set revoked_at = now() where name = $1 and revoked_at is null',
    [name],
  );
  return rowCount === 1;
}
