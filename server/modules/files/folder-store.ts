import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the sealed bytes of files lie. What `put` has answered for is durable. */
export interface FileStore {
  put(fileId: string, bytes: Buffer): Promise<void>;
  /** Null when there is no such file. */
  get(fileId: string): Promise<Buffer | null>;
  remove(fileId: string): Promise<void>;
}

/** A folder: every file under two folders named by its first letters. A file is whole under its name, or not there. */
export function folderStore(folder: string): FileStore {
  const pathOf = (fileId: string) => join(folder, fileId.slice(0, 2), fileId.slice(2, 4), fileId);
  return {
    put: async (fileId, bytes) => {
      const path = pathOf(fileId);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const half = `${path}.${randomUUID().slice(0, 8)}`;
      const file = await open(half, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(half, path);
      const parent = await open(dirname(path));
      await parent.sync().finally(() => parent.close());
    },
    get: (fileId) =>
      readFile(pathOf(fileId)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    remove: (fileId) => rm(pathOf(fileId), { force: true }),
  };
}
