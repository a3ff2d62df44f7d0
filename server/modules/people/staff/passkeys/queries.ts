import type { Read, Write } from '../../../../platform/handles.ts';

/** A key that its owner has proved to hold. */
export interface PasskeyRow {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
}

export async function passkeys(tx: Read, accountId: string): Promise<PasskeyRow[]> {
  const { rows } = await tx.query<PasskeyRow>(
    `select credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter
     from staff_passkey where account_id = $1 order by added_at`,
    [accountId],
  );
  return rows;
}

export async function insertPasskey(
  tx: Write,
  accountId: string,
  { credentialId, publicKey, counter }: PasskeyRow,
): Promise<void> {
  await tx.query('insert into staff_passkey (credential_id, account_id, public_key, counter) values ($1, $2, $3, $4)', [
    credentialId,
    accountId,
    publicKey,
    counter,
  ]);
}

export async function usedPasskey(tx: Write, credentialId: string, counter: number): Promise<void> {
  await tx.query('update staff_passkey set counter = $2, used_at = clock_timestamp() where credential_id = $1', [
    credentialId,
    counter,
  ]);
}

const CHALLENGE_MINUTES = 5;

export async function setChallenge(tx: Write, sessionHash: Buffer, challenge: string): Promise<void> {
  await tx.query(
    `update staff_session set challenge = $2, challenge_until = clock_timestamp() + make_interval(mins => ${CHALLENGE_MINUTES})
     where session_hash = $1`,
    [sessionHash, challenge],
  );
}

/** The challenge of the session, once; null when there is none or it is too old. */
export async function takeChallenge(tx: Write, sessionHash: Buffer): Promise<string | null> {
  const { rows } = await tx.query<{ challenge: string | null }>(
    `update staff_session s set challenge = null
     from (select session_hash, challenge, challenge_until from staff_session where session_hash = $1 for update) old
     where s.session_hash = old.session_hash and old.challenge_until > clock_timestamp()
     returning old.challenge`,
    [sessionHash],
  );
  return rows[0]?.challenge ?? null;
}
