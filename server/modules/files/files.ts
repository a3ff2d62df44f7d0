import { FILE_BYTES_MAX } from '../../../contract/files.ts';
import { randomUUID } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { pauseAfter } from '../../../core/notices/quiet.ts';
import { refuse } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { brokeConstraint, type Db, type Read } from '../../platform/handles.ts';
import { eachApart } from '../../platform/isolated.ts';
import { openOutbox, type Outbox } from '../../platform/outbox.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import { type Arrival, arrivalSentAs, insertArrival } from './arrivals/queries.ts';
import { examiner } from './examiner/examiner.ts';
import type { FileFault } from './examiner/orders.ts';
import type { FileStore } from './file-store.ts';
import { type Scanner, testFileScanner, type Verdict } from './scanner.ts';
import { clearRemoved } from './removed.ts';
import * as queries from './queries.ts';

export interface FileSetting {
  readonly db: Db;
  readonly vault: Vault;
  readonly files: FileStore;
  /** The virus scanner; null where none is installed: then only the test file of scanners is found. */
  readonly scanner: Scanner | null;
  readonly now: () => Instant;
  readonly log: (message: string, error?: unknown) => void;
}

/** What a scan may be, by its first bytes; a name proves nothing. */
const FILE_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  ...['jpeg', 'png', 'webp', 'tiff', 'heic', 'heif', 'avif'].map((kind) => `image/${kind}`),
]);
const NAMES_AT_ONCE = 500;
/** Longer than those that are taken at once need, ten seconds each at most. */
const LEASE_MS = 180_000;
const HOUR_MS = 3_600_000;
const AT_ONCE = 10;
/** A scan that nobody has made part of a document by then was not wanted. */
const STRAY_HOURS = 48;

