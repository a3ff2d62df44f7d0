import type { Read, Write } from '../../../platform/handles.ts';
import type { Words } from '../new-centre.ts';

/** A district: in another one, or directly in the network. */
export interface DistrictRow {
  readonly districtId: number;
  readonly parentId: number | null;
  readonly name: Words;
}

/** Every district by its id. */
export async function districts(tx: Read): Promise<ReadonlyMap<number, DistrictRow>> {
  const { rows } = await tx.query<DistrictRow>(
    `select district_id as "districtId", parent_id as "parentId", json_build_object('ru', name_ru, 'en', name_en) as name
     from district order by name_ru`,
  );
  return new Map(rows.map((row) => [row.districtId, row]));
}

/** The id of the district of this name in this parent, which is made where there is none. */
export async function ensureDistrict(tx: Write, name: Words, parentId: number | null): Promise<number> {
  const found = `select district_id as id from district where name_ru = $1 and parent_id is not distinct from $2`;
  const { rows } = await tx.query<{ id: number }>(found, [name.ru, parentId]);
  if (rows[0] !== undefined) return rows[0].id;
  const { rows: made } = await tx.query<{ id: number }>(
    'insert into district (name_ru, name_en, parent_id) values ($1, $2, $3) returning district_id as id',
    [name.ru, name.en, parentId],
  );
  return (made[0] as { id: number }).id;
}

/** Throws the database's refusal for a name that is taken (district_by_name) or an unknown parent. */
export async function insertDistrict(tx: Write, name: Words, parentId: number | null): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    'insert into district (name_ru, name_en, parent_id) values ($1, $2, $3) returning district_id as id',
    [name.ru, name.en, parentId],
  );
  return (rows[0] as { id: number }).id;
}

/** Throws the database's refusal when the district would lie in itself (district_is_no_loop). False: there is none. */
export async function updateDistrict(tx: Write, { districtId, name, parentId }: DistrictRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update district set name_ru = $2, name_en = $3, parent_id = $4 where district_id = $1',
    [districtId, name.ru, name.en, parentId],
  );
  return rowCount === 1;
}

/** How many centres there are, how many of them are shut today, and how many of the others have hours in force. */
export async function centresWithHours(tx: Read): Promise<{ all: number; shut: number; withHours: number }> {
  const { rows } = await tx.query<{ all: number; shut: number; withHours: number }>(
    `with today as (select centre_id, shut_reason is not null as shut from centre)
     select count(*)::int as all, (count(*) filter (where shut))::int as shut,
       (count(*) filter (where not shut and exists (
         select from centre_hours h where h.centre_id = today.centre_id and h.valid @> current_date)))::int as "withHours"
     from today`,
  );
  return rows[0] as { all: number; shut: number; withHours: number };
}

/** Whether there is an agency with this code: one that is written down, or one that a published passport names. */
export async function hasAgency(tx: Read, agencyId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from agency where agency_id = $1
     union all select from service_version where state = 'published' and body->'agency'->>'code' = $1`,
    [agencyId],
  );
  return rowCount !== null && rowCount > 0;
}
