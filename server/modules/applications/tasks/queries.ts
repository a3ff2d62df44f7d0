import { randomUUID } from 'node:crypto';
import type { TaskKind } from '../../../../core/applications/task-kinds.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { Application } from '../queries.ts';

/** Something that a person has to see to. */
export interface TaskRow {
  readonly taskId: string;
  readonly kind: TaskKind;
  readonly applicationId: string | null;
  readonly number: string | null;
  readonly manifestId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly openedAt: Instant;
}

/** Opens a task, in the transaction that gives the reason for it. One that is open already is not opened twice. */
export async function openTask(
  tx: Write,
  {
    kind,
    application,
    centreId = application?.centreId ?? null,
    manifestId = null,
    details = {},
  }: {
    readonly kind: TaskKind;
    readonly application: Pick<Application, 'applicationId' | 'centreId' | 'agencyId'> | null;
    readonly centreId?: number | null;
    readonly manifestId?: string | null;
    readonly details?: Readonly<Record<string, unknown>>;
  },
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into case_task (task_id, kind, application_id, centre_id, agency_id, manifest_id, details, opened_at)
     select $1, $2, $3, $4, $5, $6, $7, instant_of($8)
     where not exists (select 1 from case_task where kind = $2 and application_id = $3 and details = $7 and closed_at is null)`,
    [
      randomUUID(),
      kind,
      application?.applicationId ?? null,
      centreId,
      application?.agencyId ?? null,
      manifestId,
      JSON.stringify(details),
      at,
    ],
  );
}

/** The open tasks of a centre, the oldest first. */
export async function openTasks(tx: Read, centreId: number): Promise<TaskRow[]> {
  const { rows } = await tx.query<TaskRow>(
    `select t.task_id as "taskId", t.kind, t.application_id as "applicationId", a.number, t.manifest_id as "manifestId",
       t.details, instant_ms(t.opened_at)::float8 as "openedAt"
     from case_task t left join application a using (application_id)
     where t.centre_id = $1 and t.closed_at is null order by t.opened_at limit 300`,
    [centreId],
  );
  return rows;
}

/** The centre of an open task; null when there is no such. */
export async function centreOfTask(tx: Read, taskId: string): Promise<number | null> {
  const { rows } = await tx.query<{ centreId: number | null }>(
    'select centre_id as "centreId" from case_task where task_id = $1 and closed_at is null',
    [taskId],
  );
  return rows[0]?.centreId ?? null;
}

export async function closeTask(
  tx: Write,
  taskId: string,
  { by, outcome, at }: { readonly by: string | null; readonly outcome: string; readonly at: Instant },
): Promise<void> {
  await tx.query(
    `update case_task set closed_at = instant_of($2), closed_by = $3, outcome = $4 where task_id = $1 and closed_at is null`,
    [taskId, at, by, outcome],
  );
}

/** Closes what is settled by itself; with details only tasks that have these. */
export async function settleTasks(
  tx: Write,
  kinds: TaskKind | readonly TaskKind[],
  applicationId: string,
  at: Instant,
  details: Readonly<Record<string, string>> = {},
): Promise<void> {
  await tx.query(
    `update case_task set closed_at = instant_of($3), outcome = 'settled'
     where kind = any($1) and application_id = $2 and closed_at is null and details @> $4`,
    [[kinds].flat(), applicationId, at, JSON.stringify(details)],
  );
}
