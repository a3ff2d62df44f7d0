import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, DAY, startTestNode, testCentre, type TestNode, wants } from '../../tests/support/test-node.ts';

let node: TestNode;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ url, drop } = await cloneDatabase());
  node = await startTestNode(url, [testCentre(1), testCentre(2)]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const take = (centreId = 1) =>
  node.ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, { commandId: randomUUID(), ...wants('passports') });
const ready = () => node.ask('GET', '/readyz');
const settled = async (status: number) => expect.poll(async () => (await ready()).status).toBe(status);

test('a database that cannot write is seen by who asks whether the node is ready, and every write is told to come again', async () => {
  expect((await take()).status).toBeLessThan(300);
  expect((await ready()).status).toBeLessThan(300);
  const admin = new pg.Client(url);
  await admin.connect();
  const name = (await admin.query<{ name: string }>('select current_database() as name')).rows[0]?.name;
  const readOnly = async (on: boolean) => {
    await admin.query(`alter database ${name} set default_transaction_read_only = ${on ? 'on' : 'off'}`);
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [name],
    );
  };
  await readOnly(true);
  await settled(503);
  const tried = [
    await take(),
    await node.ask('PUT', '/api/centres/1/advice-setting', { enabled: true }),
    await node.ask('POST', '/api/persons', {}),
  ];
  for (const { status } of tried) expect([400, 503]).toContain(status);
  expect(tried.map(({ status }) => status).slice(0, 2)).toEqual([503, 503]);
  expect(tried[1]?.headers.get('retry-after')).toBe('2');
  await admin.query('set default_transaction_read_only = off');
  await readOnly(false);
  await settled(200);
  await expect.poll(async () => (await take()).status).toBeLessThan(300);
  await admin.end();
});

test('a hall whose day cannot be read makes the node not ready, and names the centre', async () => {
  expect((await take(2)).status).toBeLessThan(300);
  await node.database.pool.query(
    `insert into queue_event (centre_id, day, seq, at, v, kind, chain, body) values (2, $1, 3, now(), 7, 'from-the-future', 0, '{}')`,
    [DAY],
  );
  expect((await take(2)).body.code).toBe('day-unreadable');
  await settled(503);
  expect((await ready()).body.detail).toContain('centre 2');
  expect((await take(1)).status).toBeLessThan(300);
});
