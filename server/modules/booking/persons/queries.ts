import type { Position } from '../../../../core/city/distance.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** How to reach who booked. */
export interface Contact {
  readonly email: string | null;
  readonly phone: string | null;
}

/** Ties a contact to a booking. Breaks contact_is_free when the person is elsewhere then. */
export async function putContact(
  tx: Write,
  bookingId: string,
  { email, phone }: Contact,
  keys: readonly Buffer[],
): Promise<void> {
  await tx.query(
    `insert into booking_person (booking_id, email, phone) values ($1, $2, $3)
     on conflict (booking_id) do update set email = coalesce(excluded.email, booking_person.email),
       phone = coalesce(excluded.phone, booking_person.phone)`,
    [bookingId, email, phone],
  );
  await tx.query(
    `insert into booking_contact (booking_id, contact_key, span, live)
     select $1, key, (select span from booking where booking_id = $1), true from unnest($2::bytea[]) as key
     on conflict (booking_id, contact_key) do nothing`,
    [bookingId, keys],
  );
}

export async function contactOf(tx: Read, bookingId: string): Promise<Contact | null> {
  const { rows } = await tx.query<Contact>('select email, phone from booking_person where booking_id = $1', [
    bookingId,
  ]);
  return rows[0] ?? null;
}

/** Where a visit at home is; forgotten with the contact. */
export async function putAddress(tx: Write, bookingId: string, { text, position }: HomeAddress): Promise<void> {
  await tx.query(
    `insert into booking_person (booking_id, address, latitude, longitude) values ($1, $2, $3, $4)
     on conflict (booking_id) do update set address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude`,
    [bookingId, text, position?.latitude ?? null, position?.longitude ?? null],
  );
}

export interface HomeAddress {
  readonly text: string;
  readonly position: Position | null;
}

/** True when the booking was confirmed with this contact. */
export async function hasContact(tx: Read, bookingId: string, key: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query('select from booking_contact where booking_id = $1 and contact_key = $2', [
    bookingId,
    key,
  ]);
  return rowCount === 1;
}

/** How many bookings of a contact are still to come, this one left out. Others with the same contact wait for this transaction. */
export async function countOfContact(tx: Write, key: Buffer, except: string, now: Instant): Promise<number> {
  await tx.query('select pg_advisory_xact_lock($1::bigint)', [key.readBigInt64BE(0).toString()]);
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::integer as count from booking_contact
     where contact_key = $1 and live and booking_id <> $2 and upper(span) > instant_of($3)`,
    [key, except, now],
  );
  return rows[0]?.count ?? 0;
}

/** The proof of a contact that is under way. */
export interface Proof extends Contact {
  readonly codeHash: Buffer;
  readonly tries: number;
  readonly expiresAt: Instant;
}

/** Writes the code that is sent now; the one before is worth nothing. */
export async function putProof(
  tx: Write,
  bookingId: string,
  { email, phone }: Contact,
  codeHash: Buffer,
  goodUntil: Instant,
): Promise<void> {
  await tx.query(
    `insert into booking_proof (booking_id, email, phone, code_hash, expires_at)
     values ($1, $2, $3, $4, instant_of($5))
     on conflict (booking_id) do update set email = excluded.email, phone = excluded.phone, code_hash = excluded.code_hash,
       tries = 0, expires_at = excluded.expires_at`,
    [bookingId, email, phone, codeHash, goodUntil],
  );
}

/** The proof of a booking with one more try counted; null when there is none, it is too old, or five tries are over. */
export async function tryProof(tx: Write, bookingId: string, now: Instant): Promise<Proof | null> {
  const { rows } = await tx.query<Proof>(
    `update booking_proof set tries = tries + 1 where booking_id = $1 and tries < 5 and expires_at > instant_of($2)
     returning email, phone, code_hash as "codeHash", tries, instant_ms(expires_at)::float8 as "expiresAt"`,
    [bookingId, now],
  );
  return rows[0] ?? null;
}

/** Deletes how to reach those whose day was before a date. Gives how many were forgotten. */
export async function forgetContacts(tx: Write, before: CivilDate): Promise<number> {
  const { rows } = await tx.query<{ forgotten: number }>(
    `with old as (
       select booking_id from booking_person join booking using (booking_id) where day < $1
     ), persons as (delete from booking_person p using old where p.booking_id = old.booking_id),
     contacts as (
       delete from booking_contact c using booking b where c.booking_id = b.booking_id and b.day < $1
     ), proofs as (
       delete from booking_proof c using booking b where c.booking_id = b.booking_id and b.day < $1
     )
     select count(*)::integer as forgotten from old`,
    [before],
  );
  return rows[0]?.forgotten ?? 0;
}
