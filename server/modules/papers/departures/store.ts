import type pg from 'pg';
import type { Departure } from '../../../../core/applications/departures.ts';

type Queries = Pick<pg.Pool, 'query'>;

/** When couriers leave a centre. */
export async function departuresOf(queries: Queries, centreId: number): Promise<Departure[]> {
  const { rows } = await queries.query<Departure>(
    `select agency_id as "agencyId", weekday, leaves_at as "leavesAt" from courier_departure where centre_id = $1
     order by agency_id, weekday, leaves_at`,
    [centreId],
  );
  return rows;
}

/** Writes the whole list anew. */
export async function replaceDepartures(
  queries: Queries,
  centreId: number,
  departures: readonly Departure[],
): Promise<void> {
  await queries.query('delete from courier_departure where centre_id = $1', [centreId]);
  await queries.query(
    `insert into courier_departure (centre_id, agency_id, weekday, leaves_at)
     select distinct $1::integer, d."agencyId", d.weekday, d."leavesAt"
     from jsonb_to_recordset($2) as d("agencyId" text, weekday smallint, "leavesAt" text)`,
    [centreId, JSON.stringify(departures)],
  );
}
