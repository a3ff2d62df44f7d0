import { PROGRAM } from '../../platform/audit.ts';
import type { Database } from '../../platform/database.ts';
import { emptyApplicationsOf, openApplicationsOf } from '../applications/index.ts';
import { forgetPersonIn } from '../persons/index.ts';
import type { Safe } from './safe.ts';

/** What kept a person from being forgotten, or that they were. */
export type Forgotten = { readonly open: readonly string[] } | { readonly files: number } | null;

/** Erases a person everywhere; not while something of theirs still runs. Null when there is none. */
export async function forgetWholly(database: Database, { fileStore }: Safe, personId: string): Promise<Forgotten> {
  const files = await database.write(async (tx) => {
    const open = await openApplicationsOf(tx, personId);
    if (open.length > 0) return { open };
    const isThere = await forgetPersonIn(tx, PROGRAM, personId);
    return isThere ? { gone: await emptyApplicationsOf(tx, personId) } : null;
  });
  if (files === null) return null;
  if (!('gone' in files)) return files;
  for (const fileId of files.gone) await fileStore.remove(fileId);
  return { files: files.gone.length };
}
