import { HOUR } from '../../../core/time/instant.ts';
import type { Db } from '../../platform/handles.ts';
import type { GateContext } from './context.ts';
import type { FileStore } from './file-store.ts';
import { deleteRemovedFile, removedFiles, removeStray, sealNames } from './queries.ts';

/** A scan that nobody has made part of a document by then was not wanted. */
const STRAY_HOURS = 48;
const NAMES_AT_ONCE = 500;

/** Takes what belongs to no document out of the store, `STRAY_HOURS` after it came; and what was removed everywhere else. */
export async function sweepFiles({ db, vault, now, fileStore }: Omit<GateContext, 'scanner' | 'log'>): Promise<void> {
  await db.write((tx) => removeStray(tx, now() - STRAY_HOURS * HOUR));
  await clearRemoved(db, fileStore);
  if (vault.keyId > 0) while ((await db.write((tx) => sealNames(tx, vault, NAMES_AT_ONCE))) === NAMES_AT_ONCE);
}

/** Takes out of the file store what the database says is removed; continues where an interrupted run stopped. */
export async function clearRemoved(db: Db, files: FileStore): Promise<void> {
  for (const fileId of await db.read((tx) => removedFiles(tx))) {
    await files.remove(fileId);
    await db.write((tx) => deleteRemovedFile(tx, fileId));
  }
}
