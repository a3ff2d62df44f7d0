import { type Database, serverState } from '../../platform/database.ts';
import { countTooOld, removeTooOld } from '../applications/index.ts';
import { clearRemoved, type FileStore } from '../files/index.ts';

const DAY_MS = 86_400_000;

/** Removes what is older than so many days, by the clock of the database; a dry run only counts. */
export async function removeOldCases(
  database: Database,
  wish: {
    readonly fileStore: FileStore;
    readonly scans: number;
    readonly applications: number;
    readonly dryRun: boolean;
  },
) {
  const { now } = await database.read((tx) => serverState(tx));
  const since = (days: number) => Math.floor(now) - days * DAY_MS;
  const keep = { scansSince: since(wish.scans), applicationsSince: since(wish.applications) };
  if (wish.dryRun) return countTooOld(database, keep);
  const removed = await removeTooOld(database, keep);
  await clearRemoved(database, wish.fileStore);
  return removed;
}
