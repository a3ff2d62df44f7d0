import type pg from 'pg';
import type { FileStore } from './file-store.ts';
import { deleteRemovedFile, removedFiles } from './store.ts';

/** Takes out of the file store what the database says is removed; whoever was cut off last time goes on here. */
export async function clearRemoved(pool: pg.Pool, files: FileStore): Promise<void> {
  for (const fileId of await removedFiles(pool)) {
    await files.remove(fileId);
    await deleteRemovedFile(pool, fileId);
  }
}
