import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { type Database, openDatabase } from './database.ts';

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = await openDatabase({ url: clone.url });
});

afterAll(async () => {
  await database.close();
  await drop();
});

// A node that did not hear of it ended with “Unhandled 'error' event” in the moment its database was killed.
test('a connection that breaks while in use ends neither the program nor the pool', async () => {
  const held = await database.pool.connect();
  const { pid } = (await held.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0] as { pid: number };
  const ended = new Promise((resolve) => held.once('end', resolve));
  await database.pool.query('select pg_terminate_backend($1)', [pid]);
  await ended;
  await expect(held.query('select 1')).rejects.toThrow();
  held.release();
  const again = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  expect(again.rows[0]?.pid).not.toBe(pid);
});
