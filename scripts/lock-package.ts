import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, version } from '../server/version.ts';

/** What only the package has: the lock under the name by which `npm ci` finds it there, and a list of what Okno is built of (CycloneDX). */
const LOCK = join(root, 'npm-shrinkwrap.json');
const SBOM = join(root, 'sbom.cdx.json');

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: true;
  readonly link?: true;
  readonly optional?: true;
}

/**
 * What is installed with Okno, as CycloneDX 1.5. `npm sbom --omit dev` leaves out also what both Okno and its tools are built of, such
 * as the driver of the database.
 */
function billOfMaterials(packages: Readonly<Record<string, Locked>>): object {
  const components = Object.entries(packages).flatMap(([path, { dev, link, ...one }]) => {
    if (!path.startsWith('node_modules/') || dev === true || link === true || one.version === undefined) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const [algorithm = '', digest = ''] = one.integrity?.split('-', 2) ?? [];
    return [
      {
        type: 'library',
        'bom-ref': path,
        name,
        version: one.version,
        scope: one.optional === true ? 'optional' : 'required',
        purl: `pkg:npm/${name.replace('@', '%40')}@${one.version}`,
        ...(one.license !== undefined && { licenses: [{ expression: one.license }] }),
        ...(algorithm === 'sha512' && {
          hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
        }),
      },
    ];
  });
  const own = { type: 'application', name: 'okno', version: version(), purl: `pkg:npm/okno@${version()}` };
  return { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: own }, components };
}

if (process.argv.includes('--clear')) {
  for (const file of [LOCK, SBOM]) rmSync(file, { force: true });
} else {
  const lock = join(root, 'package-lock.json');
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, Locked> };
  writeFileSync(SBOM, `${JSON.stringify(billOfMaterials(packages), null, 2)}\n`);
  copyFileSync(lock, LOCK);
}
