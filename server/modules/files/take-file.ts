import { randomUUID } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { FILE_BYTES_MAX } from '../../../contract/files.ts';
import { refuse } from '../../../core/problems.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import { placeOf } from '../../platform/vault.ts';
import { type Arrival, arrivalSentAs, insertArrival } from './arrivals/queries.ts';
import type { GateContext } from './context.ts';
import { fit } from './examine.ts';
import { type FileRow, insertFile } from './queries.ts';
import { faultOf, lookForViruses, stateOf } from './verdict.ts';

/** What a scan may be, by its first bytes; a name proves nothing. */
const FILE_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  ...['jpeg', 'png', 'webp', 'tiff', 'heic', 'heif', 'avif'].map((kind) => `image/${kind}`),
]);

/**
 * Takes a file in; one that a centre's scanner put down comes in once, however often it is sent. A picture is stored as it was
 * redrawn, a PDF byte by byte. Throws `file-type` for what is neither, `file-too-large`, `unknown-centre`, and a problem of its own for each
 * reason why it would not open afterwards.
 */
export async function takeFile(context: GateContext, name: string, bytes: Buffer, arrival?: Arrival): Promise<FileRow> {
  const { db, vault, fileStore, now } = context;
  const known = arrival === undefined ? null : await db.read((tx) => arrivalSentAs(tx, vault, arrival));
  if (known !== null) return known;
  if (bytes.length > FILE_BYTES_MAX) return refuse('file-too-large', { mebibytesMax: FILE_BYTES_MAX / 1_048_576 });
  const verdict = await lookForViruses(context, bytes);
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
  if (verdict.kind !== 'found' && !FILE_TYPES.has(type)) return refuse('file-type', {});
  const state = stateOf(verdict);
  const looked = state === 'infected' ? { contentType: type, bytes, pages: null } : await fit(type, bytes);
  const row = {
    fileId: randomUUID(),
    name: tidyName(name),
    contentType: looked.contentType,
    bytes: looked.bytes.length,
    pages: looked.pages,
    state,
  };
  // What is infected is noted, not kept.
  if (state !== 'infected') await fileStore.put(row.fileId, vault.sealBytes(looked.bytes, placeOf('file', row.fileId)));
  await db
    .write(async (tx) => {
      await insertFile(tx, vault, { ...row, fault: faultOf(verdict) }, now());
      if (arrival !== undefined) await insertArrival(tx, row.fileId, arrival, now());
    })
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'arrived_scan_centre_id_fkey'))
        refuse('unknown-centre', { centreId: arrival?.centreId ?? 0 });
      throw error;
    });
  return row;
}

function tidyName(name: string): string {
  const tidy = name.replaceAll(/[^\p{L}\p{N} ._()-]/gu, '').trim();
  return tidy === '' ? 'scan' : tidy.slice(0, 200);
}
