import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from '../../bench/program.ts';
import { projectFiles, projectRoot } from '../support/source-files.ts';

const run = promisify(execFile);
/** Makes a process believe that its Node is an old one. */
const OLD_NODE = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})`;

let folder: string;
let installed: string;
let packed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-package-'));
  await chmod(folder, 0o755);
  const copy = join(folder, 'copy');
  for (const path of projectFiles()) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(projectRoot, path), join(copy, path));
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: copy });
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz')) as string;
  packed = join(folder, file);
  installed = join(folder, 'prefix');
  await run('npm', ['install', '--global', '--prefer-offline', '--no-audit', '--prefix', installed, packed], {
    cwd: folder,
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const okno = () => join(installed, 'bin/okno');

test('the installed package says its version and carries no source in TypeScript', async () => {
  expect((await run(okno(), ['version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const carried = readdirSync(join(installed, 'lib/node_modules/okno'), { recursive: true, encoding: 'utf8' });
  const own = carried.filter((path) => !path.startsWith('node_modules/'));
  expect(own).toContain('dist/cli/main.js');
  expect(own.filter((path) => /\.tsx?$/.test(path))).toEqual([]);
  // What the documents name is there: they are read where the package is, too.
  for (const file of ['deploy/okno.service', 'deploy/nginx.conf', 'deploy/prometheus.yml', 'docs/how-to/install.md'])
    expect(own).toContain(file);
});

test('as the documents say, it is installed with the versions it was made with, and lists them', async () => {
  const own = join(folder, 'opt');
  mkdirSync(own);
  await run('tar', ['xzf', packed, '--strip-components=1', '-C', own]);
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit'], { cwd: own });
  const read = (file: string) => JSON.parse(readFileSync(join(own, file), 'utf8')) as Record<string, unknown>;
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const { components } = read('sbom.cdx.json') as { components: { name: string; version: string }[] };
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const there = Object.entries(packages).filter(
    ([path]) => path.startsWith('node_modules/') && existsSync(join(own, path, 'package.json')),
  );
  expect(there.length).toBeGreaterThan(100);
  for (const [path, { version = '' }] of there) {
    const found = read(join(path, 'package.json')) as { name: string; version: string };
    expect(`${path} ${found.version}`).toBe(`${path} ${version}`);
    expect(listed).toContain(`${found.name}@${version}`);
  }
  expect(existsSync(join(own, 'node_modules/vite'))).toBe(false);
});

test('the installed package serves the API and the screens, and stops in order', async () => {
  const data = join(folder, 'data');
  const { url, stop } = await startProgram(
    ['serve', '--clock', 'demo', '--shown-at', '2026-02-19T10:40:00+03:00', '--data', data, '--port', '0'],
    [okno()],
  );
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${url}/kiosk/1`)).text()).toContain('<div id="screen">');
  expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  expect(await stop()).toBe(0);
});

test('under an older Node it restarts itself under its own', async () => {
  const data = join(folder, 'data');
  const script = join(installed, 'lib/node_modules/okno/bin/okno.js');
  const { url, stop } = await startProgram(
    ['serve', '--clock', 'demo', '--data', data, '--port', '0'],
    [process.execPath, '--import', OLD_NODE, script],
  );
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await stop()).toBe(0);
});

test('npx okno works in the checkout', async () => {
  const { stdout } = await run('npx', ['--no-install', 'okno', 'help'], { cwd: projectRoot });
  expect(stdout).toMatch(/replay +drive a recorded day/);
});
