import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ClockKind } from '../server/platform/clock.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import { readConfiguration } from './configuration.ts';
import { UsageError } from './options.ts';

/** The file of the master key: the one that was chosen, else next to an embedded database; null where the database is elsewhere. */
export function masterKeyFileOf(place: DatabasePlace, chosen: string | null = null): string | null {
  return chosen ?? ('folder' in place ? join(place.folder, 'master.key') : null);
}

/**
 * Where the data is: the folder that was named, else DATABASE_URL (both at once are refused), else what the configuration file says
 * of a real installation, else a folder of this user with one
 * subfolder for each kind of clock. Root's is under /var/lib, where the database's own user can reach it.
 */
export function placeOf(kind: ClockKind, data: string | undefined, config?: string): DatabasePlace {
  // A file that was named has to be right, also where nothing of it is needed.
  if (config !== undefined) readConfiguration(config, {});
  const url = process.env['DATABASE_URL'];
  if (data !== undefined && url !== undefined && url !== '')
    throw new UsageError(
      '--data names a folder and DATABASE_URL a database of your own: which of them is meant? Leave one out (env -u DATABASE_URL okno …).',
    );
  if (data !== undefined) return { folder: resolve(data) };
  if (url !== undefined && url !== '') return { url };
  if (kind === 'real') {
    const { configuration } = readConfiguration(config, {});
    if (configuration.data !== null) return { folder: resolve(configuration.data) };
    if (configuration.database_url !== null) return { url: configuration.database_url };
  }
  const isRoot = process.getuid?.() === 0;
  const home = isRoot ? '/var/lib' : (process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'));
  return { folder: join(home, 'okno', kind) };
}
