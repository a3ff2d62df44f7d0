import type { Seen } from '../../../../core/applications/evidence.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import { APPLICATION, type Application } from '../queries.ts';

/** What was shown or brought. */
export interface EvidenceRow {
  readonly kind: string;
  readonly seen: Seen;
  readonly scanId: string | null;
  readonly copies: number;
  readonly sheets: number;
  readonly issuedOn?: CivilDate | null;
}

export async function evidenceOf(tx: Read, applicationId: string): Promise<EvidenceRow[]> {
  const { rows } = await tx.query<EvidenceRow>(
    `select kind, seen, scan_id as "scanId", copies, sheets, issued_on::text as "issuedOn" from application_evidence where application_id = $1 order by kind`,
    [applicationId],
  );
  return rows;
}

export async function replaceEvidence(tx: Write, applicationId: string, rows: readonly EvidenceRow[]): Promise<void> {
  await tx.query('delete from application_evidence where application_id = $1 and kind <> all($2)', [
    applicationId,
    rows.map(({ kind }) => kind),
  ]);
  await tx.query(
    `insert into application_evidence (application_id, kind, seen, scan_id, copies, sheets, issued_on)
     select $1, e.kind, e.seen, e."scanId", e.copies, e.sheets, e."issuedOn"
     from jsonb_to_recordset($2) as e(kind text, seen text, "scanId" uuid, copies smallint, sheets smallint, "issuedOn" date)
     on conflict (application_id, kind) do update
       set seen = excluded.seen, scan_id = excluded.scan_id, copies = excluded.copies, sheets = excluded.sheets,
         issued_on = excluded.issued_on`,
    [applicationId, JSON.stringify(rows)],
  );
}

/**
 * What the applications of a package have of documents, by kind, so that a document is shown and scanned once. An original that was kept is
 * one that was shown, elsewhere; why one is not needed is said for each application.
 */
export async function evidenceOfPackage(tx: Read, packageId: string): Promise<EvidenceRow[]> {
  const { rows } = await tx.query<EvidenceRow>(
    `select distinct on (e.kind) e.kind, case e.seen when 'original-kept' then 'original-shown' else e.seen end as seen,
       e.scan_id as "scanId", e.copies, e.sheets, e.issued_on::text as "issuedOn"
     from application_evidence e join application a using (application_id)
     where a.package_id = $1 and a.state not in ('cancelled', 'acceptance-refused')
       and (e.scan_id is not null or e.seen in ('original-shown', 'original-kept', 'copy')) and e.seen <> 'lawful-reason'
     order by e.kind, e.scan_id is null, a.made_at desc`,
    [packageId],
  );
  return rows;
}

/** Applications in which a file is used: staff who work on one of them may open it. */
export async function applicationsWithFile(tx: Read, fileId: string): Promise<Application[]> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a join application_evidence e using (application_id)
     join scan_page p on p.scan_id = e.scan_id where p.file_id = $1 limit 50`,
    [fileId],
  );
  return rows;
}
