import type { ApplicationState } from '../../../../core/applications/life.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

type Over = readonly ApplicationState[];

/** Scans that no application needs any more: each in which one is used has been over for long enough. $1: states; $2: since. */
const OLD_SCANS = `from scan s where s.made_at < instant_of($2) and not exists (
  select from application_evidence e join application a using (application_id)
  where e.scan_id = s.scan_id and (a.state <> all($1) or a.changed_at >= instant_of($2)))`;

/** Applications that have been over for long enough and still say whose they were. */
const OLD_APPLICATIONS = `from application a where a.state = any($1) and a.changed_at < instant_of($2) and length(a.sealed) > 0`;

/** People of whom nothing is left but who they are: no application that says anything, no package, no scan, no signature under what runs. */
const OLD_PERSONS = `from person p where p.forgotten_at is null and p.changed_at < instant_of($2)
  and not exists (select from application a where (a.person_id = p.person_id or a.representative_id = p.person_id)
    and (a.state <> all($1) or length(a.sealed) > 0))
  and not exists (select from package k where k.person_id = p.person_id and k.made_at >= instant_of($2))
  and not exists (select from scan s where s.person_id = p.person_id)
  and not exists (select from application_signature g join application a using (application_id)
    where g.person_id = p.person_id and length(a.sealed) > 0)`;

const count = (from: string) => async (tx: Read, over: Over, since: Instant) => {
  const { rows } = await tx.query<{ count: number }>(`select count(*)::int as count ${from}`, [over, since]);
  return rows[0]?.count ?? 0;
};
export const countScans = count(OLD_SCANS);
export const countApplications = count(OLD_APPLICATIONS);
export const countPersons = count(OLD_PERSONS);

/** Removes some scans; gives how many. Their files wait to be taken out of the file store. */
export async function removeScans(tx: Write, over: Over, since: Instant, limit: number): Promise<number> {
  const { rows } = await tx.query<{ scanId: string }>(
    `select s.scan_id as "scanId" ${OLD_SCANS} limit $3 for update of s skip locked`,
    [over, since, limit],
  );
  const scanIds = rows.map(({ scanId }) => scanId);
  await tx.query(
    `update stored_file f set removed_at = clock_timestamp(), name = 'removed', sealed_name = null from scan_page p
     where p.file_id = f.file_id and p.scan_id = any($1)`,
    [scanIds],
  );
  await tx.query('update application_evidence set scan_id = null where scan_id = any($1)', [scanIds]);
  await tx.query('delete from scan where scan_id = any($1)', [scanIds]);
  return scanIds.length;
}

/** Takes what names people out of some applications; gives how many. */
export async function emptyApplications(tx: Write, over: Over, since: Instant, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `update application set sealed = '\\x' where application_id in (select a.application_id ${OLD_APPLICATIONS} limit $3)`,
    [over, since, limit],
  );
  return rowCount ?? 0;
}

/** Forgets some people, with the facts of their packages; gives how many. */
export async function forgetPersons(tx: Write, over: Over, since: Instant, limit: number): Promise<number> {
  const { rows } = await tx.query<{ personId: string }>(
    `update person set sealed = '\\x', forgotten_at = clock_timestamp(), edition = edition + 1
     where person_id in (select p.person_id ${OLD_PERSONS} limit $3) returning person_id as "personId"`,
    [over, since, limit],
  );
  const personIds = rows.map(({ personId }) => personId);
  await tx.query('delete from person_mark where person_id = any($1)', [personIds]);
  await tx.query(`update package set facts = '\\x' where person_id = any($1)`, [personIds]);
  return rows.length;
}
