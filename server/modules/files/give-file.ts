import { type Asker, mayAt } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { placeOf } from '../../platform/vault.ts';
import { centreOfArrival } from './arrivals/queries.ts';
import type { FileContext } from './context.ts';
import { examiner } from './examiner/examiner.ts';
import { fitToOpen } from './examine.ts';
import { markedPicture, wordsOfMark } from './mark-file.ts';
import { fileById } from './queries.ts';

/** True when the asker works on something in which a file is used. */
export type WorksWithFile<Context extends FileContext> = (
  context: Context,
  asker: Asker,
  fileId: string,
) => Promise<boolean>;

/** A file as browsers show it: with a mark that says who opened it, where it can bear one. */
interface ShownFile {
  readonly type: string;
  readonly body: Buffer | string;
  readonly isMarked: boolean;
}

/**
 * Gives a clean file to a caller who works on an application in which it is used, or who takes applications where it has just come from
 * the scanner; that it was opened is logged. Throws `unknown-file`, `file-not-clean`.
 */
export async function giveFile<Context extends FileContext>(
  context: Context,
  asker: Asker,
  fileId: string,
  worksWithFile: WorksWithFile<Context>,
): Promise<ShownFile> {
  const { db, vault, fileStore, now } = context;
  if (!(await mayTakeAtScanner(context, asker, fileId)) && !(await worksWithFile(context, asker, fileId)))
    return refuse('unknown-file', {});
  await db.write((tx) => audit(tx, asker, { action: 'file-read', object: `file ${fileId}` }));
  const row = (await db.read((tx) => fileById(tx, fileId))) ?? refuse('unknown-file', {});
  if (row.state !== 'clean') return refuse('file-not-clean', { state: row.state });
  const sealed = (await fileStore.get(fileId)) ?? refuse('unknown-file', {});
  const bytes = vault.openBytes(sealed, placeOf('file', fileId));
  const { contentType } = row;
  const opened = row.pages === null ? await fitToOpen(contentType, bytes) : { contentType, bytes };
  const shown = await marked(opened.contentType, opened.bytes, wordsOfMark(asker, now()));
  if (!shown.isMarked)
    await db.write((tx) => audit(tx, asker, { action: 'file-read-unmarked', object: `file ${fileId}` }));
  return shown;
}

/** A scan that belongs to no document yet is for those who take applications in the centre of its scanner. */
async function mayTakeAtScanner({ db, places }: FileContext, asker: Asker, fileId: string): Promise<boolean> {
  const centreId = await db.read((tx) => centreOfArrival(tx, fileId));
  return centreId !== null && mayAt(asker, 'take-applications', await places.ofCentre(centreId));
}

async function marked(type: string, bytes: Buffer, words: string): Promise<ShownFile> {
  if (type === 'image/tiff') return { type, body: bytes, isMarked: false };
  if (type.startsWith('image/'))
    return { type: 'image/svg+xml', body: markedPicture(bytes, type, words), isMarked: true };
  const drawn = await examiner.mark(bytes, words);
  if (drawn === 'too-heavy') return refuse('file-too-heavy', {});
  return { type, body: drawn ?? bytes, isMarked: drawn !== null };
}
