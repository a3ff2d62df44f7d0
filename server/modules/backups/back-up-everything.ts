import { join } from 'node:path';
import { backUpFiles, type FileStore, folderStore, restoreFiles } from '../files/index.ts';
import { type BackupPlan, backupWhenDue, takeBackup } from '../../platform/backup/schedule.ts';
import type { Database } from '../../platform/database.ts';
import type { Db } from '../../platform/handles.ts';

/** Where the copies of scans are, next to the backups of the database: one set for all of them. */
const copiesIn = (folder: string) => folderStore(join(folder, 'files'));

export interface Installation {
  readonly database: Database;
  readonly fileStore: FileStore;
  /** Of the program. */
  readonly version: string;
}

/** Takes a backup of the database and then of the scans, when the newest is old enough; gives its path. */
export async function backUpEverythingWhenDue(
  { database, fileStore, version }: Installation,
  plan: BackupPlan,
): Promise<string | null> {
  const path = await backupWhenDue(database, plan, version);
  if (path !== null) await backUpFiles(database, fileStore, copiesIn(plan.folder));
  return path;
}

/** Takes a backup now: of the database, and then of the scans that it knows. */
export async function backUpEverything(
  { database, fileStore, version }: Installation,
  plan: Omit<BackupPlan, 'everyHours'>,
): Promise<{ readonly path: string; readonly copied: number; readonly removed: number }> {
  const path = await takeBackup(database, plan, version);
  return { path, ...(await backUpFiles(database, fileStore, copiesIn(plan.folder))) };
}

/** Puts the scans back that a restored database knows; `archive` is the backup of the database; the copies are next to it. */
export function restoreScans(db: Db, archive: string, fileStore: FileStore) {
  return restoreFiles(db, copiesIn(join(archive, '..')), fileStore);
}
