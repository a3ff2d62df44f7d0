import type pg from 'pg';
import { APPLICATION, type Application } from '../store.ts';

type Queries = Pick<pg.Pool, 'query'>;

/** Applications in which a file is used: whoever works on one of them may open it. */
export async function applicationsWithFile(queries: Queries, fileId: string): Promise<Application[]> {
  const { rows } = await queries.query<Application>(
    `select ${APPLICATION} from application a join application_evidence e using (application_id)
     join scan_page p on p.scan_id = e.scan_id where p.file_id = $1 limit 50`,
    [fileId],
  );
  return rows;
}
