import { GENERAL_MINUTES } from '../../../../core/queue/configuration.ts';
import type { CentreId, GroupId } from '../../../../core/queue/ids.ts';
import type { CivilDate, CivilTime } from '../../../../core/time/civil.ts';
import type { Read } from '../../../platform/handles.ts';
import type { Words } from '../new-centre.ts';

/** What a centre has to receive with: windows, what works of its equipment, and who is planned to sit there. */
export interface CentreMeans {
  readonly centreId: CentreId;
  readonly windows: number;
  /** How many windows are equipped for each group. */
  readonly equipped: Readonly<Record<GroupId, number>>;
  /** Pieces of equipment that do not work. */
  readonly broken: readonly number[];
  /** The plan by weekday within dates (both included; null: without end), by the wall-clock time at which a half hour begins. */
  readonly weekPlan: readonly {
    readonly weekday: number;
    readonly from: CivilDate;
    readonly to: CivilDate | null;
    readonly starts: CivilTime;
    readonly windows: number;
  }[];
  /** Days that have a plan of their own. */
  readonly dayPlans: readonly { readonly day: CivilDate; readonly starts: CivilTime; readonly windows: number }[];
}

/** The means of one centre, or of all (null), with plans for days from `from` on. */
export async function centreMeans(
  tx: Read,
  centreId: CentreId | null,
  from: CivilDate,
): Promise<Map<CentreId, CentreMeans>> {
  const { rows } = await tx.query<CentreMeans>(
    `select c.centre_id as "centreId",
       (select count(*)::integer from centre_window w where w.centre_id = c.centre_id) as windows,
       coalesce((select jsonb_object_agg(group_id, n) from (
         select group_id, count(*) as n from centre_window_group g where g.centre_id = c.centre_id group by group_id) e), '{}') as equipped,
       array(select equipment_id from equipment e where e.centre_id = c.centre_id and broken_since is not null) as broken,
       coalesce((select jsonb_agg(jsonb_build_object('weekday', weekday, 'from', lower(valid), 'to', upper(valid) - 1,
           'starts', to_char(starts, 'HH24:MI'), 'windows', windows))
         from planned_windows p where p.centre_id = c.centre_id and (upper(valid) is null or upper(valid) > $2::date)), '[]') as "weekPlan",
       coalesce((select jsonb_agg(jsonb_build_object('day', day, 'starts', to_char(starts, 'HH24:MI'), 'windows', windows))
         from day_plan d where d.centre_id = c.centre_id and day >= $2::date), '[]') as "dayPlans"
     from centre c where $1::integer is null or c.centre_id = $1`,
    [centreId, from],
  );
  return new Map(rows.map((row) => [row.centreId, row]));
}

/** A service as a centre gives it. `off`: days on which it does not, both ends included. */
export interface GivenService {
  readonly centreId: CentreId;
  readonly serviceId: string;
  readonly groupId: GroupId;
  readonly name: Words;
  readonly minutes: number;
  readonly off: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
}

/** Every service of every centre: the named ones, and the general one of each group that has no service of its name. */
export async function givenServices(tx: Read): Promise<GivenService[]> {
  const { rows } = await tx.query<GivenService>(
    `with given as (
       select centre_id, service_id, group_id, name_ru, name_en, minutes, place from centre_service
       union all
       select g.centre_id, g.group_id, g.group_id, g.name_ru, g.name_en, $1::smallint, 1000 + g.place from service_group g
       where not exists (select from centre_service s where s.centre_id = g.centre_id and s.service_id = g.group_id)
     )
     select s.centre_id as "centreId", s.service_id as "serviceId", s.group_id as "groupId",
       json_build_object('ru', s.name_ru, 'en', s.name_en) as name, s.minutes,
       coalesce(o.off, '[]') as off
     from given s left join (
       select centre_id, service_id, jsonb_agg(jsonb_build_object('from', lower(days), 'to', upper(days) - 1)) as off
       from service_off group by 1, 2
     ) o using (centre_id, service_id)
     order by s.centre_id, s.place`,
    [GENERAL_MINUTES],
  );
  return rows;
}

/** How service groups are called, by their ids: as most centres call them. */
export async function groupNames(tx: Read): Promise<Map<GroupId, Words>> {
  const { rows } = await tx.query<{ groupId: GroupId; name: Words }>(
    `select distinct on (group_id) group_id as "groupId", json_build_object('ru', name_ru, 'en', name_en) as name
     from (select group_id, name_ru, name_en, count(*) as n from service_group group by 1, 2, 3) g order by group_id, n desc, name_ru`,
  );
  return new Map(rows.map(({ groupId, name }) => [groupId, name]));
}
