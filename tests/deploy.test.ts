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
