import type { Db } from '../../platform/handles.ts';
import { keyOf, placeOf, type Vault } from '../../platform/vault.ts';
import type { FileStore } from './file-store.ts';
import { filesAfter } from './queries.ts';

const AT_ONCE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Reseals files whose seal is of an older key; gives how many there were. */
export async function resealFiles(db: Db, vault: Vault, files: FileStore): Promise<number> {
  let count = 0;
  for (let after = BEFORE_ALL; ;) {
    const ids = await db.read((tx) => filesAfter(tx, after, AT_ONCE));
    for (const fileId of ids) {
      const sealed = await files.get(fileId);
      if (sealed === null || keyOf(sealed) === vault.keyId) continue;
      const place = placeOf('file', fileId);
      await files.put(fileId, vault.sealBytes(vault.openBytes(sealed, place), place));
      count += 1;
    }
    const last = ids.at(-1);
    if (last === undefined) return count;
    after = last;
  }
}
