import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';

export interface FileRow {
  readonly fileId: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly state: 'waiting' | 'clean' | 'infected';
  /** How many pages it has; null: it came before files were looked into, or was not let in. */
  readonly pages: number | null;
}

/** What can be said of a file without opening its name. */
export type UnnamedFile = Omit<FileRow, 'name'>;

/** A file as the database has it: its name sealed; in clear only of one that came before names were sealed. */
export type SealedFile<Row extends { readonly name: string } = FileRow> = Row & { readonly sealedName: Buffer | null };

/** The placeholder for a name that is now sealed. */
const SEALED = 'sealed';

/** A row with its name in clear. */
export function withName<Row extends { readonly fileId: string; readonly name: string }>(
  vault: Vault,
  { sealedName, ...row }: SealedFile<Row>,
): Omit<SealedFile<Row>, 'sealedName'> {
  return sealedName === null ? row : { ...row, name: vault.open(sealedName, placeOf('stored_file', row.fileId)) };
}

const FILE = `file_id as "fileId", content_type as "contentType", bytes, state, pages`;

export async function insertFile(
  tx: Write,
  vault: Vault,
  file: FileRow & { readonly fault: string | null },
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into stored_file (file_id, name, sealed_name, content_type, bytes, pages, state, fault, next_at, made_at)
     values ($1, '${SEALED}', $2, $3, $4, $5, $6, $7, instant_of($8), instant_of($8))`,
    [
      file.fileId,
      vault.seal(file.name, placeOf('stored_file', file.fileId)),
      file.contentType,
      file.bytes,
      file.pages,
      file.state,
      file.fault,
      at,
    ],
  );
}

export async function fileById(tx: Read, fileId: string): Promise<UnnamedFile | null> {
  const { rows } = await tx.query<UnnamedFile>(
    `select ${FILE} from stored_file where file_id = $1 and removed_at is null`,
    [fileId],
  );
  return rows[0] ?? null;
}

/** Files that still have to be looked at, for so long that no other node does. */
export async function takeWaiting(
  tx: Write,
  now: Instant,
  leaseMs: number,
  count: number,
): Promise<(UnnamedFile & { readonly attempts: number })[]> {
  const { rows } = await tx.query<UnnamedFile & { attempts: number }>(
    `with due as (
       select file_id from stored_file where state = 'waiting' and removed_at is null and next_at <= instant_of($1)
       order by next_at limit $3 for no key update skip locked
     )
     update stored_file f set attempts = attempts + 1, next_at = instant_of($1::bigint + $2::bigint) from due
     where f.file_id = due.file_id returning f.file_id as "fileId", content_type as "contentType", bytes, state, pages, attempts`,
    [now, leaseMs, count],
  );
  return rows;
}

export async function noteVerdict(
  tx: Write,
  fileId: string,
  {
    state,
    fault,
    nextAt,
  }: { readonly state: FileRow['state']; readonly fault: string | null; readonly nextAt: Instant },
): Promise<void> {
  await tx.query(
    `update stored_file set state = $2, fault = $3, next_at = instant_of($4) where file_id = $1 and state = 'waiting'`,
    [fileId, state, fault, nextAt],
  );
}

/** Ties files to a document of a person; a document that was scanned before keeps its scan, whose id is given. */
export async function keepScan(
  tx: Write,
  scan: {
    readonly scanId: string;
    readonly personId: string;
    readonly kind: string;
    readonly documentHash: Buffer | null;
    readonly fileIds: readonly string[];
  },
  at: Instant,
): Promise<string> {
  const { rows } = await tx.query<{ scanId: string }>(
    `insert into scan (scan_id, person_id, kind, document_hash, made_at) values ($1, $2, $3, $4, instant_of($5))
     on conflict (person_id, document_hash) where document_hash is not null do update set kind = scan.kind
     returning scan_id as "scanId"`,
    [scan.scanId, scan.personId, scan.kind, scan.documentHash, at],
  );
  const { scanId } = rows[0] as { scanId: string };
  await addPages(tx, scanId, scan.fileIds);
  return scanId;
}

/** Puts files behind the pages that a scan has; one that is a page already stays where it is. */
export async function addPages(tx: Write, scanId: string, fileIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into scan_page (scan_id, place, file_id)
     select $1, (select coalesce(max(place), 0) from scan_page where scan_id = $1) + f.place, f.file_id
     from unnest($2::uuid[]) with ordinality as f(file_id, place) on conflict (file_id) do nothing`,
    [scanId, fileIds],
  );
}

