import type { CentreDetails, CentreFile } from '../../../../contract/network-office.ts';
import type { TimeZone } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { ClosureRow, ShutReason } from '../queries.ts';

/** The parts of a centre's file that are lists. */
export type Part = 'hours' | 'zones' | 'windows' | 'equipment' | 'accessibility' | 'stops';

/** How a list is read as JSON, and written from JSON ($2) for a centre ($1); the steps run in order. */
const PARTS: Readonly<Record<Part, { readonly read: string; readonly write: readonly string[] }>> = {
  hours: {
    read: `select weekday, lower(valid) as "from", upper(valid) - 1 as "to", to_char(opens, 'HH24:MI') as opens,
             to_char(closes, 'HH24:MI') as closes
           from centre_hours where centre_id = $1 order by weekday, lower(valid)`,
    write: [
      'delete from centre_hours where centre_id = $1',
      `insert into centre_hours (centre_id, weekday, valid, opens, closes)
       select $1, r.weekday, daterange(r."from", r."to", '[]'), r.opens, r.closes
       from jsonb_to_recordset($2) as r(weekday smallint, "from" date, "to" date, opens time, closes time)`,
    ],
  },
  zones: {
    read: `select zone_id as "zoneId", json_build_object('ru', name_ru, 'en', name_en) as name from zone where centre_id = $1 order by 1`,
    write: [
      `delete from zone where centre_id = $1 and zone_id <> all(select (r->>'zoneId')::integer from jsonb_array_elements($2) as r)`,
      `insert into zone (centre_id, zone_id, name_ru, name_en)
       select $1, r."zoneId", r.name->>'ru', r.name->>'en' from jsonb_to_recordset($2) as r("zoneId" smallint, name jsonb)
       on conflict (centre_id, zone_id) do update set name_ru = excluded.name_ru, name_en = excluded.name_en`,
    ],
  },
  windows: {
    read: `select w.window_id as "windowId", w.zone_id as "zoneId",
             array(select g.group_id from centre_window_group g
               where g.centre_id = w.centre_id and g.window_id = w.window_id order by 1) as "groupIds"
           from centre_window w where w.centre_id = $1 order by 1`,
    write: [
      'delete from centre_window_group where centre_id = $1',
      `delete from centre_window where centre_id = $1 and window_id <> all(select (r->>'windowId')::integer from jsonb_array_elements($2) as r)`,
      `insert into centre_window (centre_id, window_id, zone_id)
       select $1, r."windowId", r."zoneId" from jsonb_to_recordset($2) as r("windowId" smallint, "zoneId" smallint)
       on conflict (centre_id, window_id) do update set zone_id = excluded.zone_id`,
      `insert into centre_window_group (centre_id, window_id, group_id)
       select $1, r."windowId", g from jsonb_to_recordset($2) as r("windowId" smallint, "groupIds" jsonb),
         jsonb_array_elements_text(r."groupIds") as g`,
    ],
  },
  equipment: {
    read: `select equipment_id as "equipmentId", kind, json_build_object('ru', name_ru, 'en', name_en) as name, amenity,
             window_id as "windowId", instant_ms(broken_since)::float8 as "brokenSince"
           from equipment where centre_id = $1 order by 1`,
    write: [
      'delete from equipment where centre_id = $1',
      `insert into equipment (centre_id, equipment_id, kind, name_ru, name_en, amenity, window_id, broken_since)
       select $1, r."equipmentId", r.kind, r.name->>'ru', r.name->>'en', r.amenity, r."windowId", to_timestamp(r."brokenSince" / 1000.0)
       from jsonb_to_recordset($2) as r("equipmentId" integer, kind text, name jsonb, amenity boolean, "windowId" smallint, "brokenSince" bigint)`,
    ],
  },
  accessibility: {
    read: 'select need, level from accessibility where centre_id = $1 order by need',
    write: [
      'delete from accessibility where centre_id = $1',
      `insert into accessibility (centre_id, need, level)
       select $1, r.need, r.level from jsonb_to_recordset($2) as r(need text, level text)`,
    ],
  },
  stops: {
    read: `select day, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes,
             json_build_object('ru', place_ru, 'en', place_en) as place
           from mobile_stop where centre_id = $1 order by day, opens`,
    write: [
      'delete from mobile_stop where centre_id = $1',
      `insert into mobile_stop (centre_id, day, opens, closes, place_ru, place_en)
       select $1, r.day, r.opens, r.closes, r.place->>'ru', r.place->>'en'
       from jsonb_to_recordset($2) as r(day date, opens time, closes time, place jsonb)`,
    ],
  },
};

