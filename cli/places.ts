import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { masterKeyIn } from '../server/administration.ts';
import type { ClockKind } from '../server/platform/clock.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import { readConfiguration } from './configuration.ts';

/** The master key that lies beside an embedded database, made when it is missing; null where the database is elsewhere. */
export function masterKeyBeside(place: DatabasePlace): Buffer | null {
  return 'folder' in place ? masterKeyIn(join(place.folder, 'master.key')) : null;
}

/**
 * Where the data are: the folder that was named, else DATABASE_URL, else what the configuration file says
 * of a real installation, else a folder of this user with one
 * subfolder for each kind of clock. Root's lies under /var/lib, where the database's own user can reach it.
 */
export function placeOf(kind: ClockKind, data: string | undefined, config?: string): DatabasePlace {
  const url = process.env['DATABASE_URL'];
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
