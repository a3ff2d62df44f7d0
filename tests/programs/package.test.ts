import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
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
  installed = join(folder, 'prefix');
  await run(
    'npm',
    ['install', '--global', '--prefer-offline', '--no-audit', '--prefix', installed, join(folder, file)],
    { cwd: folder },
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const okno = () => join(installed, 'bin/okno');

test('the installed package says its version and carries no source in TypeScript', async () => {
  expect((await run(okno(), ['version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const carried = readdirSync(join(installed, 'lib/node_modules/okno'), { recursive: true, encoding: 'utf8' });
  const own = carried.filter((path) => !path.startsWith('node_modules/'));
  expect(own).toContain('dist/cli/main.js');
  expect(own.filter((path) => /\.tsx?$/.test(path))).toEqual([]);
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
