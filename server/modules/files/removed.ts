import type { Db } from '../../platform/handles.ts';
import type { FileStore } from './file-store.ts';
import { deleteRemovedFile, removedFiles } from './queries.ts';

/** Takes out of the file store what the database says is removed; continues where an interrupted run stopped. */
export async function clearRemoved(db: Db, files: FileStore): Promise<void> {
  for (const fileId of await db.read((tx) => removedFiles(tx))) {
    await files.remove(fileId);
    await db.write((tx) => deleteRemovedFile(tx, fileId));
  }
}
