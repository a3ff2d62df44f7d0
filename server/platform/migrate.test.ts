import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { migrate } from './migrate.ts';

let client: pg.Client;
let drop: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), 'okno-migrations-'));

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  client = new pg.Client(database.url);
  await client.connect();
  await client.query('delete from migration');
});

afterAll(async () => {
  await client.end();
  await drop();
  rmSync(folder, { recursive: true });
});

const file = (name: string, sql: string) => writeFileSync(join(folder, name), sql);

test('each file runs once, in order', async () => {
  file('0002_second.sql', 'alter table step_one add column b integer');
  file('0001_first.sql', 'create table step_one (a integer primary key)');
  expect(await migrate(client, { folder })).toEqual(['0001_first.sql', '0002_second.sql']);
  expect(await migrate(client, { folder })).toEqual([]);
});

test('a file that fails leaves nothing of itself behind', async () => {
  file('0003_broken.sql', 'create table half (a integer primary key); select nonsense');
  await expect(migrate(client, { folder })).rejects.toThrow(/0003_broken.sql failed/);
  expect((await client.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
  rmSync(join(folder, '0003_broken.sql'));
});

test('a file that changed after it ran is refused', async () => {
  file('0001_first.sql', 'create table step_one (a bigint primary key)');
  await expect(migrate(client, { folder })).rejects.toThrow(/never edited/);
  file('0001_first.sql', 'create table step_one (a integer primary key)');
});

test('a database that is newer than the program is refused', async () => {
  await client.query(`insert into migration (name, hash) values ('9999_future.sql', 'x')`);
  await expect(migrate(client, { folder })).rejects.toThrow(/newer than this program/);
});
