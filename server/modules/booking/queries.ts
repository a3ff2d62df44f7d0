import type { OwnClaim } from '../../../core/booking/free.ts';
import { type BookingAction, mustAllow } from '../../../core/booking/actions.ts';
import type { BookingState } from '../../../core/booking/life.ts';
import type { Channel } from '../../../core/booking/setting.ts';
import type { Claim } from '../../../core/booking/times.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId, ClassLetter, DayKey, ServiceId, VisitId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Read, Write } from '../../platform/handles.ts';

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
  /** True for a visit at home. */
  readonly atHome: boolean;
  readonly services: readonly { readonly serviceId: ServiceId; readonly quantity: number }[];
}

/** The columns of a BookingRow, from `booking b`. */
export const BOOKING = `b.booking_id as "bookingId", b.code, b.centre_id as "centreId", b.day::text as day,
  instant_ms(lower(b.span))::float8 as at, instant_ms(upper(b.span))::float8 as until, b.state, b.channel, b.partner, b.persons,
  b.language, b.class_letter as "classLetter", instant_ms(b.held_until)::float8 as "heldUntil", b.visit_id as "visitId", b.at_home as "atHome",
  coalesce((select jsonb_agg(jsonb_build_object('serviceId', s.service_id, 'quantity', s.quantity) order by s.place)
   from booking_service s where s.booking_id = b.booking_id), '[]') as services`;

