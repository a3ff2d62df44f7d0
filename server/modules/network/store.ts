import type { CentreId } from '../../../core/queue/ids.ts';
import type { CivilDate, CivilTime, TimeZone } from '../../../core/time/civil.ts';
import { type Database, sql } from '../../platform/database.ts';
import type { NewCentre } from './import-network.ts';

type Tables = {
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
  };
  centre_hours: { centre_id: number; weekday: number; valid: string; opens: string; closes: string };
  service_group: {
    centre_id: number;
    group_id: string;
    letter: string;
    name_ru: string;
    name_en: string;
    place: number;
  };
  centre_window: { centre_id: number; window_id: number };
  centre_window_group: { centre_id: number; window_id: number; group_id: string };
};

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

const tables = (database: Database) => database.kysely.withTables<Tables>();

/** All centres in the order of their ids. */
export async function centres(database: Database): Promise<CentreRow[]> {
  return tables(database)
    .selectFrom('centre')
    .selectAll()
    .select((from) =>
      from
        .selectFrom('centre_window')
        .whereRef('centre_window.centre_id', '=', 'centre.centre_id')
        .select((count) => count.fn.countAll<number>().as('windows'))
        .as('windows'),
    )
    .orderBy('centre_id')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, windows: Number(row.windows) })));
}

/** True while no centre has been added. */
export async function isNetworkEmpty(database: Database): Promise<boolean> {
  return (await tables(database).selectFrom('centre').select('centre_id').limit(1).executeTakeFirst()) === undefined;
}

/** The hours of all centres. */
export async function hours(database: Database): Promise<Map<CentreId, HoursRow[]>> {
  const rows = await tables(database)
    .selectFrom('centre_hours')
    .select(['centre_id', 'weekday'])
    .select([
      sql<CivilDate>`lower(valid)::text`.as('validFrom'),
      sql<CivilDate | null>`(upper(valid) - 1)::text`.as('validTo'),
      sql<CivilTime>`to_char(opens, 'HH24:MI')`.as('opens'),
      sql<CivilTime>`to_char(closes, 'HH24:MI')`.as('closes'),
    ])
    .orderBy('weekday')
    .execute();
  const byCentre = new Map<CentreId, HoursRow[]>();
  for (const { centre_id: centreId, ...row } of rows) byCentre.set(centreId, [...(byCentre.get(centreId) ?? []), row]);
  return byCentre;
}

/** The service groups of a centre in the order in which they are shown. */
export async function groups(database: Database, centreId: CentreId): Promise<Tables['service_group'][]> {
  return tables(database)
    .selectFrom('service_group')
    .selectAll()
    .where('centre_id', '=', centreId)
    .orderBy('place')
    .execute();
}

/** The windows of a centre with what they are equipped for. */
export async function windows(
  database: Database,
  centreId: CentreId,
): Promise<{ windowId: number; groupIds: string[] }[]> {
  return tables(database)
    .selectFrom('centre_window')
    .leftJoin('centre_window_group as g', (join) =>
      join.onRef('g.centre_id', '=', 'centre_window.centre_id').onRef('g.window_id', '=', 'centre_window.window_id'),
    )
    .select('centre_window.window_id as windowId')
    .select(
      sql<string[]>`coalesce(array_agg(g.group_id order by g.group_id) filter (where g.group_id is not null), '{}')`.as(
        'groupIds',
      ),
    )
    .where('centre_window.centre_id', '=', centreId)
    .groupBy('centre_window.window_id')
    .orderBy('centre_window.window_id')
    .execute();
}

/** Writes new centres with all that belongs to them, in one transaction. The constraints of the tables decide what is right. */
export async function insertCentres(database: Database, added: readonly NewCentre[]): Promise<void> {
  await tables(database)
    .transaction()
    .execute(async (transaction) => {
      const insert = async <Table extends keyof Tables>(table: Table, rows: Tables[Table][]) => {
        for (let start = 0; start < rows.length; start += 1_000) {
          await transaction
            .insertInto(table)
            .values(rows.slice(start, start + 1_000) as never)
            .execute();
        }
      };
      await insert(
        'centre',
        added.map((centre) => centreRow(centre)),
      );
      await insert(
        'centre_hours',
        added.flatMap(({ centreId, hours: all }) =>
          all.map(({ weekday, validFrom, validTo, opens, closes }) => ({
            centre_id: centreId,
            weekday,
            opens,
            closes,
            valid: `[${validFrom},${validTo ?? ''}]`,
          })),
        ),
      );
      await insert(
        'service_group',
        added.flatMap(({ centreId, groups: all }) =>
          all.map(({ groupId, letter, name }, place) => ({
            centre_id: centreId,
            group_id: groupId,
            letter,
            name_ru: name.ru,
            name_en: name.en,
            place,
          })),
        ),
      );
      await insert(
        'centre_window',
        added.flatMap(({ centreId, windows: all }) =>
          all.map(({ windowId }) => ({ centre_id: centreId, window_id: windowId })),
        ),
      );
      await insert(
        'centre_window_group',
        added.flatMap(({ centreId, windows: all }) =>
          all.flatMap(({ windowId, groupIds }) =>
            groupIds.map((groupId) => ({ centre_id: centreId, window_id: windowId, group_id: groupId })),
          ),
        ),
      );
    });
}

function centreRow({
  centreId,
  code,
  kind,
  name,
  district,
  timeZone,
  walkInLimitMinutes,
  readyAfterSeconds,
}: NewCentre): Tables['centre'] {
  return {
    centre_id: centreId,
    code,
    kind,
    name_ru: name.ru,
    name_en: name.en,
    district_ru: district.ru,
    district_en: district.en,
    time_zone: timeZone,
    walk_in_limit_minutes: walkInLimitMinutes,
    ready_after_seconds: readyAfterSeconds,
  };
}
