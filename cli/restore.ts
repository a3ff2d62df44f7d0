import { readManifest, restoreRows, restoreScans } from '../server/administration.ts';
import { withDatabase } from '../server/main.ts';
import { daysOf, verifyDay } from '../server/modules/queue/index.ts';
import { readConfiguration } from './configuration.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { fileStoreOf } from './safe.ts';

/** Restores a backup into an empty folder or database, and computes every day of it anew. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, { data: { type: 'string' }, config: { type: 'string' } }, 1);
  const [archive] = positionals;
  if (archive === undefined) throw new UsageError('name the backup: the folder okno-…Z');
  const began = performance.now();
  const manifest = await readManifest(archive);
  const place = placeOf('real', values.data, values.config);
  const fileStore = fileStoreOf(place, readConfiguration(values.config, {}).configuration);
  return withDatabase(
    place,
    async ({ pool }) => {
      await restoreRows(pool, archive, manifest);
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      console.log(`Restored what was there at ${manifest.takenAt}: ${rows} rows of ${manifest.tables.length} tables.`);
      const { copied, missing } = await restoreScans({ pool }, archive, fileStore);
      console.log(
        `Scans put back: ${copied}; of ${missing} there is no copy. Put the master key of the old installation in place.`,
      );
      const days = await daysOf(pool, null, null);
      const faults: string[] = [];
      for (const key of days)
        for (const fault of (await verifyDay(pool, key, null)).faults)
          faults.push(`${key.day} centre ${key.centreId}: ${fault}`);
      for (const fault of faults) console.error(fault);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`${days.length} days computed anew, ${faults.length} faults; ${seconds} s in all.`);
      return faults.length === 0 ? 0 : 1;
    },
    'as-it-is',
  );
}
