import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** Whom a key belongs to. */
export interface KeyHolder {
  readonly name: string;
  readonly role: string;
  /** The centre at which the key is good; null: at every one. */
  readonly centreId: CentreId | null;
}

/** Who holds the key with this hash; null for none, or one that was revoked. */
export async function holderOf(tx: Read, keyHash: Buffer): Promise<KeyHolder | null> {
  const { rows } = await tx.query<KeyHolder>(
    'select name, role, centre_id as "centreId" from access_key where key_hash = $1 and revoked_at is null',
    [keyHash],
  );
  return rows[0] ?? null;
}

export async function insertKey(tx: Write, keyHash: Buffer, { name, role, centreId }: KeyHolder): Promise<void> {
  await tx.query('insert into access_key (key_hash, name, role, centre_id) values ($1, $2, $3, $4)', [
    keyHash,
    name,
    role,
    centreId,
  ]);
}

/** Gives false when there is no such key, or it was revoked before. */
export async function revoke(tx: Write, name: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update access_key set revoked_at = now() where name = $1 and revoked_at is null',
    [name],
  );
  return rowCount === 1;
}
