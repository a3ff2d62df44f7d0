import { backUpEverything } from '../server/administration.ts';
import { version, withDatabase } from '../server/main.ts';
import { CONFIGURATION_OPTIONS, readConfiguration } from './configuration.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { fileFolderOf } from './safe.ts';

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
  const fileFolder = fileFolderOf(place, values.config);
  const { path, copied, removed } = await withDatabase(place, (database) =>
    backUpEverything({ database, fileFolder, version: version() }, { folder, keep: configuration.backup_keep }),
  );
  console.log(
    [
      `Backup written: ${path}`,
      `Scans beside it, in files: ${copied} copied, ${removed} removed since the last time.`,
      'It holds personal data and keys: keep it where only administrators read. The master key is not in it.',
    ].join('\n'),
  );
  return 0;
}
