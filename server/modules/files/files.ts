import { randomUUID } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type pg from 'pg';
import { pauseAfter } from '../../../core/notices/quiet.ts';
import { refuse } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { eachApart } from '../../platform/isolated.ts';
import { openOutbox, type Outbox } from '../../platform/outbox.ts';
import { brokeConstraint, inTransaction } from '../../platform/transaction.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { type Arrival, arrivalSentAs, insertArrival } from './arrivals/store.ts';
import type { FileStore } from './file-store.ts';
import { type Scanner, testFileScanner, type Verdict } from './scanner.ts';
import { clearRemoved } from './removed.ts';
import * as store from './store.ts';

export interface FileSetting {
  readonly pool: pg.Pool;
  readonly vault: Vault;
  readonly files: FileStore;
  /** The virus scanner; null where none is installed: then only the test file of scanners is found. */
  readonly scanner: Scanner | null;
  readonly now: () => Instant;
  readonly log: (message: string, error?: unknown) => void;
}

/** One limit for every way in. */
export const FILE_BYTES_MAX = 20 * 1_024 * 1_024;
/** What a scan may be, by its first bytes; a name proves nothing. */
export const FILE_TYPES: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/tiff'];
const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;
const AT_ONCE = 10;
/** A scan that nobody has made part of a document by then was not wanted. */
const STRAY_HOURS = 48;

export interface Files {
  /**
   * Takes a file in; one that a centre's scanner put down comes in once, however often it is sent. Throws `file-type` for what is
   * neither a picture nor a PDF, `file-too-large`, `unknown-centre`.
   */
  take(name: string, bytes: Buffer, arrival?: Arrival): Promise<store.FileRow>;
  /** Gives a clean file. Throws `unknown-file`, `file-not-clean`. */
  give(fileId: string): Promise<{ readonly row: store.FileRow; readonly bytes: Buffer }>;
  /** Takes what belongs to no document out of the store, `STRAY_HOURS` after it came; and what was removed everywhere else. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the gate: files come in through it, and go out only when they were found clean. */
export function openFiles(setting: FileSetting): Files {
  const { pool, vault, files, now, log } = setting;
  const outbox: Outbox = openOutbox(
    () => scanWaiting(setting),
    (error) => log('files could not be looked at', error),
  );
  return {
    take: async (name, bytes, arrival) => {
      const known = arrival === undefined ? null : await arrivalSentAs(pool, arrival);
      if (known !== null) return known;
      if (bytes.length > FILE_BYTES_MAX) return refuse('file-too-large', { mebibytesMax: FILE_BYTES_MAX / 1_048_576 });
      const verdict = await look(setting, bytes);
      const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
      if (verdict.kind !== 'found' && !FILE_TYPES.includes(type)) return refuse('file-type', {});
      const row = {
        fileId: randomUUID(),
        name: nameOf(name),
        contentType: type,
        bytes: bytes.length,
        state: stateOf(verdict),
      };
      // What is infected is noted, not kept.
      if (row.state !== 'infected') await files.put(row.fileId, vault.sealBytes(bytes, placeOf('file', row.fileId)));
      await inTransaction(pool, async (client) => {
        await store.insertFile(client, { ...row, fault: faultOf(verdict) }, now());
        if (arrival !== undefined) await insertArrival(client, row.fileId, arrival, now());
      }).catch((error: unknown) => {
        if (brokeConstraint(error, 'arrived_scan_centre_id_fkey'))
          refuse('unknown-centre', { centreId: arrival?.centreId ?? 0 });
        throw error;
      });
      return row;
    },
    give: async (fileId) => {
      const row = (await store.fileById(pool, fileId)) ?? refuse('unknown-file', {});
      if (row.state !== 'clean') return refuse('file-not-clean', { state: row.state });
      const sealed = (await files.get(fileId)) ?? refuse('unknown-file', {});
      return { row, bytes: vault.openBytes(sealed, placeOf('file', fileId)) };
    },
    sweep: async () => {
      await store.removeStray(pool, now() - STRAY_HOURS * HOUR_MS);
      await clearRemoved(pool, files);
    },
    stop: () => outbox.stop(),
  };
}

async function look({ scanner }: FileSetting, bytes: Buffer): Promise<Verdict> {
  const known = await testFileScanner(bytes);
  return known.kind === 'found' || scanner === null ? known : scanner(bytes);
}

/** Looks again at what could not be looked at. */
async function scanWaiting(setting: FileSetting): Promise<void> {
  const { pool, vault, files, now } = setting;
  for (;;) {
    const due = await store.takeWaiting(pool, now(), LEASE_MS, AT_ONCE);
    await eachApart(due, 'a file could not be looked at', async ({ fileId, attempts }) => {
      const sealed = await files.get(fileId);
      const verdict: Verdict =
        sealed === null
          ? { kind: 'unavailable', why: 'the file is not in the store' }
          : await look(setting, vault.openBytes(sealed, placeOf('file', fileId)));
      if (verdict.kind === 'found') await files.remove(fileId);
      const nextAt = now() + pauseAfter(attempts);
      await store.noteVerdict(pool, fileId, { state: stateOf(verdict), fault: faultOf(verdict), nextAt });
    });
    if (due.length < AT_ONCE) return;
  }
}

function stateOf({ kind }: Verdict): store.FileRow['state'] {
  return kind === 'clean' ? 'clean' : kind === 'found' ? 'infected' : 'waiting';
}

function faultOf(verdict: Verdict): string | null {
  return verdict.kind === 'clean' ? null : verdict.kind === 'found' ? verdict.what : verdict.why;
}

function nameOf(name: string): string {
  const tidy = name.replaceAll(/[^\p{L}\p{N} ._()-]/gu, '').trim();
  return tidy === '' ? 'scan' : tidy.slice(0, 200);
}

/**
 * Files that are to become the scan of a person's document. Throws `unknown-file` when one is not there or is somebody else's,
 * `file-not-clean` when a virus was found in one; one that is still looked at may be kept.
 */
export async function filesToKeep(
  queries: Pick<pg.Pool, 'query'>,
  personId: string,
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  const found = await store.filesById(queries, fileIds);
  if (found.length < new Set(fileIds).size) refuse('unknown-file', {});
  for (const { state, personId: owner } of found) {
    if (owner !== null && owner !== personId) refuse('unknown-file', {});
    if (state === 'infected') refuse('file-not-clean', { state });
  }
}
