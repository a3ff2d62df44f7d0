import type { Db } from '../../platform/handles.ts';
import type { FileStore, FolderStore } from './file-store.ts';
import { filesAfter } from './queries.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
const AT_ONCE = 500;

/**
 * Brings the copies of files up to date, sealed as they are: what is not there yet or was resealed is copied; what was removed since is
 * removed from the copies too, so that a forgotten person does not live on in a backup. Gives how many of each. Of a store that looks after
 * itself (S3) nothing is copied: it keeps several copies, and versions where the bucket has them.
 */
export async function backUpFiles(
  db: Db,
  files: FileStore | FolderStore,
  copies: FolderStore,
): Promise<{ readonly copied: number; readonly removed: number }> {
  if (!('changedAt' in files)) return { copied: 0, removed: 0 };
  let copied = 0;
  const known = new Set<string>();
  for await (const fileId of everyFile(db)) {
    known.add(fileId);
    const [changed, copiedAt] = [await files.changedAt(fileId), await copies.changedAt(fileId)];
    if (changed === null || (copiedAt !== null && copiedAt >= changed)) continue;
    copied += (await copyFile(files, copies, fileId)) ? 1 : 0;
  }
  let removed = 0;
  for (const fileId of await copies.all()) {
    if (known.has(fileId)) continue;
    await copies.remove(fileId);
    removed += 1;
  }
  return { copied, removed };
}

/** Puts the copies of the files that a restored database knows back into their folder; gives how many, and how many there is no copy of. */
export async function restoreFiles(
  db: Db,
  copies: FolderStore,
  files: FileStore | FolderStore,
): Promise<{ readonly copied: number; readonly missing: number }> {
  if (!('changedAt' in files)) return { copied: 0, missing: 0 };
  let [copied, missing] = [0, 0];
  for await (const fileId of everyFile(db)) {
    if ((await files.changedAt(fileId)) !== null) continue;
    if (await copyFile(copies, files, fileId)) copied += 1;
    else missing += 1;
  }
  return { copied, missing };
}

async function copyFile(from: FileStore, to: FileStore, fileId: string): Promise<boolean> {
  const bytes = await from.get(fileId);
  if (bytes === null) return false;
  await to.put(fileId, bytes);
  return true;
}

async function* everyFile(db: Db): AsyncGenerator<string> {
  for (let after = FIRST; ;) {
    const ids = await db.read((tx) => filesAfter(tx, after, AT_ONCE));
    yield* ids;
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}
