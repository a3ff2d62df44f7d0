import { join } from 'node:path';
import { masterKeyIn, type Safe } from '../server/administration.ts';
import { fileStoreBeside } from '../server/main.ts';
import { type FileStore, folderStore, s3Store } from '../server/modules/files/index.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import type { placeOf } from './places.ts';

/** What opens what names people, where this installation has it. */
export function safeOf(place: ReturnType<typeof placeOf>, config: string | undefined): Safe {
  const { configuration } = readConfiguration(config, {});
  const beside = 'folder' in place ? place.folder : null;
  const keyFile = configuration.master_key_file ?? (beside === null ? null : join(beside, 'master.key'));
  if (keyFile === null) throw new Error('master_key_file has to be set.');
  return { masterKey: masterKeyIn(keyFile), fileStore: fileStoreOf(place, configuration) };
}

/** Where the scans of this installation lie. */
export function fileStoreOf(
  place: DatabasePlace,
  { s3_url: bucket, file_folder: folder }: Pick<Configuration, 's3_url' | 'file_folder'>,
): FileStore {
  if (bucket !== null) return s3Store(bucket);
  return folder === null ? fileStoreBeside(place) : folderStore(folder);
}
