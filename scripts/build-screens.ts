import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../server/main.ts';

/** The folders that the screens are built from. */
const SOURCES = ['web', 'core', 'contract'];

/** Builds the screens in a checkout when they are missing or older than their sources. The package brings them built. */
export async function buildScreens(say: (line: string) => void): Promise<void> {
  const sources = SOURCES.map((folder) => join(root, folder));
  const built = join(root, 'dist/web/server/render.js');
  if (!existsSync(join(root, 'web/vite.config.ts'))) return;
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
  say('Building the screens (once, a few seconds)…');
  const { build } = await import('vite');
  // For every caller, even a test: there is one way in which screens are built.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  for (const file of ['vite.config.ts', 'vite-server.config.ts'])
    await build({ configFile: join(root, 'web', file), root: join(root, 'web'), logLevel: 'error' });
  if (before === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = before;
}

function newest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
}
