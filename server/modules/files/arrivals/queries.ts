import type { WindowId } from '../../../../core/queue/ids.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import type { Vault } from '../../../platform/vault.ts';
import { type FileRow, type SealedFile, withName } from '../queries.ts';

/** Which centre's scanner put it down, for which window, and the agent's own name for it. */
export interface Arrival {
  readonly centreId: number;
  readonly windowId: number | null;
  readonly sentAs: string;
}

/** Where an arrival of this name is already; null when it is new. */
export async function arrivalSentAs(tx: Read, vault: Vault, { centreId, sentAs }: Arrival): Promise<FileRow | null> {
  const { rows } = await tx.query<SealedFile>(
    `select file_id as "fileId", name, sealed_name as "sealedName", content_type as "contentType", bytes, state, pages
     from arrived_scan join stored_file using (file_id) where centre_id = $1 and sent_as = $2`,
    [centreId, sentAs],
  );
  return rows[0] === undefined ? null : withName(vault, rows[0]);
}

export async function insertArrival(tx: Write, fileId: string, arrival: Arrival, at: Instant): Promise<void> {
  await tx.query(
    `insert into arrived_scan (file_id, centre_id, window_id, sent_as, arrived_at) values ($1, $2, $3, $4, instant_of($5))`,
    [fileId, arrival.centreId, arrival.windowId, arrival.sentAs, at],
  );
}

const LIES = `not exists (select from scan_page p where p.file_id = a.file_id)`;
const SHOWN_MAX = 100;

/** The scans for a window and for the whole centre, newest first; without a window for every one. */
export async function arrivals(tx: Read, vault: Vault, centreId: number, windowId: number | null) {
  const { rows } = await tx.query<
    SealedFile<
      Pick<FileRow, 'fileId' | 'name' | 'contentType' | 'state'> & { windowId: WindowId | null; arrivedAt: Instant }
    >
  >(
    `select a.file_id as "fileId", f.name, f.sealed_name as "sealedName", f.content_type as "contentType", f.state, a.window_id as "windowId",
       instant_ms(a.arrived_at)::float8 as "arrivedAt"
     from arrived_scan a join stored_file f using (file_id)
     where a.centre_id = $1 and f.removed_at is null and f.state <> 'infected' and ${LIES}
       and ($2::smallint is null or a.window_id is null or a.window_id = $2)
     order by a.arrived_at desc, a.file_id limit ${SHOWN_MAX}`,
    [centreId, windowId],
  );
  return rows.map((row) => withName(vault, row));
}

/** Marks one as removed that belongs to no document; false when there is none. */
export async function throwAway(tx: Write, centreId: number, fileId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update stored_file f set removed_at = clock_timestamp(), name = 'removed', sealed_name = null from arrived_scan a
     where f.file_id = $2 and a.file_id = f.file_id and a.centre_id = $1 and f.removed_at is null and ${LIES}`,
    [centreId, fileId],
  );
  return rowCount === 1;
}

/** The centre of a file that belongs to no document yet; null when it is no such file. */
export async function centreOfArrival(tx: Read, fileId: string): Promise<number | null> {
  const { rows } = await tx.query<{ centreId: number }>(
    `select centre_id as "centreId" from arrived_scan a where file_id = $1 and ${LIES}`,
    [fileId],
  );
  return rows[0]?.centreId ?? null;
}
