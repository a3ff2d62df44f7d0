import { backUpEverything } from '../server/modules/backups/index.ts';
import { version, withDatabase } from '../server/main.ts';
import { CONFIGURATION_OPTIONS, readConfiguration } from './configuration.ts';
import { readOptions, UsageError } from './options.ts';
import { masterKeyFileOf, placeOf } from './places.ts';
import { fileStoreOf } from './safe.ts';

/** Where the key is that opens what the backup holds: never in it. */
function keyOf(place: ReturnType<typeof placeOf>, chosen: string | null): string {
  const file = masterKeyFileOf(place, chosen);
  return file === null
    ? 'No master key is chosen (master_key_file), so nothing in it is sealed.'
    : `The master key is not in it: keep a copy of ${file} somewhere else. Without it a restored Okno does not start.`;
}

/** Takes a backup now, while everything goes on. */
export async function run(args: readonly string[]): Promise<number> {
  const options = {
    ...CONFIGURATION_OPTIONS,
    config: { type: 'string' },
    data: { type: 'string' },
    to: { type: 'string' },
  } as const;
  const { values } = readOptions(args, options, 0);
  const { configuration } = readConfiguration(values.config, values);
  const folder = values.to ?? configuration.backup_folder;
  if (folder === null) throw new UsageError('say where to: --to FOLDER, or backup_folder in the configuration');
  const place = placeOf('real', values.data, values.config);
  const fileStore = fileStoreOf(place, configuration);
  const { path, copied, removed } = await withDatabase(place, (database) =>
    backUpEverything({ database, fileStore, version: version() }, { folder, keep: configuration.backup_keep }),
  );
  console.log(
    [
      `Backup written: ${path}`,
      configuration.s3_url === null
        ? `Scans as separate files: ${copied} copied, ${removed} removed since the last time.`
        : 'Scans stay in their bucket, whose own versions are their backup.',
      'It holds personal data and keys: keep it where only administrators read.',
      keyOf(place, configuration.master_key_file),
    ].join('\n'),
  );
  return 0;
}
