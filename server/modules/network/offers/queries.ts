import type { SkillLevel } from '../../../../core/queue/configuration.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { Words } from '../new-centre.ts';

/** A group of the catalogue as centres have it. */
export interface OfferedGroup {
  readonly groupId: string;
  readonly letter: string;
  readonly name: Words;
  readonly place: number;
}

/** A service of the catalogue as centres of these kinds give it. */
export interface OfferedService {
  readonly serviceId: string;
  readonly groupId: string;
  readonly name: Words;
  readonly level: SkillLevel;
  readonly minutes: number;
  readonly givenAt: readonly string[];
  /** True for a service that is given by appointment only. */
  readonly bookingOnly: boolean;
}

/** Gives these services at every centre of their kinds; gives the centres where anything changed. */
export async function offer(
  tx: Write,
  groups: readonly OfferedGroup[],
  services: readonly OfferedService[],
): Promise<number[]> {
  const { rows } = await tx.query<{ centreId: number }>(
    `with groups as (
       select g."groupId" as group_id, g.letter, g.name->>'ru' as ru, g.name->>'en' as en, g.place
       from jsonb_to_recordset($1) as g("groupId" text, letter text, name jsonb, place smallint)
     ), services as (
       select s."serviceId" as service_id, s."groupId" as group_id, s.name->>'ru' as ru, s.name->>'en' as en, s.level, s.minutes, s."bookingOnly" as booking_only,
         s."givenAt" as kinds, row_number() over () as place
       from jsonb_to_recordset($2) as s("serviceId" text, "groupId" text, name jsonb, level smallint, minutes smallint,
         "givenAt" jsonb, "bookingOnly" boolean)
     ), given as (
       select c.centre_id, s.* from services s join centre c on s.kinds ? c.kind
     ), group_rows as (
       insert into service_group (centre_id, group_id, letter, name_ru, name_en, place)
       select distinct given.centre_id, g.group_id, g.letter, g.ru, g.en, g.place from groups g join given using (group_id)
       on conflict (centre_id, group_id) do nothing
       returning centre_id, group_id
     ), window_rows as (
       insert into centre_window_group (centre_id, window_id, group_id)
       select w.centre_id, w.window_id, r.group_id from group_rows r join centre_window w using (centre_id)
       on conflict do nothing
     ), service_rows as (
       insert into centre_service (centre_id, service_id, group_id, name_ru, name_en, level, minutes, place, booking_only)
       select centre_id, service_id, group_id, ru, en, level, minutes, place, booking_only from given
       on conflict (centre_id, service_id) do update set group_id = excluded.group_id, name_ru = excluded.name_ru,
         name_en = excluded.name_en, level = excluded.level, minutes = excluded.minutes, booking_only = excluded.booking_only
       where (centre_service.group_id, centre_service.name_ru, centre_service.name_en, centre_service.level, centre_service.minutes, centre_service.booking_only)
         is distinct from (excluded.group_id, excluded.name_ru, excluded.name_en, excluded.level, excluded.minutes, excluded.booking_only)
       returning centre_id
     )
     select centre_id as "centreId" from group_rows union select centre_id from service_rows`,
    [JSON.stringify(groups), JSON.stringify(services)],
  );
  return rows.map(({ centreId }) => centreId);
}

/** No centre gives the service any more, but for those where it is on trial. Gives the centres that did. */
export async function withdraw(tx: Write, serviceId: string): Promise<number[]> {
  await tx.query('delete from service_off where service_id = $1', [serviceId]);
  const { rows } = await tx.query<{ centreId: number }>(
    'delete from centre_service where service_id = $1 returning centre_id as "centreId"',
    [serviceId],
  );
  return rows.map(({ centreId }) => centreId);
}

/** The letters under which any centre gives numbers, those of the named groups aside. */
export async function lettersInUse(tx: Read, aside: readonly string[] = []): Promise<string[]> {
  const { rows } = await tx.query<{ letter: string }>(
    'select distinct letter from service_group where group_id <> all($1)',
    [aside],
  );
  return rows.map(({ letter }) => letter);
}
