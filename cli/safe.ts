import { type Safe } from '../server/modules/privacy/index.ts';
import { readMasterKey } from '../server/platform/index.ts';
import { fileStoreBeside } from '../server/main.ts';
import { type FileStore, folderStore, s3Store } from '../server/modules/files/index.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import { masterKeyFileOf, type placeOf } from './places.ts';

/** What opens what names people, where this installation has it. */
export function safeOf(place: ReturnType<typeof placeOf>, config: string | undefined): Safe {
  const { configuration } = readConfiguration(config, {});
  const keyFile = masterKeyFileOf(place, configuration.master_key_file);
  if (keyFile === null) throw new Error('master_key_file has to be set.');
  const masterKey = readMasterKey(keyFile);
  if (masterKey === null)
    throw new Error(`There is no master key in ${keyFile}: nothing that is sealed can be opened. Put your copy there.`);
  return { masterKey, fileStore: fileStoreOf(place, configuration) };
}

/** The master key of this installation; null where it has none. */
export function masterKeyIn(place: DatabasePlace, config: string | undefined): Buffer | null {
  const keyFile = masterKeyFileOf(place, readConfiguration(config, {}).configuration.master_key_file);
  return keyFile === null ? null : readMasterKey(keyFile);
}

/** Where the scans of this installation lie. Throws an Error where that would not outlive the machine. */
export function fileStoreOf(
  place: DatabasePlace,
  { s3_url: bucket, file_folder: folder, master_key_file: key }: Configuration,
): FileStore {
  if (bucket !== null) return s3Store(bucket);
  if (folder !== null) return folderStore(folder);
  if ('url' in place && key !== null)
    throw new Error('With a database elsewhere say where scans lie: set file_folder or s3_url.');
  return fileStoreBeside(place);
}