/** Who does it, and what the log says of it. */
export interface Action {
  readonly kind: string;
  readonly actor: Actor;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes a booking with its place; `state` is held or booked. Throws when the ledger's constraints refuse. */
export async function insertBooking(
  tx: Write,
  booking: Omit<BookingRow, 'visitId'>,
  claim: Claim,
  now: Instant,
  { kind, actor, details = {} }: Action,
): Promise<void> {
  await tx.query({
    name: 'booking-made',
    text: `with made as (
       insert into booking (booking_id, code, centre_id, day, span, state, channel, partner, persons, language, class_letter, made_at, held_until, at_home)
       values ($1, $2, $3, $4, tstzrange(instant_of($5), instant_of($6)), $7, $8, $9, $10, $11, $12, instant_of($13), instant_of($14), $23)
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
      booking.atHome,
    ],
  });
}

/**
 * Locks the rows of the ledger from which bookings take, and those from which one will, in the one order in which everybody locks
 * them: so no two wait for each other.
 */
async function lockPools(
  tx: Write,
  bookingIds: readonly string[],
  to: { readonly centreId: CentreId; readonly day: CivilDate; readonly pools: readonly string[] } | null,
): Promise<void> {
  await tx.query(
    `select from ledger_pool where (centre_id, day, pool) in (
       select centre_id, day, pool from booking_claim where booking_id = any($1)
       union all select $2::integer, $3::date, pool from unnest($4::text[]) as pool)
     order by centre_id, day, pool collate "C" for no key update`,
    [bookingIds, to?.centreId, to?.day, to?.pools ?? []],
  );
}

/** Another place for the same booking; the old one is given back at once. */
export async function putInPlace(
  tx: Write,
  bookingId: string,
  to: Pick<BookingRow, 'centreId' | 'day' | 'at' | 'until'>,
  claim: Claim,
): Promise<void> {
  await lockPools(tx, [bookingId], { ...to, pools: claim.pools });
  await tx.query('delete from booking_claim where booking_id = $1', [bookingId]);
  await tx.query(
    `insert into booking_claim (booking_id, centre_id, day, pool, span, cells)
     select $1, $2, $3, pool, tstzrange(instant_of($4), instant_of($5)), $6 from unnest($7::text[]) as pool`,
    [bookingId, to.centreId, to.day, to.at, claim.until, claim.cells, claim.pools],
  );
  await tx.query(
    `update booking set centre_id = $2, day = $3, span = tstzrange(instant_of($4), instant_of($5)) where booking_id = $1`,
    [bookingId, to.centreId, to.day, to.at, to.until],
  );
  await tx.query('update booking_contact set span = tstzrange(instant_of($2), instant_of($3)) where booking_id = $1', [
    bookingId,
    to.at,
    to.until,
  ]);
}

/** What a booking takes now. */
export async function claimsOf(tx: Read, bookingId: string): Promise<OwnClaim[]> {
  const { rows } = await tx.query<OwnClaim>(
    'select pool, instant_ms(lower(span))::float8 as at, cells from booking_claim where booking_id = $1',
    [bookingId],
  );
  return rows;
}

/** Gives the place of a booking back. */
export async function freePlace(tx: Write, bookingId: string): Promise<void> {
  await lockPools(tx, [bookingId], null);
  await tx.query('delete from booking_claim where booking_id = $1', [bookingId]);
}

/** A booking; null when there is none. */
export function bookingById(tx: Read, bookingId: string): Promise<BookingRow | null> {
  return findBookingById(tx, bookingId, '');
}

/** A booking, locked for the rest of the transaction. */
export function holdBooking(tx: Write, bookingId: string): Promise<BookingRow | null> {
  return findBookingById(tx, bookingId, 'for no key update of b');
}

/** The same, if the action may follow from its state. Throws unknown-booking or booking-state. */
export async function holdBookingFor(tx: Write, bookingId: string, action: BookingAction): Promise<BookingRow> {
  const booking = (await holdBooking(tx, bookingId)) ?? refuse('unknown-booking', {});
  mustAllow(action, booking.state);
  return booking;
}

async function findBookingById(tx: Read, bookingId: string, held: string): Promise<BookingRow | null> {
  const { rows } = await tx.query<BookingRow>(`select ${BOOKING} from booking b where booking_id = $1 ${held}`, [
    bookingId,
  ]);
  return rows[0] ?? null;
}

export async function bookingByCode(tx: Read, code: string): Promise<BookingRow | null> {
  const { rows } = await tx.query<BookingRow>(`select ${BOOKING} from booking b where code = $1`, [code]);
  return rows[0] ?? null;
}

/** The bookings of a day that are made or have come, by time. */
export async function bookingsOn(tx: Read, centreId: CentreId, day: CivilDate): Promise<BookingRow[]> {
  const { rows } = await tx.query<BookingRow>(
    `select ${BOOKING} from booking b where centre_id = $1 and day = $2 and state in ('booked', 'came', 'served', 'missed')
     order by lower(span), code limit 5000`,
    [centreId, day],
  );
  return rows;
}

/** The bookings of a partner for some days, by time. */
export async function bookingsOfPartner(
  tx: Read,
  partner: string,
  from: CivilDate,
  to: CivilDate,
): Promise<BookingRow[]> {
  const { rows } = await tx.query<BookingRow>(
    `select ${BOOKING} from booking b where partner = $1 and day between $2 and $3 order by lower(span), code limit 5000`,
    [partner, from, to],
  );
  return rows;
}

/** The state that a booking is in from now on, its row in the log, and what goes with it. */
export async function setState(
  tx: Write,
  bookingId: string,
  state: BookingState,
  with_: { readonly freesAt?: Instant | null; readonly visitId?: VisitId },
): Promise<void> {
  await tx.query(
    `update booking set state = $2, held_until = null, frees_at = instant_of($3), visit_id = coalesce($4, visit_id) where booking_id = $1`,
    [bookingId, state, with_.freesAt ?? null, with_.visitId ?? null],
  );
  if (state === 'cancelled' || state === 'lapsed')
    await tx.query('update booking_contact set live = false where booking_id = $1 and live', [bookingId]);
}

export async function logBooking(
  tx: Write,
  bookingId: string,
  at: Instant,
  { kind, actor, details = {} }: Action,
): Promise<void> {
  await tx.query(
    `insert into booking_event (booking_id, seq, at, kind, actor_kind, actor_id, details)
     select $1, coalesce(max(seq), 0) + 1, instant_of($2), $3, $4, $5, $6 from booking_event where booking_id = $1`,
    [bookingId, at, kind, actor.kind, actor.id, JSON.stringify(details)],
  );
}

/**
 * Gives back, in a transaction, what is due: holds that nobody confirmed, and places of cancelled bookings whose delay is over. A booking
 * that another transaction is working on is left for the next time. Gives how many places came free.
 */
export async function freeWhatIsDue(tx: Write, now: Instant): Promise<number> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'booking-due',
    text: `select booking_id as id from booking
       where (state = 'held' and held_until <= instant_of($1)) or frees_at <= instant_of($1)
       for no key update skip locked limit 500`,
    values: [now],
  });
  if (rows.length === 0) return 0;
  const due = rows.map(({ id }) => id);
  await lockPools(tx, due, null);
  // Only now that the bookings are locked: a statement that both locked and read would number their entries by what it saw before.
  await tx.query(
    `with lapsed as (
       update booking b set state = case b.state when 'held' then 'lapsed' else b.state end, held_until = null, frees_at = null
       from booking before where b.booking_id = any($2) and before.booking_id = b.booking_id
       returning b.booking_id, before.state as before
     ), log as (
       insert into booking_event (booking_id, seq, at, kind, actor_kind)
       select booking_id, (select max(seq) + 1 from booking_event e where e.booking_id = l.booking_id), instant_of($1), 'lapsed', 'program'
       from lapsed l where before = 'held'
     ), contacts as (
       update booking_contact c set live = false from lapsed l where c.booking_id = l.booking_id and c.live
     ), forgotten as (
       delete from booking_person p using lapsed l where p.booking_id = l.booking_id and l.before = 'held'
     )
     delete from booking_claim where booking_id = any($2)`,
    [now, due],
  );
  return due.length;
}

/** Bookings of past days that have come, for what became of their visits; and those nobody came for, at whose time plus so long it is known. */
export async function unsettled(tx: Read, before: CivilDate): Promise<BookingRow[]> {
  const { rows } = await tx.query<BookingRow>(
    `select ${BOOKING} from booking b where day < $1 and day >= $1::date - 3 and state in ('booked', 'came') order by day`,
    [before],
  );
  return rows;
}

/**
 * The bookings of the rest of a hall's day whose visitors have not heard what the doors last did (`kind`); of doors that opened, only those
 * that were told of the closing.
 */
export async function bookingsToTellOfDoors(
  tx: Read,
  { centreId, day }: DayKey,
  kind: 'doors-closed' | 'doors-opened',
  now: Instant,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select b.booking_id as id from booking b
     left join lateral (
       select e.kind from booking_event e where e.booking_id = b.booking_id and e.kind in ('doors-closed', 'doors-opened', 'moved')
       order by e.seq desc limit 1
     ) last on true
     where b.centre_id in (select centre_id from centre where centre_id = $1 or hall_of = $1) and b.day = $2 and b.state = 'booked'
       and lower(b.span) > instant_of($4)
       and case $3 when 'doors-closed' then last.kind is distinct from 'doors-closed' else last.kind = 'doors-closed' end
     order by lower(b.span), b.booking_id`,
    [centreId, day, kind, now],
  );
  return rows.map(({ id }) => id);
}

/** What became of bookings by day and channel. */
export interface BookingFigures {
  readonly day: CivilDate;
  readonly channel: Channel;
  readonly plannedMinutes: number;
  readonly made: number;
  readonly confirmed: number;
  readonly came: number;
  readonly missed: number;
  readonly cancelled: number;
}

export async function bookingFigures(tx: Read, from: CivilDate, to: CivilDate): Promise<BookingFigures[]> {
  const { rows } = await tx.query<BookingFigures>(
    `with offered as (
       select l.day, 5 * sum((select sum(places) from unnest(l.offered) as places)) as minutes
       from ledger_pool l where l.pool = 'windows' and l.day between $1 and $2 group by l.day)
     select b.day::text as day, b.channel, coalesce(max(o.minutes), 0)::integer as "plannedMinutes", count(*)::integer as made,
       (count(*) filter (where b.state in ('booked', 'came', 'served', 'missed')))::integer as confirmed,
       (count(*) filter (where b.state in ('came', 'served')))::integer as came,
       (count(*) filter (where b.state = 'missed'))::integer as missed,
       (count(*) filter (where b.state = 'cancelled'))::integer as cancelled
     from booking b left join offered o on o.day = b.day
     where b.day between $1 and $2 group by b.day, b.channel order by b.day, b.channel`,
    [from, to],
  );
  return rows;
}

/** How many things have happened to a booking: it only grows, and is the same for every reader until something happens again. */
export async function changesOf(tx: Read, bookingId: string): Promise<number> {
  const said = 'select coalesce(max(seq), 0) as changes from booking_event where booking_id = $1';
  const { rows } = await tx.query<{ changes: number }>(said, [bookingId]);
  return rows[0]?.changes ?? 0;
}
