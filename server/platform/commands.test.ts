import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { onceFor } from './commands.ts';
import { type Database, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

let database: Database;
let drop: () => Promise<void>;
const MARK = Buffer.from('mark');
const setting = { vault: { mark: () => MARK } as never, now: () => Date.UTC(2026, 1, 19) };

/** As a node of the version before writes it. */
const DONE_BEFORE = `insert into case_command (command_id, deed, body, outcome, made_at) values ($1, $2, $3, 'before', now())`;
const carryOut = (commandId: string, action: string) =>
  database.write((tx) => onceFor(tx, setting, { commandId, action, body: {} }, () => Promise.resolve('now')));

const before = randomUUID();

beforeAll(async () => {
  const cloned = await cloneDatabase('template1');
  drop = cloned.drop;
  const client = new pg.Client(cloned.url);
  await client.connect();
  await migrate(client, { upTo: '0095_changed_visits.sql' });
  await client.query(DONE_BEFORE, [before, 'begin', MARK]);
  await client.end();
  database = await openDatabase({ url: cloned.url });
});
afterAll(async () => {
  await database.close();
  await drop();
});

test('a command carried out before or during an upgrade is not carried out again by either version', async () => {
  const [during, after] = [randomUUID(), randomUUID()];
  await database.pool.query(DONE_BEFORE, [during, 'begin', MARK]);
  expect(await carryOut(before, 'begin')).toBe('before');
  expect(await carryOut(during, 'begin')).toBe('before');
  await expect(carryOut(during, 'withdraw')).rejects.toThrow('command-conflict');
  expect(await carryOut(after, 'begin')).toBe('now');
  const { rows } = await database.pool.query('select deed, outcome from case_command where command_id = $1', [after]);
  expect(rows).toEqual([{ deed: 'begin', outcome: 'now' }]);
});