/** Writes a list of a centre's file whole. Throws the database's refusals: what may stand together is the tables' to say. */
export async function putPart(tx: Write, centreId: number, part: Part, rows: readonly unknown[]): Promise<void> {
  const text = JSON.stringify(rows);
  // Lists refer to each other (equipment belongs to windows): two callers that write at the same time do so one after the other.
  await tx.query('select 1 from centre where centre_id = $1 for no key update', [centreId]);
  for (const step of PARTS[part].write) await tx.query(step, step.includes('$2') ? [centreId, text] : [centreId]);
}

/** Everything that is kept of a centre; null when there is none. */
export async function centreFile(tx: Read, centreId: number): Promise<CentreFile | null> {
  const lists = Object.entries(PARTS).map(
    ([part, { read }]) => `(select coalesce(json_agg(r), '[]') from (${read}) r) as "${part}"`,
  );
  const { rows } = await tx.query<CentreFile>(
    `select centre_id as "centreId", code, kind, json_build_object('ru', name_ru, 'en', name_en) as name,
       coalesce(district_id, 0) as "districtId", address_ru as address, latitude::float8, longitude::float8, phone,
       opened_on::text as "openedOn", hall_of as "hallOf", shut_reason as shut, ${lists.join(', ')}
     from centre where centre_id = $1`,
    [centreId],
  );
  return rows[0] ?? null;
}

const DETAILS = `kind, name_ru, name_en, district_ru, district_en, district_id, address_ru, latitude, longitude, phone, opened_on, hall_of`;
/** The values of DETAILS from $2 (JSON); the district's name comes with it for those who still read it. */
const DETAIL_VALUES = `d.kind, d.name->>'ru', d.name->>'en',
  coalesce((select name_ru from district where district_id = d."districtId"), ''),
  coalesce((select name_en from district where district_id = d."districtId"), ''),
  d."districtId", d.address, d.latitude, d.longitude, d.phone, d."openedOn", d."hallOf"`;
const DETAIL_SHAPE = `d(kind text, name jsonb, "districtId" integer, address text, latitude numeric, longitude numeric,
  phone text, "openedOn" date, "hallOf" integer)`;

/** A new centre; gives its id. Throws the database's refusals (centre_code_key, centre_district_id_fkey, centre_hall_of_fkey). */
export async function insertCentre(tx: Write, code: string, zone: TimeZone, details: CentreDetails): Promise<number> {
  await tx.query('lock table centre in share row exclusive mode');
  const { rows } = await tx.query<{ centreId: number }>(
    `insert into centre (centre_id, code, time_zone, ${DETAILS})
     select (select coalesce(max(centre_id), 0) + 1 from centre), $1, $3, ${DETAIL_VALUES} from jsonb_to_record($2) as ${DETAIL_SHAPE}
     returning centre_id as "centreId"`,
    [code, JSON.stringify(details), zone],
  );
  return (rows[0] as { centreId: number }).centreId;
}

export async function updateCentre(tx: Write, centreId: number, details: CentreDetails): Promise<void> {
  await tx.query(
    `update centre set (${DETAILS}) = (select ${DETAIL_VALUES} from jsonb_to_record($2) as ${DETAIL_SHAPE}) where centre_id = $1`,
    [centreId, JSON.stringify(details)],
  );
}

export async function setShut(tx: Write, centreId: number, reason: ShutReason | null): Promise<void> {
  await tx.query('update centre set shut_reason = $2 where centre_id = $1', [centreId, reason]);
}

export async function networkHistory(tx: Read) {
  const { rows } = await tx.query<{ year: number; text: { ru: string; en: string }; source: string }>(
    `select year, json_build_object('ru', text_ru, 'en', text_en) as text, source from network_history order by year, entry`,
  );
  return rows;
}

export async function putHistory(tx: Write, year: number, entries: readonly unknown[]): Promise<void> {
  await tx.query('delete from network_history where year = $1', [year]);
  await tx.query(
    `insert into network_history (year, entry, text_ru, text_en, source)
     select $1, row_number() over (), r.text->>'ru', r.text->>'en', r.source
     from jsonb_to_recordset($2) as r(text jsonb, source text)`,
    [year, JSON.stringify(entries)],
  );
}

/** The hours of mobile centres on the days on which they stop somewhere, from the first stop to the last. */
export async function stopHours(tx: Read): Promise<Map<number, ClosureRow[]>> {
  const { rows } = await tx.query<ClosureRow>(
    `select centre_id, day::text as day, to_char(min(opens), 'HH24:MI') as opens, to_char(max(closes), 'HH24:MI') as closes,
       'other' as reason
     from mobile_stop join centre using (centre_id) where kind = 'mobile' group by centre_id, day`,
  );
  const byCentre = new Map<number, ClosureRow[]>();
  for (const row of rows) byCentre.set(row.centre_id, [...(byCentre.get(row.centre_id) ?? []), row]);
  return byCentre;
}
