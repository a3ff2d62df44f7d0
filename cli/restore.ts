import { restoreScans } from '../server/modules/backups/index.ts';
import { checkMasterKey, isSealed, readManifest, readMasterKey, restoreRows } from '../server/platform/index.ts';
import { withDatabase } from '../server/main.ts';
import { daysOf, verifyDay } from '../server/modules/queue/index.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import type { Db } from '../server/platform/handles.ts';
import { readConfiguration } from './configuration.ts';
import { readOptions, UsageError } from './options.ts';
import { masterKeyFileOf, placeOf } from './places.ts';
import { fileStoreOf } from './safe.ts';

/** Restores a backup into an empty folder or database, and computes every day of it again. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, { data: { type: 'string' }, config: { type: 'string' } }, 1);
  const [archive] = positionals;
  if (archive === undefined) throw new UsageError('name the backup: the folder okno-…Z');
  const began = performance.now();
  const manifest = await readManifest(archive);
  const place = placeOf('real', values.data, values.config);
  const { configuration } = readConfiguration(values.config, {});
  const fileStore = fileStoreOf(place, configuration);
  return withDatabase(
    place,
    async (db) => {
      await restoreRows(db, archive, manifest);
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      console.log(`Restored what was there at ${manifest.takenAt}: ${rows} rows of ${manifest.tables.length} tables.`);
      const { copied, missing } = await restoreScans(db, archive, fileStore);
      console.log(`Scans put back: ${copied}; of ${missing} there is no copy.`);
      for (const line of await keyStep(place, db, configuration.master_key_file)) console.log(line);
      const days = await db.read((tx) => daysOf(tx, null, null));
      const faults: string[] = [];
      for (const key of days)
        for (const fault of (await db.read((tx) => verifyDay(tx, key, null))).faults)
          faults.push(`${key.day} centre ${key.centreId}: ${fault}`);
      for (const fault of faults) console.error(fault);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`${days.length} days computed again, ${faults.length} faults; ${seconds} s in all.`);
      return faults.length === 0 ? 0 : 1;
    },
    'as-it-is',
  );
}

/** What is left to do about the master key, which no backup holds. */
async function keyStep(place: DatabasePlace, db: Db, chosen: string | null): Promise<readonly string[]> {
  if (!(await db.read((tx) => isSealed(tx)))) return [];
  const file = masterKeyFileOf(place, chosen);
  if (file === null) return ['Set master_key_file to your copy of the master key: names and scans are sealed with it.'];
  const key = readMasterKey(file);
  if (key === null)
    return [
      `Now put your copy of the master key into ${file}, owned by the user that runs Okno: without it Okno does not start here.`,
    ];
  await db.read((tx) => checkMasterKey(tx, key));
  return [`The master key in ${file} is the right one.`];
}
