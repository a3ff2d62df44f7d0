import type { Stop, Term } from '../../../../core/terms/term.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { SYSTEM } from '../../../platform/audit.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { Dates } from '../queries.ts';

/** A term that still runs. */
export interface RunningTerm extends Dates {
  readonly applicationId: string;
  readonly term: Term;
  readonly registeredOn: CivilDate;
  readonly receivedOn: CivilDate | null;
  readonly extension: number;
  readonly stops: readonly Stop[];
}

/** Running terms after one in the order of their ids; those that ended before the first changed day are passed over. */
export async function runningTerms(
  tx: Read,
  afterId: string,
  from: CivilDate,
  count: number,
): Promise<{ readonly last: string | null; readonly rows: readonly RunningTerm[] }> {
  const { rows } = await tx.query<RunningTerm & { touched: boolean }>(
    `select a.application_id as "applicationId", term, registered_on::text as "registeredOn", received_on::text as "receivedOn",
       extension, last_day::text as "lastDay", promised::text, dispatch_by::text as "dispatchBy", agency_by::text as "agencyBy",
       centre_late_days as "centreLateDays", term_fault as "termFault",
       coalesce(last_day >= $3 or agency_by >= $3, true) as touched,
       case when exists (select from application_stop s where s.application_id = a.application_id) then (
         select json_agg(json_build_object('from', from_day, 'until', until_day, 'clock', clock) order by place)
         from application_stop s where s.application_id = a.application_id
       ) else '[]' end as stops
     from application a
     where a.application_id > $1 and ended_on is null and term is not null and registered_on is not null
     order by a.application_id limit $2`,
    [afterId, count, from],
  );
  return { last: rows.at(-1)?.applicationId ?? null, rows: rows.filter(({ touched }) => touched) };
}

/** Writes new dates, each with the old one. A term that has changed or ended meanwhile keeps what it has. */
export async function moveDates(
  tx: Write,
  moved: readonly { readonly was: RunningTerm; readonly is: Dates }[],
  serial: number,
  at: Instant,
): Promise<void> {
  const column = <Value>(of: (one: (typeof moved)[number]) => Value) => moved.map(of);
  await tx.query(
    `with wanted as (
       select * from unnest($1::uuid[], $2::date[], $3::date[], $4::date[], $5::date[], $6::date[], $7::smallint[], $8::text[])
         as w(id, was, last_day, promised, dispatch_by, agency_by, late, fault)
     ), changed as (
       update application a set last_day = w.last_day, promised = w.promised, dispatch_by = w.dispatch_by, agency_by = w.agency_by,
         centre_late_days = w.late, term_fault = w.fault, changed_at = instant_of($10)
       from wanted w where a.application_id = w.id and a.ended_on is null
         and a.last_day is not distinct from w.was returning a.application_id, a.state, w.was, a.last_day
     )
     insert into application_event (application_id, seq, at, actor_kind, actor_id, move, state, details)
     select c.application_id, coalesce((select max(seq) from application_event e where e.application_id = c.application_id), 0) + 1,
       instant_of($10), $11, $12, 'recount', c.state, jsonb_build_object('calendar', $9::integer, 'from', c.was, 'to', c.last_day)
     from changed c`,
    [
      column(({ was }) => was.applicationId),
      column(({ was }) => was.lastDay),
      column(({ is }) => is.lastDay),
      column(({ is }) => is.promised),
      column(({ is }) => is.dispatchBy),
      column(({ is }) => is.agencyBy),
      column(({ is }) => is.centreLateDays),
      column(({ is }) => is.termFault),
      serial,
      at,
      SYSTEM.kind,
      SYSTEM.id,
    ],
  );
}

/** Closes the tasks of terms that could not be counted and now are. */
export async function settleUnknownTerms(tx: Write, ids: readonly string[], at: Instant): Promise<void> {
  await tx.query(
    `update case_task t set closed_at = instant_of($2), outcome = 'settled' from application a
     where t.kind = 'term-unknown' and t.closed_at is null and t.application_id = any($1)
       and a.application_id = t.application_id and a.term_fault is null`,
    [ids, at],
  );
}
