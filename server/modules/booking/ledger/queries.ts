import type { PoolOffer } from '../../../../core/booking/offer.ts';
import type { CentreId, DayKey } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** A pool of a day as the ledger keeps it now. */
export interface PoolRow {
  readonly centreId: CentreId;
  readonly day: CivilDate;
  readonly pool: string;
  readonly begins: Instant;
  readonly wholeDay: boolean;
  readonly places: string;
  readonly taken: string;
}

/** A pool as it is sent: arrays as text, which is quicker than rows of numbers. */
const POOL = `centre_id as "centreId", day::text as day, pool, instant_ms(begins)::float8 as begins, whole_day as "wholeDay",
  places::text as places, taken::text as taken`;
const MARK = 'pg_snapshot_xmin(pg_current_snapshot())::text as mark';

/** What comes with the mark when nothing has changed. */
type NoPool = { readonly [Name in keyof PoolRow]: null };

/** What changed in the ledger of days from `from` on since a mark, with the mark to ask with next. */
export async function poolsSince(
  tx: Read,
  from: CivilDate,
  mark: string,
): Promise<{ rows: readonly PoolRow[]; mark: string }> {
  // Whatever had not ended when this was read is asked for again: no change can slip between two readings.
  const { rows } = await tx.query<(PoolRow | NoPool) & { readonly mark: string }>({
    name: 'ledger-since',
    text: `select s.mark, p.* from (select ${MARK}) s left join lateral (
             select ${POOL} from ledger_since($1::date, $2::xid8)
           ) p on true`,
    values: [from, mark],
  });
  return {
    rows: rows.filter((row) => row.centreId !== null),
    mark: rows[0]?.mark ?? '0',
  };
}

/** The mark to ask with after everything has been read, taken before that, and the centres that are to be read. */
export async function wholeLedger(
  tx: Read,
  from: CivilDate,
): Promise<{ mark: string; centreIds: readonly CentreId[] }> {
  const { rows } = await tx.query<{ mark: string; centreIds: CentreId[] }>(
    `select ${MARK}, array(select distinct centre_id from ledger_pool where day >= $1::date order by 1) as "centreIds"`,
    [from],
  );
  return rows[0] ?? { mark: '0', centreIds: [] };
}

/** All pools of some centres of days from `from` on. */
export async function poolsOf(tx: Read, from: CivilDate, centreIds: readonly CentreId[]): Promise<readonly PoolRow[]> {
  const { rows } = await tx.query<PoolRow>({
    name: 'ledger-of-centres',
    text: `select ${POOL} from ledger_pool where centre_id = any($2) and day >= $1::date`,
    values: [from, centreIds],
  });
  return rows;
}

/** A day as it is offered. */
export interface OfferedDay extends DayKey {
  readonly begins: Instant;
  readonly pools: readonly PoolOffer[];
}

/**
 * Writes what days offer now, and closes pools of those days that are offered no more: all of them on a day without pools. Gives the
 * days where anything changed. The rows are locked in the one order in which everybody locks them.
 */
export async function putOffers(tx: Write, days: readonly OfferedDay[]): Promise<DayKey[]> {
  const { rows } = await tx.query<DayKey>(
    `with days as (
       select d."centreId" as centre_id, d.day, d.begins, d.pools
       from jsonb_to_recordset($1) as d("centreId" integer, day date, begins float8, pools jsonb)
     ), asked as (
       select d.centre_id, d.day, instant_of(d.begins::bigint) as begins, p.pool, p."wholeDay" as whole,
              array(select jsonb_array_elements_text(p.places)::smallint) as places
       from days d, jsonb_to_recordset(d.pools) as p(pool text, "wholeDay" boolean, places jsonb)
     ), gone as (
       select l.centre_id, l.day, l.begins, l.pool, l.whole_day as whole, array_fill(0::smallint, array[cardinality(l.offered)]) as places
       from ledger_pool l join days d using (centre_id, day)
       where not exists (select from asked a where a.centre_id = l.centre_id and a.day = l.day and a.pool = l.pool)
     ), every_pool as materialized (
       select * from (select * from asked union all select * from gone) as pools order by centre_id, day, pool collate "C"
     )
     select distinct centre_id as "centreId", day::text as day from every_pool
     where ledger_offer(centre_id, day, pool, begins, whole, places)`,
    [JSON.stringify(days)],
  );
  return rows;
}

