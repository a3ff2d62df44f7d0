import type { Departure } from '../../../../core/applications/departures.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** When couriers leave a centre. */
export async function departuresOf(tx: Read, centreId: number): Promise<Departure[]> {
  const { rows } = await tx.query<Departure>(
    `select agency_id as "agencyId", weekday, leaves_at as "leavesAt" from courier_departure where centre_id = $1
     order by agency_id, weekday, leaves_at`,
    [centreId],
  );
  return rows;
}

/** Replaces the whole list. */
export async function replaceDepartures(tx: Write, centreId: number, departures: readonly Departure[]): Promise<void> {
  await tx.query('delete from courier_departure where centre_id = $1', [centreId]);
  await tx.query(
    `insert into courier_departure (centre_id, agency_id, weekday, leaves_at)
     select distinct $1::integer, d."agencyId", d.weekday, d."leavesAt"
     from jsonb_to_recordset($2) as d("agencyId" text, weekday smallint, "leavesAt" text)`,
    [centreId, JSON.stringify(departures)],
  );
}
