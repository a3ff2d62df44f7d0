import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { type Database, openDatabase } from './database.ts';
import { openGate } from './gate.ts';
import { besideTransactions } from './one-connection.ts';
import type { Read } from './handles.ts';
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

test('what a transaction begins but does not wait for is free to ask, and so is the code that goes on after it', async () => {
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

test('a read begun in a transaction, and a write begun in a read, fail too', async () => {
  const { read, write, writeNow, rehearse } = database;
  const nothing = async () => undefined;
  for (const outer of [read, write, writeNow, rehearse])
    for (const inner of [read, write, writeNow].map((one) => () => one(nothing)).concat(() => rehearse(nothing)))
      await expect(outer(async () => void (await inner()))).rejects.toThrow(SECOND);
});

test('a read cannot write, and a handle is good only while its work runs', async () => {
  const written = database.read((tx) => tx.query('create table nothing_kept ()'));
  await expect(written).rejects.toThrow('read-only transaction');
  let kept: Read | undefined;
  await database.read(async (tx) => void (kept = tx));
  await expect(kept?.query('select 1')).rejects.toThrow('after its transaction');
});

test('a read sees one moment, whatever is written meanwhile', async () => {
  await database.write((tx) => tx.query('create table moment (at int)'));
  await database.read(async (tx) => {
    const count = async () => (await tx.query<{ n: number }>('select count(*)::int as n from moment')).rows[0]?.n;
    expect(await count()).toBe(0);
    await besideTransactions(() => database.write((other) => other.query('insert into moment values (1)')));
    expect(await count()).toBe(0);
  });
});

test('what is rehearsed sees what it wrote, meets what a commit would check, and keeps nothing', async () => {
  await database.write((tx) =>
    tx.query('create table pair (id int primary key, other int references pair deferrable initially deferred)'),
  );
  const seen = await database.rehearse(async (db) => {
    await db.write((tx) => tx.query('insert into pair values (1, 2), (2, 1)'));
    const lonely = db.write((tx) => tx.query('insert into pair values (3, 4)'));
    await expect(lonely).rejects.toMatchObject({ code: '23503' });
    return (await db.read((tx) => tx.query('select from pair'))).rowCount;
  });
  expect(seen).toBe(2);
  expect((await database.read((tx) => tx.query('select from pair'))).rowCount).toBe(0);
});

test('writes that wait for something leave connections to reads', async () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const writes = Array.from({ length: 200 }, () => database.write(() => finished));
  const { rows } = await database.read((tx) => tx.query('select 1 as one'));
  // Nor do they hold up a short write for which a hall or another node waits.
  expect((await database.writeNow((tx) => tx.query('select 1 as one'))).rows).toEqual(rows);
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
