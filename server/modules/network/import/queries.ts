import type { CentreId } from '../../../../core/queue/ids.ts';
import type { TimeZone } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import { ensureDistrict } from '../hierarchy/queries.ts';
import type { ListedCentre } from './centre-list.ts';

/** The centres that came from a list, as that list would have them now. */
export async function listedCentres(tx: Read): Promise<ListedCentre[]> {
  const { rows } = await tx.query<{ centre: ListedCentre }>(
    `with recursive chain as (
       select c.centre_id, d.parent_id, 1 as depth, jsonb_build_object('ru', d.name_ru, 'en', d.name_en) as name
       from centre c join district d using (district_id)
       union all
       select chain.centre_id, d.parent_id, chain.depth + 1, jsonb_build_object('ru', d.name_ru, 'en', d.name_en)
       from chain join district d on d.district_id = chain.parent_id
     )
     select jsonb_build_object(
       'sourceId', c.source_id,
       'siteId', coalesce(host.source_id, c.source_id),
       'kind', c.kind,
       'name', jsonb_build_object('ru', c.name_ru, 'en', c.name_en),
       'districts', (select jsonb_agg(name order by depth desc) from chain where chain.centre_id = c.centre_id),
       'address', c.address_ru, 'latitude', c.latitude::float8, 'longitude', c.longitude::float8, 'phone', c.phone,
       'openedOn', c.opened_on, 'areaM2', c.area_m2::float8,
       'windows', (select count(*) from centre_window w where w.centre_id = coalesce(c.hall_of, c.centre_id)),
       'shut', c.shut_reason is not null,
       'hours', (select coalesce(jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'),
           'closes', to_char(h.closes, 'HH24:MI')) order by h.weekday), '[]')
         from centre_hours h where h.centre_id = c.centre_id and upper(h.valid) is null),
       'accessibility', (select coalesce(jsonb_object_agg(a.need, a.level), '{}') from accessibility a where a.centre_id = c.centre_id),
       'amenities', (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'name',
           jsonb_build_object('ru', e.name_ru, 'en', e.name_en)) order by e.equipment_id), '[]')
         from equipment e where e.centre_id = c.centre_id and e.amenity)
     ) as centre
     from centre c left join centre host on host.centre_id = c.hall_of
     where c.source_id is not null
     order by c.centre_id`,
  );
  return rows.map(({ centre }) => inOrder(centre));
}

/** The members in the order in which a list is read, so that two centres compare by their text. */
function inOrder(centre: ListedCentre): ListedCentre {
  const needs = ['wheelchair', 'mobility', 'vision', 'hearing'].filter((need) => need in centre.accessibility);
  return {
    sourceId: centre.sourceId,
    siteId: centre.siteId,
    kind: centre.kind,
    name: words(centre.name),
    districts: centre.districts.map(words),
    address: centre.address,
    latitude: centre.latitude,
    longitude: centre.longitude,
    phone: centre.phone,
    openedOn: centre.openedOn,
    areaM2: centre.areaM2,
    windows: centre.windows,
    shut: centre.shut,
    hours: centre.hours.map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
    accessibility: Object.fromEntries(needs.map((need) => [need, centre.accessibility[need] as string])),
    amenities: centre.amenities.map((one) => ({ kind: one.kind, name: words(one.name) })),
  };
}

function words({ ru, en }: ListedCentre['name']): ListedCentre['name'] {
  return { ru, en };
}

/** Makes imports wait for one another: each compares the whole network. */
export async function lockNetwork(tx: Write): Promise<void> {
  await tx.query('lock table centre in share row exclusive mode');
}

/** The centre that came from a list under this id; null when none did. */
export async function centreOfSource(tx: Read, sourceId: string): Promise<CentreId | null> {
  const { rows } = await tx.query<{ centreId: CentreId }>(
    'select centre_id as "centreId" from centre where source_id = $1',
    [sourceId],
  );
  return rows[0]?.centreId ?? null;
}

