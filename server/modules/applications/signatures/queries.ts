import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** A signature, or an invitation to sign. */
export interface SignatureRow {
  readonly applicationId: string;
  readonly signer: string;
  readonly personId: string;
  readonly way: 'window' | 'home';
  /** A keyed hash of what was signed. */
  readonly signed: Buffer | null;
  readonly signedAt: Instant | null;
  readonly codeHash: Buffer | null;
  readonly goodUntil: Instant | null;
}

const ROW = `application_id as "applicationId", signer, person_id as "personId", way, signed, instant_ms(signed_at)::float8 as "signedAt",
  code_hash as "codeHash", instant_ms(good_until)::float8 as "goodUntil"`;

export async function signaturesOf(tx: Read, applicationId: string): Promise<SignatureRow[]> {
  const { rows } = await tx.query<SignatureRow>(`select ${ROW} from application_signature where application_id = $1`, [
    applicationId,
  ]);
  return rows;
}

/** Puts a signature or an invitation in the place of what was there. */
export async function putSignature(tx: Write, row: SignatureRow): Promise<void> {
  const { applicationId, signer, personId, way, signed, signedAt, codeHash, goodUntil } = row;
  await tx.query(
    `insert into application_signature (application_id, signer, person_id, way, signed, signed_at, code_hash, good_until)
     values ($1, $2, $3, $4, $5, instant_of($6), $7, instant_of($8))
     on conflict (application_id, signer) do update
       set person_id = excluded.person_id, way = excluded.way, signed = excluded.signed, signed_at = excluded.signed_at,
         code_hash = excluded.code_hash, good_until = excluded.good_until, tries = 0`,
    [applicationId, signer, personId, way, signed, signedAt, codeHash, goodUntil],
  );
}

/** What was signed at home, and when; the code stays good to look at it. */
export async function noteSigned(
  tx: Write,
  { applicationId, signer }: SignatureRow,
  signed: Buffer,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update application_signature set signed = $3, signed_at = instant_of($4) where application_id = $1 and signer = $2`,
    [applicationId, signer, signed, at],
  );
}

/** The invitation with a code that is still good, one try later; null when there is none, or after too many wrong guesses. */
export async function tryInvitation(
  tx: Write,
  codeHash: Buffer,
  at: Instant,
  triesMax: number,
): Promise<SignatureRow | null> {
  const { rows } = await tx.query<SignatureRow>(
    `update application_signature set tries = tries + 1
     where code_hash = $1 and good_until > instant_of($2) and tries < $3 returning ${ROW}`,
    [codeHash, at, triesMax],
  );
  return rows[0] ?? null;
}

/** The code was right and so was the date of birth: earlier tries do not count. */
export async function forgetTries(tx: Write, { applicationId, signer }: SignatureRow): Promise<void> {
  await tx.query('update application_signature set tries = 0 where application_id = $1 and signer = $2', [
    applicationId,
    signer,
  ]);
}
