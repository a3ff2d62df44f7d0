import type { Read } from '../../../platform/handles.ts';
import { APPLICATION, type Application } from '../queries.ts';

/** Applications in which a file is used: staff who work on one of them may open it. */
export async function applicationsWithFile(tx: Read, fileId: string): Promise<Application[]> {
  const { rows } = await tx.query<Application>(
    `select ${APPLICATION} from application a join application_evidence e using (application_id)
     join scan_page p on p.scan_id = e.scan_id where p.file_id = $1 limit 50`,
    [fileId],
  );
  return rows;
}
