import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { type Database, openDatabase } from './database.ts';
import { openGate } from './gate.ts';
import { besideTransactions, queriesHere } from './one-connection.ts';
import { inTransaction } from './transaction.ts';

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

const SECOND = 'a transaction asks its pool for a second connection';

test('work in a transaction that asks the pool for a second connection fails, whichever way it asks', async () => {
  const { pool } = database;
  const asks = [
    () => pool.query('select 1'),
    () => pool.connect(),
    () => inTransaction(pool, async () => undefined),
    // However deep below, and after whatever was waited for.
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return [await pool.query('select 1')];
    },
  ];
  for (const ask of asks) await expect(inTransaction(pool, async () => void (await ask()))).rejects.toThrow(SECOND);
  const kept = await pool.query('select 1 as one');
  expect(kept.rows).toEqual([{ one: 1 }]);
});

test('what a transaction begins but does not wait for is free to ask, and so is whoever goes on after it', async () => {
  const { pool } = database;
  const begun: Promise<unknown>[] = [];
  let go: () => void = () => undefined;
  const after = new Promise<void>((resolve) => (go = resolve));
  await inTransaction(pool, async () => {
    begun.push(
      besideTransactions(() => pool.query('select 1')),
      after.then(() => pool.query('select 2')),
    );
  });
  go();
  await Promise.all(begun);
});

test('a reader in a transaction asks with its connection, and with the pool outside', async () => {
  const { pool } = database;
  expect(queriesHere(pool)).toBe(pool);
  await inTransaction(pool, async (client) => expect(queriesHere(pool)).toBe(client));
  expect(queriesHere(pool)).toBe(pool);
});

test('transactions that wait for something leave connections to whoever only reads', async () => {
  const { pool } = database;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const writes = Array.from({ length: 200 }, () => inTransaction(pool, () => finished));
  const { rows } = await pool.query('select 1 as one');
  expect(rows).toEqual([{ one: 1 }]);
  finish();
  await Promise.all(writes);
});

test('a gate lets in the next in line, and one that came too late has no place to give back', async () => {
  const gate = openGate(1);
  expect(await gate.enter(1_000)).toBe(true);
  expect(await gate.enter(1)).toBe(false);
  const second = gate.enter(60_000);
  gate.leave();
  expect(await second).toBe(true);
  gate.leave();
  expect(await gate.enter(1)).toBe(true);
});