/**
 * Rows that were restored from another database carry its transaction numbers: such as are still to come here would be new to every
 * reading. They are marked as written now.
 */
export async function takeOverMarks(tx: Write): Promise<void> {
  await tx.query(
    'update ledger_pool set changed_by = pg_current_xact_id() where changed_by > pg_snapshot_xmax(pg_current_snapshot())',
  );
}

/** From what the ledger of a centre was written, up to which day, and from which version of the centre. */
export interface LedgerFill {
  readonly fingerprint: Buffer;
  readonly through: CivilDate;
  readonly version: string;
}

export async function filledThrough(tx: Read): Promise<Map<CentreId, LedgerFill>> {
  const { rows } = await tx.query<LedgerFill & { centreId: CentreId }>(
    `select centre_id as "centreId", fingerprint, through::text as through, version::text as version from ledger_fill`,
  );
  return new Map(rows.map(({ centreId, ...fill }) => [centreId, fill]));
}

/**
 * Notes what a centre's ledger is about to be written from, in the transaction that writes it. False: another node wrote it from a later
 * version, and nothing is left to do.
 */
export async function noteFilled(
  tx: Write,
  centreId: CentreId,
  { fingerprint, through, version }: LedgerFill,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into ledger_fill (centre_id, fingerprint, through, version) values ($1, $2, $3, $4)
     on conflict (centre_id) do update set fingerprint = excluded.fingerprint, through = excluded.through, version = excluded.version
     where ledger_fill.version <= excluded.version`,
    [centreId, fingerprint, through, version],
  );
  return rowCount === 1;
}

/** What a service takes, as it is written down; services that are not here take their minutes and nothing else. */
export interface BookingRule {
  readonly serviceId: string;
  readonly moreMinutes: number;
  readonly bufferMinutes: number;
  readonly resources: readonly string[];
  readonly atHome: boolean;
}

export async function bookingRules(tx: Read): Promise<BookingRule[]> {
  const { rows } = await tx.query<BookingRule>(
    `select service_id as "serviceId", more_minutes as "moreMinutes", buffer_minutes as "bufferMinutes", resources, at_home as "atHome"
     from booking_rule order by service_id`,
  );
  return rows;
}

export async function putBookingRule(tx: Write, rule: BookingRule): Promise<void> {
  await tx.query(
    `insert into booking_rule (service_id, more_minutes, buffer_minutes, resources, at_home) values ($1, $2, $3, $4, $5)
     on conflict (service_id) do update set more_minutes = excluded.more_minutes, buffer_minutes = excluded.buffer_minutes,
       resources = excluded.resources, at_home = excluded.at_home`,
    [rule.serviceId, rule.moreMinutes, rule.bufferMinutes, rule.resources, rule.atHome],
  );
}

/** The part of bookings whose visitors came, where at least `least` were due on days from `from` on; by centre. */
export async function showShares(tx: Read, from: CivilDate, least: number): Promise<Map<CentreId, number>> {
  const { rows } = await tx.query<{ centreId: CentreId; share: number }>(
    `select centre_id as "centreId", (count(*) filter (where state in ('came', 'served')))::float8 / count(*) as share
     from booking where day >= $1 and state in ('came', 'served', 'missed') group by centre_id having count(*) >= $2`,
    [from, least],
  );
  return new Map(rows.map(({ centreId, share }) => [centreId, share]));
}

/** The settings of centres that have their own. */
export async function bookingSettings<Setting>(tx: Read): Promise<Map<CentreId, Setting>> {
  const { rows } = await tx.query<{ centreId: CentreId; body: Setting }>(
    'select centre_id as "centreId", body from booking_setting',
  );
  return new Map(rows.map(({ centreId, body }) => [centreId, body]));
}

/** How one centre takes bookings; null: as usual. */
export async function bookingSetting<Setting>(tx: Read, centreId: CentreId): Promise<Setting | null> {
  const { rows } = await tx.query<{ body: Setting }>('select body from booking_setting where centre_id = $1', [
    centreId,
  ]);
  return rows[0]?.body ?? null;
}

export async function putBookingSetting(tx: Write, centreId: CentreId, body: unknown, at: Instant): Promise<void> {
  await tx.query(
    `insert into booking_setting (centre_id, body, changed_at) values ($1, $2, instant_of($3))
     on conflict (centre_id) do update set body = excluded.body, changed_at = excluded.changed_at`,
    [centreId, JSON.stringify(body), at],
  );
}