/** The files of a scan, in order. */
export async function pagesOf(
  tx: Read,
  vault: Vault,
  scanIds: readonly string[],
): Promise<(FileRow & { scanId: string })[]> {
  const { rows } = await tx.query<SealedFile<FileRow & { scanId: string }>>(
    `select p.scan_id as "scanId", f.file_id as "fileId", f.name, f.sealed_name as "sealedName", f.content_type as "contentType", f.bytes,
       f.state, f.pages from scan_page p join stored_file f using (file_id) where p.scan_id = any($1) order by p.scan_id, p.place`,
    [scanIds],
  );
  return rows.map((row) => withName(vault, row));
}

/** The scan of a document that was scanned before; null when it was not. */
export async function scanOf(tx: Read, personId: string, documentHash: Buffer): Promise<string | null> {
  const { rows } = await tx.query<{ scanId: string }>(
    'select scan_id as "scanId" from scan where person_id = $1 and document_hash = $2',
    [personId, documentHash],
  );
  return rows[0]?.scanId ?? null;
}

/** The files of this list that there are, with the person whose scan they are already. */
export async function filesById(
  tx: Read,
  fileIds: readonly string[],
): Promise<{ readonly state: FileRow['state']; readonly personId: string | null }[]> {
  const { rows } = await tx.query<{ state: FileRow['state']; personId: string | null }>(
    `select f.state, s.person_id as "personId" from stored_file f
     left join scan_page p using (file_id) left join scan s using (scan_id)
     where f.file_id = any($1) and f.removed_at is null`,
    [fileIds],
  );
  return rows;
}

/** Files after one in the order of their ids. */
export async function filesAfter(tx: Read, after: string, count: number): Promise<string[]> {
  const { rows } = await tx.query<{ fileId: string }>(
    `select file_id as "fileId" from stored_file where file_id > $1 and removed_at is null order by file_id limit $2`,
    [after, count],
  );
  return rows.map(({ fileId }) => fileId);
}

const LOOKED_BACK_DAYS = 30;

/** Marks as removed what came before a moment, not much earlier, and belongs to no document. */
export async function removeStray(tx: Write, before: Instant): Promise<void> {
  await tx.query(
    `update stored_file f set removed_at = clock_timestamp(), name = 'removed', sealed_name = null
     where made_at < instant_of($1) and made_at >= instant_of($1) - make_interval(days => ${LOOKED_BACK_DAYS})
       and removed_at is null and not exists (select from scan_page p where p.file_id = f.file_id)`,
    [before],
  );
}

/** Files that are in no document any more, but may still lie in the file store. */
export async function removedFiles(tx: Read): Promise<string[]> {
  const { rows } = await tx.query<{ fileId: string }>(
    'select file_id as "fileId" from stored_file where removed_at is not null',
  );
  return rows.map(({ fileId }) => fileId);
}

/** The file is gone from the file store, and nothing has to know of it. */
export async function deleteRemovedFile(tx: Write, fileId: string): Promise<void> {
  await tx.query('delete from stored_file where file_id = $1 and removed_at is not null', [fileId]);
}

/** Seals the names of files that came before names were sealed; gives how many there were, `count` at most. */
export async function sealNames(tx: Write, vault: Vault, count: number): Promise<number> {
  const { rows } = await tx.query<{ fileId: string; name: string }>(
    `select file_id as "fileId", name from stored_file where sealed_name is null and removed_at is null limit $1`,
    [count],
  );
  for (const { fileId, name } of rows)
    await tx.query(
      `update stored_file set name = '${SEALED}', sealed_name = $2 where file_id = $1 and sealed_name is null and removed_at is null`,
      [fileId, vault.seal(name, placeOf('stored_file', fileId))],
    );
  return rows.length;
}
