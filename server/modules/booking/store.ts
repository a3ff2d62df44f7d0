import type pg from 'pg';
import type { TightCell } from '../../../core/booking/conflicts.ts';
import type { OwnClaim } from '../../../core/booking/free.ts';
import type { BookingState } from '../../../core/booking/life.ts';
import type { Channel } from '../../../core/booking/setting.ts';
import type { CentreId, ClassLetter, ServiceId, VisitId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';

type Queries = Pick<pg.Pool, 'query'>;

/** A booking as the database keeps it. */
export interface BookingRow {
  readonly bookingId: string;
  readonly code: string;
  readonly centreId: CentreId;
  readonly day: CivilDate;
  readonly at: Instant;
  readonly until: Instant;
  readonly state: BookingState;
  readonly channel: Channel;
  readonly partner: string | null;
  readonly persons: number;
  readonly language: string;
  readonly classLetter: ClassLetter;
  readonly heldUntil: Instant | null;
  readonly visitId: VisitId | null;
  readonly services: readonly { readonly serviceId: ServiceId; readonly quantity: number }[];
}

const BOOKING = `b.booking_id as "bookingId", b.code, b.centre_id as "centreId", b.day::text as day,
  instant_ms(lower(b.span))::float8 as at, instant_ms(upper(b.span))::float8 as until, b.state, b.channel, b.partner, b.persons,
  b.language, b.class_letter as "classLetter", instant_ms(b.held_until)::float8 as "heldUntil", b.visit_id as "visitId",
  (select jsonb_agg(jsonb_build_object('serviceId', s.service_id, 'quantity', s.quantity) order by s.place)
   from booking_service s where s.booking_id = b.booking_id) as services`;

/** What a booking takes of the ledger. */
export interface Claim {
  readonly pools: readonly string[];
  readonly cells: number;
  /** Until when the place is taken, the rest afterwards included. */
  readonly until: Instant;
}

/** Who does it, and what the log says of it. */
export interface Deed {
  readonly kind: string;
  readonly actor: Actor;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes a booking with its place; `state` is held or booked. Throws when the ledger's constraints refuse. */
export async function insertBooking(
  queries: Queries,
  booking: Omit<BookingRow, 'visitId'>,
  claim: Claim,
  now: Instant,
  { kind, actor, details = {} }: Deed,
): Promise<void> {
  await queries.query({
    name: 'booking-made',
    text: `with made as (
       insert into booking (booking_id, code, centre_id, day, span, state, channel, partner, persons, language, class_letter, made_at, held_until)
       values ($1, $2, $3, $4, tstzrange(instant_of($5), instant_of($6)), $7, $8, $9, $10, $11, $12, instant_of($13), instant_of($14))
     ), services as (
       insert into booking_service (booking_id, place, service_id, quantity)
       select $1, n, s->>'serviceId', (s->>'quantity')::smallint from jsonb_array_elements($15::jsonb) with ordinality as e(s, n)
     ), claims as (
       insert into booking_claim (booking_id, centre_id, day, pool, span, cells)
       select $1, $3, $4, pool, tstzrange(instant_of($5), instant_of($16)), $17 from unnest($18::text[]) as pool
     )
     insert into booking_event (booking_id, seq, at, kind, actor_kind, actor_id, details)
     values ($1, 1, instant_of($13), $19, $20, $21, $22)`,
    values: [
      booking.bookingId,
      booking.code,
      booking.centreId,
      booking.day,
      booking.at,
      booking.until,
      booking.state,
      booking.channel,
      booking.partner,
      booking.persons,
      booking.language,
      booking.classLetter,
      now,
      booking.heldUntil,
      JSON.stringify(booking.services),
      claim.until,
      claim.cells,
      claim.pools,
      kind,
      actor.kind,
      actor.id,
      JSON.stringify(details),
    ],
  });
}

/** Another place for the same booking; the old one is given back at once. */
export async function moveBooking(
  queries: Queries,
  { bookingId }: Pick<BookingRow, 'bookingId'>,
  to: Pick<BookingRow, 'centreId' | 'day' | 'at' | 'until'>,
  claim: Claim,
): Promise<void> {
  await queries.query('delete from booking_claim where booking_id = $1', [bookingId]);
  await queries.query(
    `insert into booking_claim (booking_id, centre_id, day, pool, span, cells)
     select $1, $2, $3, pool, tstzrange(instant_of($4), instant_of($5)), $6 from unnest($7::text[]) as pool`,
    [bookingId, to.centreId, to.day, to.at, claim.until, claim.cells, claim.pools],
  );
  await queries.query(
    `update booking set centre_id = $2, day = $3, span = tstzrange(instant_of($4), instant_of($5)) where booking_id = $1`,
    [bookingId, to.centreId, to.day, to.at, to.until],
  );
  await queries.query(
    'update booking_contact set span = tstzrange(instant_of($2), instant_of($3)) where booking_id = $1',
    [bookingId, to.at, to.until],
  );
}

/** What a booking takes now. */
export async function claimsOf(queries: Queries, bookingId: string): Promise<OwnClaim[]> {
  const { rows } = await queries.query<OwnClaim>(
    'select pool, instant_ms(lower(span))::float8 as at, cells from booking_claim where booking_id = $1',
    [bookingId],
  );
  return rows;
}

/** Gives the place of a booking back. */
export async function freePlace(queries: Queries, bookingId: string): Promise<void> {
  await queries.query('delete from booking_claim where booking_id = $1', [bookingId]);
}

/** A booking, locked for the rest of the transaction where `forUpdate`; null when there is none. */
export async function bookingById(queries: Queries, bookingId: string, forUpdate = false): Promise<BookingRow | null> {
  const { rows } = await queries.query<BookingRow>(
    `select ${BOOKING} from booking b where booking_id = $1 ${forUpdate ? 'for no key update of b' : ''}`,
    [bookingId],
  );
  return rows[0] ?? null;
}

export async function bookingByCode(queries: Queries, code: string): Promise<BookingRow | null> {
  const { rows } = await queries.query<BookingRow>(`select ${BOOKING} from booking b where code = $1`, [code]);
  return rows[0] ?? null;
}

/** The bookings of a day that are made or have come, by time. */
export async function bookingsOn(queries: Queries, centreId: CentreId, day: CivilDate): Promise<BookingRow[]> {
  const { rows } = await queries.query<BookingRow>(
    `select ${BOOKING} from booking b where centre_id = $1 and day = $2 and state in ('booked', 'came', 'served', 'missed')
     order by lower(span), code limit 5000`,
    [centreId, day],
  );
  return rows;
}

/** The bookings of a partner for some days, by time. */
export async function bookingsOfPartner(
  queries: Queries,
  partner: string,
  from: CivilDate,
  to: CivilDate,
): Promise<BookingRow[]> {
  const { rows } = await queries.query<BookingRow>(
    `select ${BOOKING} from booking b where partner = $1 and day between $2 and $3 order by lower(span), code limit 5000`,
    [partner, from, to],
  );
  return rows;
}

/** The state that a booking is in from now on, its row in the log, and what goes with it. */
export async function setState(
  queries: Queries,
  bookingId: string,
  state: BookingState,
  with_: { readonly freesAt?: Instant | null; readonly visitId?: VisitId },
): Promise<void> {
  await queries.query(
    `update booking set state = $2, held_until = null, frees_at = instant_of($3), visit_id = coalesce($4, visit_id) where booking_id = $1`,
    [bookingId, state, with_.freesAt ?? null, with_.visitId ?? null],
  );
  if (state === 'cancelled' || state === 'lapsed')
    await queries.query('update booking_contact set live = false where booking_id = $1 and live', [bookingId]);
}

export async function logBooking(
  queries: Queries,
  bookingId: string,
  at: Instant,
  { kind, actor, details = {} }: Deed,
): Promise<void> {
  await queries.query(
    `insert into booking_event (booking_id, seq, at, kind, actor_kind, actor_id, details)
     select $1, coalesce(max(seq), 0) + 1, instant_of($2), $3, $4, $5, $6 from booking_event where booking_id = $1`,
    [bookingId, at, kind, actor.kind, actor.id, JSON.stringify(details)],
  );
}

/**
 * Gives back what is due: holds that nobody confirmed, and places of cancelled bookings whose delay is over. A row that somebody
 * else is at work on is left for the next time. Gives how many places came free.
 */
export async function freeWhatIsDue(queries: Queries, now: Instant): Promise<number> {
  const { rows } = await queries.query<{ freed: number }>({
    name: 'booking-sweep',
    text: `with due as (
       select booking_id, state from booking
       where (state = 'held' and held_until <= instant_of($1)) or frees_at <= instant_of($1)
       for no key update skip locked limit 500
     ), lapsed as (
       update booking b set state = case b.state when 'held' then 'lapsed' else b.state end, held_until = null, frees_at = null
       from due where b.booking_id = due.booking_id returning b.booking_id, due.state as before
     ), log as (
       insert into booking_event (booking_id, seq, at, kind, actor_kind)
       select booking_id, (select max(seq) + 1 from booking_event e where e.booking_id = l.booking_id), instant_of($1), 'lapsed', 'program'
       from lapsed l where before = 'held'
     ), contacts as (
       update booking_contact c set live = false from lapsed l where c.booking_id = l.booking_id and c.live
     ), freed as (
       delete from booking_claim c using lapsed l where c.booking_id = l.booking_id
     )
     select count(*)::integer as freed from lapsed`,
    values: [now],
  });
  return rows[0]?.freed ?? 0;
}

/** How to reach who booked. */
export interface Contact {
  readonly email: string | null;
  readonly phone: string | null;
}

/** Ties a contact to a booking. Breaks contact_is_free when he is elsewhere then. */
export async function putContact(
  queries: Queries,
  bookingId: string,
  { email, phone }: Contact,
  keys: readonly Buffer[],
): Promise<void> {
  await queries.query(
    `insert into booking_person (booking_id, email, phone) values ($1, $2, $3)
     on conflict (booking_id) do update set email = coalesce(excluded.email, booking_person.email),
       phone = coalesce(excluded.phone, booking_person.phone)`,
    [bookingId, email, phone],
  );
  await queries.query(
    `insert into booking_contact (booking_id, contact_key, span, live)
     select $1, key, (select span from booking where booking_id = $1), true from unnest($2::bytea[]) as key
     on conflict (booking_id, contact_key) do nothing`,
    [bookingId, keys],
  );
}

export async function contactOf(queries: Queries, bookingId: string): Promise<Contact | null> {
  const { rows } = await queries.query<Contact>('select email, phone from booking_person where booking_id = $1', [
    bookingId,
  ]);
  return rows[0] ?? null;
}

/** True when the booking was confirmed with this contact. */
export async function hasContact(queries: Queries, bookingId: string, key: Buffer): Promise<boolean> {
  const { rowCount } = await queries.query('select from booking_contact where booking_id = $1 and contact_key = $2', [
    bookingId,
    key,
  ]);
  return rowCount === 1;
}

/** How many bookings of a contact are still to come, this one left out. Others with the same contact wait for this transaction. */
export async function countOfContact(queries: Queries, key: Buffer, except: string, now: Instant): Promise<number> {
  await queries.query('select pg_advisory_xact_lock($1::bigint)', [key.readBigInt64BE(0).toString()]);
  const { rows } = await queries.query<{ count: number }>(
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

/** Writes the code that is sent now. Gives false when one was sent less than `pauseMs` ago. */
export async function putProof(
  queries: Queries,
  bookingId: string,
  { email, phone }: Contact,
  codeHash: Buffer,
  now: Instant,
  { lifeMs, pauseMs }: { readonly lifeMs: number; readonly pauseMs: number },
): Promise<boolean> {
  const { rowCount } = await queries.query(
    `insert into booking_proof as p (booking_id, email, phone, code_hash, expires_at)
     values ($1, $2, $3, $4, instant_of($5))
     on conflict (booking_id) do update set email = excluded.email, phone = excluded.phone, code_hash = excluded.code_hash,
       tries = 0, expires_at = excluded.expires_at
     where p.expires_at <= instant_of($6)`,
    [bookingId, email, phone, codeHash, now + lifeMs, now + lifeMs - pauseMs],
  );
  return rowCount === 1;
}

/** The proof of a booking with one more try counted; null when there is none, it is too old, or five tries are over. */
export async function tryProof(queries: Queries, bookingId: string, now: Instant): Promise<Proof | null> {
  const { rows } = await queries.query<Proof>(
    `update booking_proof set tries = tries + 1 where booking_id = $1 and tries < 5 and expires_at > instant_of($2)
     returning email, phone, code_hash as "codeHash", tries, instant_ms(expires_at)::float8 as "expiresAt"`,
    [bookingId, now],
  );
  return rows[0] ?? null;
}

/** Deletes how to reach those whose day was before a date. Gives how many were forgotten. */
export async function forgetContacts(queries: Queries, before: CivilDate): Promise<number> {
  const { rows } = await queries.query<{ forgotten: number }>(
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

/** Bookings of past days that have come, for what became of their visits; and those nobody came for, at whose time plus so long it is known. */
export async function unsettled(queries: Queries, before: CivilDate): Promise<BookingRow[]> {
  const { rows } = await queries.query<BookingRow>(
    `select ${BOOKING} from booking b where day < $1 and day >= $1::date - 3 and state in ('booked', 'came') order by day`,
    [before],
  );
  return rows;
}

/** The cells of a centre's days from `from` on in which more is taken than is offered. */
export async function tightCells(queries: Queries, centreId: CentreId, from: CivilDate): Promise<TightCell[]> {
  const { rows } = await queries.query<TightCell>(
    `select l.day::text as day, l.pool, (instant_ms(l.begins) + (n - 1) * 300000)::float8 as at, (t - o)::integer as excess
     from ledger_pool l, unnest(l.taken, l.offered) with ordinality as cell(t, o, n)
     where l.centre_id = $1 and l.day >= $2 and not l.whole_day and t > o`,
    [centreId, from],
  );
  return rows;
}

/** The bookings of a centre that are to come, newest first, with what they take. */
export async function comingBookings(
  queries: Queries,
  centreId: CentreId,
  now: Instant,
): Promise<(BookingRow & { readonly claims: readonly OwnClaim[] })[]> {
  const { rows } = await queries.query<BookingRow & { claims: OwnClaim[] }>(
    `select ${BOOKING}, (select jsonb_agg(jsonb_build_object('pool', c.pool, 'at', instant_ms(lower(c.span)), 'cells', c.cells))
       from booking_claim c where c.booking_id = b.booking_id) as claims
     from booking b where centre_id = $1 and day >= (instant_of($2) - interval '1 day')::date and state = 'booked' and lower(span) > instant_of($2)
     order by made_at desc, booking_id`,
    [centreId, now],
  );
  return rows;
}

/** What became of bookings by day and channel. */
export interface BookingFigures {
  readonly day: CivilDate;
  readonly channel: Channel;
  readonly made: number;
  readonly confirmed: number;
  readonly came: number;
  readonly missed: number;
  readonly cancelled: number;
}

export async function bookingFigures(queries: Queries, from: CivilDate, to: CivilDate): Promise<BookingFigures[]> {
  const { rows } = await queries.query<BookingFigures>(
    `select day::text as day, channel, count(*)::integer as made,
       (count(*) filter (where state in ('booked', 'came', 'served', 'missed')))::integer as confirmed,
       (count(*) filter (where state in ('came', 'served')))::integer as came,
       (count(*) filter (where state = 'missed'))::integer as missed,
       (count(*) filter (where state = 'cancelled'))::integer as cancelled
     from booking where day between $1 and $2 group by 1, 2 order by 1, 2`,
    [from, to],
  );
  return rows;
}
