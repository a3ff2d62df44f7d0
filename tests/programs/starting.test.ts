import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from '../../bench/program.ts';
import { projectRoot } from '../support/source-files.ts';

let folder: string;
let taken: Server;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-starting-'));
  await chmod(folder, 0o755);
  taken = createServer();
  await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
  port = (taken.address() as { port: number }).port;
});

afterAll(async () => {
  taken.close();
  await rm(folder, { recursive: true, force: true });
});

function run(program: string, args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: '', OKNO_CONFIG: '', HOME: folder };
  return new Promise((resolve) => {
    execFile(program, [...args], { env, timeout: 120_000 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const okno = (...args: string[]) => run(process.execPath, [join(projectRoot, 'bin/okno.js'), ...args]);
/** Whether a PostgreSQL of these data is running. */
const isRunning = (data: string) => existsSync(join(data, 'postgres/postmaster.pid'));

test.each([
  ['serve', () => ['--port', String(port)], /Port \d+ is taken\. Choose another one: --port \d+/],
  ['serve', () => ['--port', '0', '--metrics-port', String(port)], /\/metrics\) is taken.*--metrics-port \d+/],
  ['serve', () => ['--port', '0', '--host', '203.0.113.7'], /no address 203\.0\.113\.7\. Set host/],
  ['start', () => ['--port', String(port)], /Port \d+ is taken/],
])('%s does not begin anything when it cannot listen (%#)', async (command, args, says) => {
  const data = join(folder, 'never');
  const { code, out, err } = await okno(command, '--data', data, ...args());
  expect([code, out, err]).toEqual([3, '', expect.stringMatching(says)]);
  expect(err).not.toMatch(/ at /);
  expect(existsSync(data)).toBe(false);
});

test('a program that ends in the middle leaves no PostgreSQL without a parent behind', async () => {
  const data = join(folder, 'middle');
  mkdirSync(data);
  const script = `
    const { embeddedPostgres } = await import(${JSON.stringify(join(projectRoot, 'server/platform/embedded-postgres.ts'))});
    await embeddedPostgres(${JSON.stringify(data)});
    throw new Error('in the middle');`;
  const { code } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  expect(code).toBe(1);
  await expect.poll(() => isRunning(data)).toBe(false);
});

test('what was restored starts with its own key, and no other key is ever made for it', async () => {
  const data = join(folder, 'first');
  const city = ['--city', 'Тверь', '--time-zone', 'Europe/Moscow', '--administrator', 'root'];
  expect((await okno('init', ...city, '--data', data)).code).toBe(0);
  const first = await startProgram(['serve', '--data', data, '--port', '0']);
  const second = await startProgram(['serve', '--data', data, '--port', '0']);
  expect(second.said()).toMatch(/2 nodes share these data now/);
  await second.stop();
  await first.stop();
  expect(isRunning(data)).toBe(false);

  const backups = join(folder, 'backups');
  expect((await okno('backup', '--to', backups, '--data', data)).out).toContain(join(data, 'master.key'));
  const archive = join(backups, readdirSync(backups).find((name) => name.startsWith('okno-')) as string);
  const restored = join(folder, 'restored');
  const key = join(restored, 'master.key');
  expect((await okno('restore', archive, '--data', restored)).out).toContain(`your copy of the master key into ${key}`);

  const without = await okno('serve', '--data', restored, '--port', '0');
  expect([without.code, without.err]).toEqual([1, expect.stringMatching(/There is no master key in .*master\.key/)]);
  expect([existsSync(key), isRunning(restored)]).toEqual([false, false]);

  writeFileSync(key, '0'.repeat(64));
  const wrong = await okno('serve', '--data', restored, '--port', '0');
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/master key is not the one/)]);
  expect(isRunning(restored)).toBe(false);
  expect((await okno('doctor', '--data', restored)).out).toMatch(/BAD +master key .*not the one/);

  writeFileSync(key, readFileSync(join(data, 'master.key')));
  await (await startProgram(['serve', '--data', restored, '--port', '0'])).stop();
  expect(isRunning(restored)).toBe(false);
});

test.each([['/proc/okno'], ['/dev/null/okno'], [join(projectRoot, 'package.json')]])(
  'a folder that cannot be one ends with a sentence: %s',
  async (path) => {
    const data = join(folder, 'first');
    const { code, err } = await okno('backup', '--to', path, '--data', data);
    expect([code, err]).toEqual([3, expect.stringMatching(/Nothing can be written into|a folder is needed/)]);
    const start = await okno('serve', '--data', path, '--port', '0');
    expect([start.code, start.err]).toEqual([
      3,
      expect.stringMatching(/Nothing can be written into|a folder is needed/),
    ]);
  },
);

/** Starts the demo, and ends it as soon as it has said so much. */
async function demoUntil(data: string, says: RegExp, signal: NodeJS.Signals): Promise<void> {
  const child = spawn(process.execPath, [join(projectRoot, 'bin/okno.js'), 'start', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const heard = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (says.test(said)) resolve();
      });
    child.on('exit', () => reject(new Error(`the demo ended before: ${said}`)));
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  await heard;
  child.kill(signal);
  await ended;
}

test('a demo city is made on an empty folder; one that was cut short is not taken for a whole one', async () => {
  await demoUntil(join(folder, 'whole'), /robots are playing this morning/, 'SIGTERM');
  const cut = join(folder, 'cut');
  await demoUntil(cut, /Furnishing/, 'SIGKILL');
  const { code, err } = await okno('start', '--port', '0', '--data', cut);
  await expect.poll(() => isRunning(cut)).toBe(false);
  expect([code, err]).toEqual([2, expect.stringMatching(/was cut short.*Delete its folder/s)]);
});
