import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../server/version.ts';

/** What only the package has: the lock under the name by which `npm ci` finds it there, and a list of what Okno is built of (CycloneDX). */
const LOCK = join(root, 'npm-shrinkwrap.json');
const SBOM = join(root, 'sbom.cdx.json');
const BYTES_MAX = 64 * 1_024 * 1_024;

if (process.argv.includes('--clear')) {
  for (const file of [LOCK, SBOM]) rmSync(file, { force: true });
} else {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
  writeFileSync(SBOM, execFileSync('npm', words, { cwd: root, maxBuffer: BYTES_MAX }));
  copyFileSync(join(root, 'package-lock.json'), LOCK);
}
