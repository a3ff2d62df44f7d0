import type pg from 'pg';

type Queries = Pick<pg.Pool, 'query'>;

/** A key that somebody has shown to be his. */
export interface PasskeyRow {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
}

export async function passkeys(queries: Queries, accountId: string): Promise<PasskeyRow[]> {
  const { rows } = await queries.query<PasskeyRow>(
    `select credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter
     from staff_passkey where account_id = $1 order by added_at`,
    [accountId],
  );
  return rows;
}

export async function insertPasskey(
  queries: Queries,
  accountId: string,
  { credentialId, publicKey, counter }: PasskeyRow,
): Promise<void> {
  await queries.query(
    'insert into staff_passkey (credential_id, account_id, public_key, counter) values ($1, $2, $3, $4)',
    [credentialId, accountId, publicKey, counter],
  );
}

export async function usedPasskey(queries: Queries, credentialId: string, counter: number): Promise<void> {
  await queries.query('update staff_passkey set counter = $2, used_at = clock_timestamp() where credential_id = $1', [
    credentialId,
    counter,
  ]);
}

const CHALLENGE_MINUTES = 5;

export async function setChallenge(queries: Queries, sessionHash: Buffer, challenge: string): Promise<void> {
  await queries.query(
    `update staff_session set challenge = $2, challenge_until = clock_timestamp() + make_interval(mins => ${CHALLENGE_MINUTES})
     where session_hash = $1`,
    [sessionHash, challenge],
  );
}

/** The challenge of the session, once; null when there is none or it is too old. */
export async function takeChallenge(queries: Queries, sessionHash: Buffer): Promise<string | null> {
  const { rows } = await queries.query<{ challenge: string | null }>(
    `update staff_session s set challenge = null
     from (select session_hash, challenge, challenge_until from staff_session where session_hash = $1 for update) old
     where s.session_hash = old.session_hash and old.challenge_until > clock_timestamp()
     returning old.challenge`,
    [sessionHash],
  );
  return rows[0]?.challenge ?? null;
}
