import type { Medium, ScreenSettings } from '../../../contract/screens.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { USUAL_SCREENS } from './settings.ts';

/** The settings of a centre's screens: each part that was never set is as usual. */
export async function settingsOf(tx: Read, centreId: CentreId): Promise<ScreenSettings> {
  const { rows } = await tx.query<{ settings: Partial<ScreenSettings> | null }>(
    'select settings from screen_setting where centre_id = $1',
    [centreId],
  );
  return { ...USUAL_SCREENS, ...rows[0]?.settings };
}

export async function putSettings(tx: Write, centreId: CentreId, settings: ScreenSettings): Promise<void> {
  await tx.query(
    `insert into screen_setting (centre_id, settings) values ($1, $2)
     on conflict (centre_id) do update set settings = excluded.settings`,
    [centreId, JSON.stringify(settings)],
  );
}

/** The norms of all centres that have their own. */
export async function ownNorms(tx: Read): Promise<Map<CentreId, ScreenSettings['hall']>> {
  const { rows } = await tx.query<{ centreId: CentreId; hall: ScreenSettings['hall'] }>(
    `select centre_id as "centreId", settings->'hall' as hall from screen_setting where settings ? 'hall'`,
  );
  return new Map(rows.map(({ centreId, hall }) => [centreId, hall]));
}

/** What is kept of a staff code: a salted hash. */
export interface StaffCode {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

export async function staffCodeOf(tx: Read, centreId: CentreId): Promise<StaffCode | null> {
  const { rows } = await tx.query<{ salt: Buffer | null; hash: Buffer | null }>(
    'select staff_code_salt as salt, staff_code_hash as hash from screen_setting where centre_id = $1',
    [centreId],
  );
  const { salt = null, hash = null } = rows[0] ?? {};
  return salt === null || hash === null ? null : { salt, hash };
}

export async function putStaffCode(tx: Write, centreId: CentreId, { salt, hash }: StaffCode): Promise<void> {
  await tx.query(
    `insert into screen_setting (centre_id, staff_code_salt, staff_code_hash) values ($1, $2, $3)
     on conflict (centre_id) do update set staff_code_salt = excluded.staff_code_salt, staff_code_hash = excluded.staff_code_hash`,
    [centreId, salt, hash],
  );
}

export async function mediaOf(tx: Read, centreId: CentreId): Promise<Medium[]> {
  const { rows } = await tx.query<Medium>(
    `select medium_id::float8 as "mediumId", name, type, seconds, octet_length(body) as bytes
     from board_medium where centre_id = $1 order by medium_id`,
    [centreId],
  );
  return rows;
}

export async function addMedium(
  tx: Write,
  centreId: CentreId,
  { name, type, seconds }: Pick<Medium, 'name' | 'type' | 'seconds'>,
  body: Buffer,
): Promise<number> {
  const { rows } = await tx.query<{ mediumId: number }>(
    `insert into board_medium (centre_id, name, type, seconds, body) values ($1, $2, $3, $4, $5)
     returning medium_id::float8 as "mediumId"`,
    [centreId, name, type, seconds, body],
  );
  return rows[0]?.mediumId ?? 0;
}

export async function mediumBody(tx: Read, mediumId: number): Promise<{ type: string; body: Buffer } | null> {
  const { rows } = await tx.query<{ type: string; body: Buffer }>(
    'select type, body from board_medium where medium_id = $1',
    [mediumId],
  );
  return rows[0] ?? null;
}

export async function dropMedium(tx: Write, centreId: CentreId, mediumId: number): Promise<boolean> {
  const { rowCount } = await tx.query('delete from board_medium where centre_id = $1 and medium_id = $2', [
    centreId,
    mediumId,
  ]);
  return rowCount === 1;
}

export interface ZoneRow {
  readonly zoneId: number;
  readonly name: { readonly ru: string; readonly en: string };
  readonly windowIds: number[];
}

/** The zones of a hall with their windows: of the centre and of those who share its hall. */
export async function zonesOf(tx: Read, hallId: CentreId): Promise<ZoneRow[]> {
  const { rows } = await tx.query<ZoneRow>(
    `select z.zone_id as "zoneId", json_build_object('ru', z.name_ru, 'en', z.name_en) as name,
            coalesce(array_agg(w.window_id order by w.window_id) filter (where w.window_id is not null), '{}') as "windowIds"
     from zone z join centre c on c.centre_id = z.centre_id and coalesce(c.hall_of, c.centre_id) = $1
     left join centre_window w on w.centre_id = z.centre_id and w.zone_id = z.zone_id
     group by z.centre_id, z.zone_id order by z.centre_id, z.zone_id`,
    [hallId],
  );
  return rows;
}
