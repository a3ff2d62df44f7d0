import type { Paper, PrintFault } from '../../../contract/printing.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** Nobody wants a ticket that comes out so much later. */
const WANTED_SECONDS = 60;

export async function insertJob(tx: Write, centreId: number, jobId: string, paper: Paper): Promise<void> {
  await tx.query('insert into print_job (job_id, centre_id, body) values ($1, $2, $3) on conflict do nothing', [
    jobId,
    centreId,
    JSON.stringify(paper),
  ]);
}

/** Gives waiting jobs to one agent. Those that came too late end, so that they do not come out all at once later. */
export async function takeJobs(tx: Write, centreId: number) {
  await tx.query(
    `update print_job set ended_at = clock_timestamp(), fault = 'too-late', body = null
     where centre_id = $1 and ended_at is null and asked_at < clock_timestamp() - make_interval(secs => ${WANTED_SECONDS})`,
    [centreId],
  );
  const { rows } = await tx.query<{ jobId: string; paper: Paper; askedAt: number }>(
    `update print_job set taken_at = clock_timestamp() where job_id in (
       select job_id from print_job where centre_id = $1 and ended_at is null and taken_at is null
       order by asked_at limit 10 for update skip locked) and body is not null
     returning job_id as "jobId", body as paper, instant_ms(asked_at)::float8 as "askedAt"`,
    [centreId],
  );
  return rows.toSorted((a, b) => a.askedAt - b.askedAt);
}

/** Ends a job and forgets what was on the paper; false when there is none. */
export async function endJob(tx: Write, centreId: number, jobId: string, fault: PrintFault | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update print_job set ended_at = clock_timestamp(), fault = $3, body = null
     where centre_id = $1 and job_id = $2 and ended_at is null`,
    [centreId, jobId, fault],
  );
  return rowCount === 1;
}

export async function jobState(tx: Read, centreId: number, jobId: string) {
  const { rows } = await tx.query<{ state: 'waiting' | 'taken' | 'printed' | 'failed'; fault: PrintFault | null }>(
    `select case when ended_at is null then case when taken_at is null then 'waiting' else 'taken' end
       when fault is null then 'printed' else 'failed' end as state, fault
     from print_job where centre_id = $1 and job_id = $2`,
    [centreId, jobId],
  );
  return rows[0] ?? null;
}

/** Deletes jobs of days past. */
export async function sweepJobs(tx: Write): Promise<void> {
  await tx.query(`delete from print_job where asked_at < clock_timestamp() - interval '2 days'`);
}
