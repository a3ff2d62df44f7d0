import type { Refusal } from '../../../contract/planning.ts';
import type { HistoryDay } from '../../../core/planning/forecast.ts';
import type { CentreId, GroupId } from '../../../core/queue/ids.ts';
import type { CivilDate, TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';

const HALF_HOURS = 48;
/** A step that lasted longer was forgotten, not served. */
const STEP_MINUTES_MAX = 180;
const STEPS_MIN = 30;

/**
 * How many came in each half hour of the days before one, by service group: what was imported, and else the centre's own visits.
 * Half hours are of the centre's wall clock. At most so many days back.
 */
export async function historyOf(
  tx: Read,
  centreId: CentreId,
  zone: TimeZone,
  before: CivilDate,
  daysBack: number,
): Promise<Map<GroupId, HistoryDay[]>> {
  const { rows } = await tx.query<{ day: CivilDate; groupId: GroupId; slots: number[]; visitors: number[] }>(
    `with imported as (
       select day, group_id, half_hour, visitors from arrival_history
       where centre_id = $1 and day < $3 and day >= $3::date - $4::integer
     ), own as (
       select day, group_id,
              (floor(extract(epoch from (taken_at at time zone $2)::time) / 1800))::integer as half_hour,
              count(*)::integer as visitors
       from visit
       where centre_id = $1 and day < $3 and day >= $3::date - $4::integer
         and not exists (select from imported i where i.day = visit.day)
       group by 1, 2, 3
     ), counted as (
       select day, group_id, half_hour, visitors from imported union all select day, group_id, half_hour, visitors from own
     )
     select day::text as day, group_id as "groupId", array_agg(half_hour::integer) as slots, array_agg(visitors) as visitors
     from counted group by day, group_id order by day`,
    [centreId, zone, before, daysBack],
  );
  const groups = new Map<GroupId, HistoryDay[]>();
  for (const { day, groupId, slots, visitors } of rows) {
    const counts = Array.from({ length: HALF_HOURS }, () => 0);
    slots.forEach((slot, index) => (counts[slot] = visitors[index] ?? 0));
    groups.set(groupId, [...(groups.get(groupId) ?? []), { day, counts }]);
  }
  return groups;
}

/** What a service of each group took of late, in minutes; groups with few services are left out. */
export async function servedMinutes(
  tx: Read,
  centreId: CentreId,
  before: CivilDate,
  daysBack: number,
): Promise<Map<GroupId, number>> {
  const { rows } = await tx.query<{ groupId: GroupId; minutes: number }>(
    `select group_id as "groupId", (avg(extract(epoch from ended_at - started_at)) / 60)::float8 as minutes
     from visit_step
     where centre_id = $1 and day < $2 and day >= $2::date - $3::integer and outcome = 'done'
       and ended_at - started_at < make_interval(mins => $4)
     group by group_id having count(*) >= $5`,
    [centreId, before, daysBack, STEP_MINUTES_MAX, STEPS_MIN],
  );
  return new Map(rows.map(({ groupId, minutes }) => [groupId, minutes]));
}

export interface ArrivalCount {
  readonly centreId: CentreId;
  readonly day: CivilDate;
  readonly groupId: GroupId;
  readonly halfHour: number;
  readonly visitors: number;
}

/** Writes imported counts, all or none; a day of a centre that was imported before is replaced. */
export function keepArrivals(db: Db, counts: readonly ArrivalCount[]): Promise<void> {
  return db.write((tx) => replaceArrivals(tx, counts));
}

async function replaceArrivals(tx: Write, counts: readonly ArrivalCount[]): Promise<void> {
  const columns = {
    centreIds: counts.map(({ centreId }) => centreId),
    days: counts.map(({ day }) => day),
  };
  await tx.query(
    `delete from arrival_history h using (select distinct * from unnest($1::integer[], $2::date[]) as u(centre_id, day)) d
     where h.centre_id = d.centre_id and h.day = d.day`,
    [columns.centreIds, columns.days],
  );
  await tx.query(
    `insert into arrival_history (centre_id, day, group_id, half_hour, visitors)
     select * from unnest($1::integer[], $2::date[], $3::text[], $4::smallint[], $5::integer[])`,
    [
      columns.centreIds,
      columns.days,
      counts.map(({ groupId }) => groupId),
      counts.map(({ halfHour }) => halfHour),
      counts.map(({ visitors }) => visitors),
    ],
  );
}

export async function isAdviceOn(tx: Read, centreId: CentreId): Promise<boolean> {
  const { rows } = await tx.query<{ enabled: boolean }>('select enabled from advice_setting where centre_id = $1', [
    centreId,
  ]);
  return rows[0]?.enabled ?? false;
}

export async function switchAdvice(tx: Write, centreId: CentreId, enabled: boolean, at: Instant): Promise<void> {
  await tx.query(
    `insert into advice_setting (centre_id, enabled, changed_at) values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict (centre_id) do update set enabled = excluded.enabled, changed_at = excluded.changed_at`,
    [centreId, enabled, at],
  );
}

export interface AdviceAnswer {
  readonly at: Instant;
  readonly kind: 'open-windows' | 'send-on';
  readonly windows: number | null;
  readonly toCentreId: CentreId | null;
  readonly waiting: number;
  readonly open: number;
  readonly accepted: boolean;
  readonly refusal: Refusal | null;
}

export async function keepAnswer(
  tx: Write,
  { centreId, day }: { readonly centreId: CentreId; readonly day: CivilDate },
  answer: AdviceAnswer,
  by: string | null,
): Promise<void> {
  await tx.query(
    `insert into advice_answer (centre_id, day, answered_at, kind, windows, to_centre_id, waiting, open_windows, accepted, reason, answered_by)
     values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      centreId,
      day,
      answer.at,
      answer.kind,
      answer.windows,
      answer.toCentreId,
      answer.waiting,
      answer.open,
      answer.accepted,
      answer.refusal,
      by,
    ],
  );
}

/** The answers of a day, newest first. */
export async function answersOn(tx: Read, centreId: CentreId, day: CivilDate): Promise<AdviceAnswer[]> {
  const { rows } = await tx.query<AdviceAnswer>(
    `select (extract(epoch from answered_at) * 1000)::float8 as at, kind, windows, to_centre_id as "toCentreId", waiting,
            open_windows as open, accepted, reason as refusal
     from advice_answer where centre_id = $1 and day = $2 order by answered_at desc limit 500`,
    [centreId, day],
  );
  return rows;
}

/** The windows of a day, or none: then the plan of the weekday holds. In the caller's transaction. */
export async function keepDayPlan(
  tx: Write,
  centreId: CentreId,
  day: CivilDate,
  plan: readonly { readonly starts: string; readonly windows: number }[],
): Promise<void> {
  await tx.query('delete from day_plan where centre_id = $1 and day = $2', [centreId, day]);
  await tx.query(
    'insert into day_plan (centre_id, day, starts, windows) select $1, $2, * from unnest($3::time[], $4::smallint[])',
    [centreId, day, plan.map(({ starts }) => starts), plan.map(({ windows }) => windows)],
  );
}