export interface Files {
  /**
   * Takes a file in; one that a centre's scanner put down comes in once, however often it is sent. A picture is stored as it was
   * redrawn, a PDF byte by byte. Throws `file-type` for what is neither, `file-too-large`, `unknown-centre`, and a problem of its own for each
   * reason why it would not open afterwards (`fileProblem`).
   */
  take(name: string, bytes: Buffer, arrival?: Arrival): Promise<queries.FileRow>;
  /** Gives a clean file as browsers show it. Throws `unknown-file`, `file-not-clean`. */
  give(fileId: string): Promise<{ readonly row: queries.UnnamedFile; readonly bytes: Buffer }>;
  /** Takes what belongs to no document out of the store, `STRAY_HOURS` after it came; and what was removed everywhere else. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the gate: files come in through it, and go out only when they were found clean. */
export function openFiles(setting: FileSetting): Files {
  const { db, vault, files, now, log } = setting;
  const outbox: Outbox = openOutbox(
    () => scanWaiting(setting),
    (error) => log('files could not be looked at', error),
  );
  return {
    take: async (name, bytes, arrival) => {
      const known = arrival === undefined ? null : await db.read((tx) => arrivalSentAs(tx, vault, arrival));
      if (known !== null) return known;
      if (bytes.length > FILE_BYTES_MAX) return refuse('file-too-large', { mebibytesMax: FILE_BYTES_MAX / 1_048_576 });
      const verdict = await look(setting, bytes);
      const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
      if (verdict.kind !== 'found' && !FILE_TYPES.has(type)) return refuse('file-type', {});
      const state = stateOf(verdict);
      const looked = state === 'infected' ? { contentType: type, bytes, pages: null } : await fit(type, bytes);
      const row = {
        fileId: randomUUID(),
        name: nameOf(name),
        contentType: looked.contentType,
        bytes: looked.bytes.length,
        pages: looked.pages,
        state,
      };
      // What is infected is noted, not kept.
      if (state !== 'infected') await files.put(row.fileId, vault.sealBytes(looked.bytes, placeOf('file', row.fileId)));
      await db
        .write(async (tx) => {
          await queries.insertFile(tx, vault, { ...row, fault: faultOf(verdict) }, now());
          if (arrival !== undefined) await insertArrival(tx, row.fileId, arrival, now());
        })
        .catch((error: unknown) => {
          if (brokeConstraint(error, 'arrived_scan_centre_id_fkey'))
            refuse('unknown-centre', { centreId: arrival?.centreId ?? 0 });
          throw error;
        });
      return row;
    },
    give: async (fileId) => {
      const row = (await db.read((tx) => queries.fileById(tx, fileId))) ?? refuse('unknown-file', {});
      if (row.state !== 'clean') return refuse('file-not-clean', { state: row.state });
      const sealed = (await files.get(fileId)) ?? refuse('unknown-file', {});
      return shownAs(row, vault.openBytes(sealed, placeOf('file', fileId)));
    },
    sweep: async () => {
      await db.write((tx) => queries.removeStray(tx, now() - STRAY_HOURS * HOUR_MS));
      await clearRemoved(db, files);
      if (vault.keyId > 0)
        while ((await db.write((tx) => queries.sealNames(tx, vault, NAMES_AT_ONCE))) === NAMES_AT_ONCE);
    },
    stop: () => outbox.stop(),
  };
}

const PROBLEMS = {
  locked: 'file-locked',
  'cut-off': 'file-cut-off',
  broken: 'file-broken',
  active: 'file-active',
  'too-heavy': 'file-too-heavy',
  'too-small': 'file-too-small',
  blank: 'file-blank',
  empty: 'file-empty',
} as const satisfies Record<FileFault, string>;

/** A file as it is kept, once it was looked into; otherwise throws why it is not taken. */
export async function fit(type: string, bytes: Buffer) {
  const examined = await examiner.examine(type, bytes);
  if (examined.kind === 'unfit') return refuse(PROBLEMS[examined.fault], {});
  return { contentType: examined.contentType, bytes: Buffer.from(examined.bytes), pages: examined.pages };
}

/** A file from before the checks is checked when it is opened: its picture is redrawn, a program in it is not given out. */
async function shownAs(row: queries.UnnamedFile, bytes: Buffer) {
  if (row.pages !== null) return { row, bytes };
  const examined = await examiner.examine(row.contentType, bytes);
  if (examined.kind === 'fit')
    return { row: { ...row, contentType: examined.contentType }, bytes: Buffer.from(examined.bytes) };
  if (examined.fault === 'active' || examined.fault === 'too-heavy') return refuse(PROBLEMS[examined.fault], {});
  return { row, bytes };
}

async function look({ scanner }: FileSetting, bytes: Buffer): Promise<Verdict> {
  const known = await testFileScanner(bytes);
  return known.kind === 'found' || scanner === null ? known : scanner(bytes);
}

/** Looks again at what could not be looked at. */
async function scanWaiting(setting: FileSetting): Promise<void> {
  const { db, files, now, log } = setting;
  for (;;) {
    const due = await db.write((tx) => queries.takeWaiting(tx, now(), LEASE_MS, AT_ONCE));
    await eachApart(due, 'a file could not be looked at', async ({ fileId, attempts }) => {
      // A file that cannot be read or opened is one that could not be looked at: the others have their turn.
      const verdict = await lookAgain(setting, fileId).catch((error: unknown): Verdict => {
        log(`file ${fileId} could not be looked at`, error);
        return { kind: 'unavailable', why: 'the file cannot be opened' };
      });
      if (verdict.kind === 'found') await files.remove(fileId);
      const nextAt = now() + pauseAfter(attempts);
      await db.write((tx) =>
        queries.noteVerdict(tx, fileId, { state: stateOf(verdict), fault: faultOf(verdict), nextAt }),
      );
    });
    if (due.length < AT_ONCE) return;
  }
}

async function lookAgain(setting: FileSetting, fileId: string): Promise<Verdict> {
  const sealed = await setting.files.get(fileId);
  if (sealed === null) return { kind: 'unavailable', why: 'the file is not in the store' };
  return look(setting, setting.vault.openBytes(sealed, placeOf('file', fileId)));
}

function stateOf({ kind }: Verdict): queries.FileRow['state'] {
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
 * Files that are to become the scan of a person's document. Throws `unknown-file` when one does not exist or belongs to another person,
 * `file-not-clean` when a virus was found in one; one that is still looked at may be kept.
 */
export async function filesToKeep(tx: Read, personId: string, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const found = await queries.filesById(tx, fileIds);
  if (found.length < new Set(fileIds).size) refuse('unknown-file', {});
  for (const { state, personId: owner } of found) {
    if (owner !== null && owner !== personId) refuse('unknown-file', {});
    if (state === 'infected') refuse('file-not-clean', { state });
  }
}
