import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../platform/folder.ts';
import type { FolderStore } from './file-store.ts';

const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A folder: every file under two folders named by its first letters. A file is whole under its name, or not there. */
export function folderStore(folder: string): FolderStore {
  const pathOf = (fileId: string) => join(folder, fileId.slice(0, 2), fileId.slice(2, 4), fileId);
  return {
    put: async (fileId, bytes) => {
      const path = pathOf(fileId);
      await makeFolder(dirname(path), 0o700);
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
    changedAt: (fileId) =>
      stat(pathOf(fileId)).then(
        ({ mtimeMs }) => mtimeMs,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return null;
          throw error;
        },
      ),
    all: async () => {
      const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return names.map((name) => basename(name)).filter((name) => FILE_ID.test(name));
    },
    remove: (fileId) => rm(pathOf(fileId), { force: true }),
  };
}
