import type { SkillLevel, USUAL_RULES } from '../../../core/queue/configuration.ts';
import type { CentreId, DayKey, ServiceId } from '../../../core/queue/ids.ts';
import { type CivilDate, type CivilTime, type TimeZone, weekdayOf } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

export type Tables = {
  centre: {
    centre_id: number;
    code: string;
    kind: 'district' | 'flagship' | 'mobile' | 'seasonal';
    name_ru: string;
    name_en: string;
    district_ru: string;
    district_en: string;
    time_zone: TimeZone;
    walk_in_limit_minutes: number;
    ready_after_seconds: number | null;
    queue_rules: CentreRules;
    hall_of: number | null;
    district_id: number | null;
    source_id: string | null;
    address_ru: string;
    latitude: string | null;
    longitude: string | null;
    phone: string;
    opened_on: CivilDate | null;
    area_m2: string | null;
    shut_reason: ShutReason | null;
  };
  centre_hours: { centre_id: number; weekday: number; valid: string; opens: string; closes: string };
  service_group: {
    centre_id: number;
    group_id: string;
    letter: string;
    name_ru: string;
    name_en: string;
    place: number;
    first_number: number;
    last_number: number;
    quota: number | null;
  };
  centre_service: {
    centre_id: number;
    service_id: string;
    group_id: string;
    name_ru: string;
    name_en: string;
    level: SkillLevel;
    minutes: number;
    place: number;
    booking_only: boolean;
  };
  service_off: { centre_id: number; service_id: string; days: string; reason: OffReason };
  centre_closure: {
    centre_id: number;
    day: CivilDate;
    opens: CivilTime | null;
    closes: CivilTime | null;
    reason: ClosureReason;
  };
  day_plan: { centre_id: number; day: string; starts: CivilTime; windows: number };
  planned_windows: { centre_id: number; weekday: number; valid: string; starts: CivilTime; windows: number };
  zone: { centre_id: number; zone_id: number; name_ru: string; name_en: string };
  centre_window: { centre_id: number; window_id: number; zone_id: number | null };
  centre_window_group: { centre_id: number; window_id: number; group_id: string };
};

/** Doors that a person closed before their hour. */
export interface EarlyClosing {
  readonly day: CivilDate;
  readonly closedAt: Instant;
}

/** The days of all centres, from yesterday on, on which a person closed the doors before their hour. */
export async function earlyClosings(tx: Read): Promise<Map<CentreId, EarlyClosing[]>> {
  const { rows } = await tx.query<EarlyClosing & { centreId: CentreId }>(
    `select centre_id as "centreId", day::text as day, instant_ms(closed_at)::float8 as "closedAt" from doors_closed_early`,
  );
  const byCentre = new Map<CentreId, EarlyClosing[]>();
  for (const { centreId, ...row } of rows) byCentre.set(centreId, [...(byCentre.get(centreId) ?? []), row]);
  return byCentre;
}

/** Notes that the doors of a hall, so of every centre that receives there, were closed early on a day; null: they are open again. */
export async function setEarlyClosing(tx: Write, { centreId, day }: DayKey, closedAt: Instant | null): Promise<void> {
  const ofHall = 'select centre_id from centre where centre_id = $1 or hall_of = $1';
  if (closedAt === null)
    await tx.query(`delete from doors_closed_early where day = $2 and centre_id in (${ofHall})`, [centreId, day]);
  else
    await tx.query(
      `insert into doors_closed_early (centre_id, day, closed_at) select centre_id, $2, instant_of($3) from (${ofHall}) as c
       on conflict do nothing`,
      [centreId, day, closedAt],
    );
}

/** The version of each centre and of what holds for all (0): another one after every write that changes what it can offer. */
export async function centreVersions(tx: Read): Promise<Map<CentreId, string>> {
  const { rows } = await tx.query<{ centreId: CentreId; version: string }>({
    name: 'centre-versions',
    text: 'select centre_id as "centreId", version::text as version from centre_change',
  });
  return new Map(rows.map(({ centreId, version }) => [centreId, version]));
}

/** Why a service is not given: a code that screens put into words. */
export type OffReason = 'equipment' | 'staff' | 'agency' | 'system' | 'other';
/** Why a centre receives nobody until further notice. */
export type ShutReason = 'repair' | 'move' | 'ended' | 'other';
/** Why a day has other hours than its weekday. */
export type ClosureReason = 'holiday' | 'repair' | 'emergency' | 'move' | 'other';

/** What a centre says otherwise than the usual rules of a hall. */
export type CentreRules = Partial<typeof USUAL_RULES>;

/** A centre as the database keeps it. */
export type CentreRow = Tables['centre'] & { readonly windows: number };

/** When the doors are open on one weekday within dates (both ends included; null: without end). */
export interface HoursRow {
  readonly weekday: number;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
  readonly opens: CivilTime;
  readonly closes: CivilTime;
}

/** A day with other hours than its weekday; without hours the centre is closed. */
export type ClosureRow = Tables['centre_closure'];
/** A service as a centre gives it. `off`: why it is not given on the day asked for; null: it is. */
export type ServiceRow = Tables['centre_service'] & { readonly off: OffReason | null };

/** All centres in the order of their ids. */
export async function centres(tx: Read): Promise<CentreRow[]> {
  const { rows } = await tx.query<CentreRow>(
    `select centre_id, code, kind, name_ru, name_en, district_ru, district_en, time_zone, walk_in_limit_minutes, ready_after_seconds,
       queue_rules, hall_of, district_id, source_id, address_ru, latitude, longitude, phone, opened_on::text as opened_on, area_m2,
       shut_reason, (select count(*)::integer from centre_window w where w.centre_id = c.centre_id) as windows
     from centre c order by centre_id`,
  );
  return rows;
}

