import { join } from 'node:path';
import { masterKeyIn, type Safe } from '../server/administration.ts';
import { readConfiguration } from './configuration.ts';
import type { placeOf } from './places.ts';

/** What opens what names people, where this installation has it. */
export function safeOf(place: ReturnType<typeof placeOf>, config: string | undefined): Safe {
  const { configuration } = readConfiguration(config, {});
  const beside = 'folder' in place ? place.folder : null;
  const keyFile = configuration.master_key_file ?? (beside === null ? null : join(beside, 'master.key'));
  const fileFolder = configuration.file_folder ?? (beside === null ? null : join(beside, 'files'));
  if (keyFile === null || fileFolder === null) throw new Error('master_key_file and file_folder have to be set.');
  return { masterKey: masterKeyIn(keyFile), fileFolder };
}
