import type { ApplicationState } from '../../../../core/applications/life.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** The stored data of a person's applications. */
export interface OwnApplication {
  readonly applicationId: string;
  readonly number: string | null;
  readonly serviceId: string;
  readonly state: ApplicationState;
  readonly registeredOn: CivilDate | null;
  readonly endedOn: CivilDate | null;
  readonly sealed: Buffer;
}

export async function applicationsOfPerson(tx: Read, personId: string): Promise<OwnApplication[]> {
  const { rows } = await tx.query<OwnApplication>(
    `select application_id as "applicationId", number, service_id as "serviceId", state, registered_on::text as "registeredOn",
       ended_on::text as "endedOn", sealed
     from application where person_id = $1 or representative_id = $1 order by made_at`,
    [personId],
  );
  return rows;
}

/** Whom an application names: the applicant, who acts for them, and those who sign; nobody where there is none. */
export async function personsOfApplication(tx: Read, applicationId: string): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ personId: string | null }>(
    `select unnest(array[person_id, representative_id]) as "personId" from application where application_id = $1
     union select person_id from application_signature where application_id = $1`,
    [applicationId],
  );
  return new Set(rows.flatMap(({ personId }) => personId ?? []));
}

/** The scans of a person, with their files. */
export async function scansOfPerson(tx: Read, personId: string): Promise<{ kind: string; fileId: string }[]> {
  const { rows } = await tx.query<{ kind: string; fileId: string }>(
    `select s.kind, p.file_id as "fileId" from scan s join scan_page p using (scan_id) where s.person_id = $1 order by s.made_at, p.place`,
    [personId],
  );
  return rows;
}

/** Removes what identifies a person from their applications and packages, and their scans; the history stays. */
export async function emptyApplications(tx: Write, personId: string, applicationIds: readonly string[]): Promise<void> {
  await tx.query(`update application set sealed = '\\x' where application_id = any($1)`, [applicationIds]);
  await tx.query(`update package set facts = '\\x' where person_id = $1`, [personId]);
  await tx.query(
    `update stored_file f set removed_at = clock_timestamp(), name = 'forgotten', sealed_name = null from scan_page p join scan s using (scan_id)
     where p.file_id = f.file_id and s.person_id = $1`,
    [personId],
  );
  await tx.query(
    'update application_evidence set scan_id = null where scan_id in (select scan_id from scan where person_id = $1)',
    [personId],
  );
  await tx.query('delete from scan where person_id = $1', [personId]);
}