const ROWS_AT_ONCE = 1_000;

/** Writes many rows of one table; all of them name the same columns. */
export async function insertRows<Table extends keyof Tables>(
  tx: Write,
  table: Table,
  rows: readonly Partial<Tables[Table]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await tx.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows.slice(start, start + ROWS_AT_ONCE))],
    );
}

/** True while no centre has been added. */
export async function isNetworkEmpty(tx: Read): Promise<boolean> {
  return (await tx.query('select from centre limit 1')).rowCount === 0;
}

/** The hours of all centres. */
export async function hours(tx: Read): Promise<Map<CentreId, HoursRow[]>> {
  const { rows } = await tx.query<HoursRow & { centreId: CentreId }>(
    `select centre_id as "centreId", weekday, lower(valid)::text as "validFrom", (upper(valid) - 1)::text as "validTo",
       to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes
     from centre_hours order by weekday`,
  );
  const byCentre = new Map<CentreId, HoursRow[]>();
  for (const { centreId, ...row } of rows) byCentre.set(centreId, [...(byCentre.get(centreId) ?? []), row]);
  return byCentre;
}

/** The service groups of a centre in the order in which they are shown. */
export async function groups(tx: Read, centreId: CentreId): Promise<Tables['service_group'][]> {
  const { rows } = await tx.query<Tables['service_group']>(
    'select * from service_group where centre_id = $1 order by place',
    [centreId],
  );
  return rows;
}

/** The services of a centre in the order in which they are shown. */
export async function services(tx: Read, centreId: CentreId, day: CivilDate): Promise<ServiceRow[]> {
  const { rows } = await tx.query<ServiceRow>(
    `select s.*, o.reason as off
     from centre_service s
     left join service_off o on o.centre_id = s.centre_id and o.service_id = s.service_id and o.days @> $2::date
     where s.centre_id = $1 order by s.place`,
    [centreId, day],
  );
  return rows;
}

/** Takes a service off for some days, both ends included, or puts it back on when `reason` is null. */
export async function setServiceOff(
  tx: Write,
  { centreId, serviceId }: { readonly centreId: CentreId; readonly serviceId: ServiceId },
  from: CivilDate,
  to: CivilDate,
  reason: OffReason | null,
): Promise<void> {
  const days = `[${from},${to}]`;
  await tx.query('delete from service_off where centre_id = $1 and service_id = $2 and days && $3::daterange', [
    centreId,
    serviceId,
    days,
  ]);
  if (reason === null) return;
  await tx.query('insert into service_off (centre_id, service_id, days, reason) values ($1, $2, $3, $4)', [
    centreId,
    serviceId,
    days,
    reason,
  ]);
}

/** The days of all centres that have other hours than their weekday. */
export async function closures(tx: Read): Promise<Map<CentreId, ClosureRow[]>> {
  const { rows } = await tx.query<ClosureRow>(
    `select centre_id, reason, day::text as day, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes
     from centre_closure`,
  );
  const byCentre = new Map<CentreId, ClosureRow[]>();
  for (const row of rows) byCentre.set(row.centre_id, [...(byCentre.get(row.centre_id) ?? []), row]);
  return byCentre;
}

/** Sets or takes back (null) the hours of one day. */
export async function setClosure(
  tx: Write,
  centreId: CentreId,
  day: CivilDate,
  closure: Pick<ClosureRow, 'opens' | 'closes' | 'reason'> | null,
): Promise<void> {
  await tx.query('delete from centre_closure where centre_id = $1 and day = $2', [centreId, day]);
  if (closure === null) return;
  await tx.query('insert into centre_closure (centre_id, day, opens, closes, reason) values ($1, $2, $3, $4, $5)', [
    centreId,
    day,
    closure.opens,
    closure.closes,
    closure.reason,
  ]);
}

/** How many windows are planned on a date, by the wall-clock time at which each half hour begins; a plan of the very date goes first. */
export async function plannedWindows(
  tx: Read,
  centreId: CentreId,
  day: CivilDate,
): Promise<{ starts: CivilTime; windows: number }[]> {
  const ofDay = await tx.query<{ starts: CivilTime; windows: number }>(
    `select to_char(starts, 'HH24:MI') as starts, windows from day_plan where centre_id = $1 and day = $2::date order by 1`,
    [centreId, day],
  );
  if (ofDay.rows.length > 0) return ofDay.rows;
  const { rows } = await tx.query<{ starts: CivilTime; windows: number }>(
    `select to_char(starts, 'HH24:MI') as starts, windows from planned_windows
     where centre_id = $1 and weekday = $2 and valid @> $3::date order by 1`,
    [centreId, weekdayOf(day), day],
  );
  return rows;
}

/** The windows of a centre with what they are equipped for. */
export async function windows(tx: Read, centreId: CentreId): Promise<{ windowId: number; groupIds: string[] }[]> {
  const { rows } = await tx.query<{ windowId: number; groupIds: string[] }>(
    `select w.window_id as "windowId",
       coalesce(array_agg(g.group_id order by g.group_id) filter (where g.group_id is not null), '{}') as "groupIds"
     from centre_window w left join centre_window_group g using (centre_id, window_id)
     where w.centre_id = $1 group by w.window_id order by w.window_id`,
    [centreId],
  );
  return rows;
}
