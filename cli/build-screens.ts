import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../server/main.ts';

/** The folders that the screens are built from. */
const SOURCES = ['web', 'core', 'contract'];

/** Builds the screens in a checkout when they are missing or older than their sources. The package brings them built. */
export async function buildScreens(say: (line: string) => void): Promise<void> {
  const sources = SOURCES.map((folder) => join(root, folder));
  const built = join(root, 'dist/web/kiosk/index.html');
  if (!existsSync(join(root, 'web/vite.config.ts'))) return;
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
  say('Building the screens (once, a few seconds)…');
  const { build } = await import('vite');
  await build({ configFile: join(root, 'web/vite.config.ts'), root: join(root, 'web'), logLevel: 'error' });
}

function newest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
}