/** Writes a centre of a list, new or known, in the caller's transaction. Gives its id and its hall. */
export async function putListedCentre(
  tx: Write,
  centre: ListedCentre,
  timeZone: TimeZone,
): Promise<{ readonly centreId: CentreId; readonly hallId: CentreId }> {
  let districtId: number | null = null;
  for (const district of centre.districts) districtId = await ensureDistrict(tx, district, districtId);
  const [largest = centre.name] = centre.districts;
  const { rows } = await tx.query<{ centreId: CentreId; hallId: CentreId }>(
    `insert into centre (centre_id, code, kind, name_ru, name_en, district_ru, district_en, time_zone, source_id, district_id,
       address_ru, latitude, longitude, phone, opened_on, area_m2, shut_reason, hall_of)
     values ((select coalesce(max(centre_id), 0) + 1 from centre), 'c-' || lower($1::text), $2, $3, $4, $5, $6, $7, $1, $8,
       $9, $10, $11, $12, $13, $14, $15, (select centre_id from centre where source_id = $16 and source_id <> $1))
     on conflict (source_id) do update set kind = excluded.kind, name_ru = excluded.name_ru, name_en = excluded.name_en,
       district_ru = excluded.district_ru, district_en = excluded.district_en, district_id = excluded.district_id,
       address_ru = excluded.address_ru, latitude = excluded.latitude, longitude = excluded.longitude, phone = excluded.phone,
       opened_on = excluded.opened_on, area_m2 = excluded.area_m2, hall_of = excluded.hall_of,
       shut_reason = case when excluded.shut_reason is null then null else coalesce(centre.shut_reason, excluded.shut_reason) end
     returning centre_id as "centreId", coalesce(hall_of, centre_id) as "hallId"`,
    [
      centre.sourceId,
      centre.kind,
      centre.name.ru,
      centre.name.en,
      largest.ru,
      largest.en,
      timeZone,
      districtId,
      centre.address,
      centre.latitude,
      centre.longitude,
      centre.phone,
      centre.openedOn,
      centre.areaM2,
      centre.shut ? 'repair' : null,
      centre.siteId,
    ],
  );
  const { centreId, hallId } = rows[0] as (typeof rows)[0];
  await putHours(tx, centreId, centre);
  await putWindows(tx, centreId, centre.sourceId === centre.siteId ? centre.windows : 0);
  await putExtras(tx, centreId, centre);
  return { centreId, hallId };
}

async function putHours(tx: Write, centreId: number, { hours, openedOn }: ListedCentre): Promise<void> {
  await tx.query('delete from centre_hours where centre_id = $1', [centreId]);
  await tx.query(
    `insert into centre_hours (centre_id, weekday, valid, opens, closes)
     select $1, h.weekday, daterange(coalesce($2::date, '2000-01-01'), null), h.opens, h.closes
     from jsonb_to_recordset($3) as h(weekday smallint, opens time, closes time)`,
    [centreId, openedOn, JSON.stringify(hours)],
  );
}

/** As many windows as the list says, equipped for every group that the centre has. */
async function putWindows(tx: Write, centreId: number, windows: number): Promise<void> {
  await tx.query('delete from centre_window_group where centre_id = $1 and window_id > $2', [centreId, windows]);
  await tx.query('delete from centre_window where centre_id = $1 and window_id > $2', [centreId, windows]);
  await tx.query(
    `with added as (
       insert into centre_window (centre_id, window_id) select $1, n from generate_series(1, $2::integer) as n
       on conflict do nothing returning window_id
     )
     insert into centre_window_group (centre_id, window_id, group_id)
     select $1, added.window_id, g.group_id from added, service_group g where g.centre_id = $1`,
    [centreId, windows],
  );
}

async function putExtras(tx: Write, centreId: number, centre: ListedCentre): Promise<void> {
  await tx.query('delete from accessibility where centre_id = $1', [centreId]);
  await tx.query('insert into accessibility (centre_id, need, level) select $1, key, value from jsonb_each_text($2)', [
    centreId,
    JSON.stringify(centre.accessibility),
  ]);
  // What stays keeps its state: a terminal that is broken is broken after an import, too.
  await tx.query(
    `delete from equipment where centre_id = $1 and amenity and kind <> all(select value->>'kind' from jsonb_array_elements($2))`,
    [centreId, JSON.stringify(centre.amenities)],
  );
  await tx.query(
    `insert into equipment (centre_id, equipment_id, kind, name_ru, name_en, amenity)
     select $1, (select coalesce(max(equipment_id), 0) from equipment where centre_id = $1) + row_number() over (order by a.place),
       a.value->>'kind', a.value->'name'->>'ru', a.value->'name'->>'en', true
     from jsonb_array_elements($2) with ordinality as a(value, place)
     where not exists (select from equipment e where e.centre_id = $1 and e.amenity and e.kind = a.value->>'kind')`,
    [centreId, JSON.stringify(centre.amenities)],
  );
}
