import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the checkout, or of the installed package's compiled code. */
export const root = join(import.meta.dirname, '..');

/** The version of this program. */
export function version(): string {
  const manifest = [join(root, 'package.json'), join(root, '../package.json')].find((file) => existsSync(file)) ?? '';
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
