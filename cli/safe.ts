import { join } from 'node:path';
import { masterKeyIn, type Safe } from '../server/administration.ts';
import { fileFolderBeside } from '../server/main.ts';
import { readConfiguration } from './configuration.ts';
import type { placeOf } from './places.ts';

/** What opens what names people, where this installation has it. */
export function safeOf(place: ReturnType<typeof placeOf>, config: string | undefined): Safe {
  const { configuration } = readConfiguration(config, {});
  const beside = 'folder' in place ? place.folder : null;
  const keyFile = configuration.master_key_file ?? (beside === null ? null : join(beside, 'master.key'));
  if (keyFile === null) throw new Error('master_key_file has to be set.');
  return { masterKey: masterKeyIn(keyFile), fileFolder: fileFolderOf(place, config) };
}

/** Where the scans of this installation lie. */
export function fileFolderOf(place: ReturnType<typeof placeOf>, config: string | undefined): string {
  const { configuration } = readConfiguration(config, {});
  return configuration.file_folder ?? fileFolderBeside(place);
}
