import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those above it, where it is missing. Throws an Error with a sentence when it cannot be written into. Step by step:
 * Node's own way never ends in a file system that takes no folders, such as /proc.
 */
export async function makeFolder(path: string, mode = 0o755): Promise<void> {
  const folder = resolve(path);
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    return cannot(folder, error);
  });
  if (found !== null) {
    if (!found.isDirectory())
      throw Object.assign(new Error(`${folder} is a file, and a folder is needed.`), { code: 'ENOTDIR' });
    await access(folder, constants.W_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) =>
      cannot(folder, error),
    );
    return;
  }
  await makeFolder(dirname(folder), mode);
  await mkdir(folder, { mode }).catch((error: NodeJS.ErrnoException) => {
    // Another program was as quick.
    if (error.code !== 'EEXIST') cannot(folder, error);
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk can only be read',
  ENOSPC: 'there is no room on the disk',
  ENOENT: 'this file system takes no folders',
  ENOTDIR: 'what should be a folder above it is a file',
  ENAMETOOLONG: 'the name is too long',
};

function cannot(folder: string, error: NodeJS.ErrnoException): never {
  throw Object.assign(
    new Error(
      `Nothing can be written into ${folder}: ${REASONS[error.code ?? ''] ?? error.message}. Choose another folder.`,
    ),
    { code: error.code, cause: error },
  );
}
