import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../platform/database.ts';
import { cloneDatabase, DAY, startTestNode, testCentre, wants } from '../../../../tests/support/test-node.ts';
import { verifyDay } from '../proof/verify.ts';

const KEY = { centreId: 1, day: DAY } as const;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ url, drop } = await cloneDatabase());
});

afterAll(() => drop?.());

/** A node that gives so many tickets and stops; gives what the hall showed last. */
async function run(tickets: number) {
  const node = await startTestNode(url, [testCentre(1)]);
  for (let ticket = 0; ticket < tickets; ticket += 1) {
    const body = { commandId: randomUUID(), ...wants(ticket % 2 === 0 ? 'passports' : 'benefits') };
    expect((await node.ask('POST', `/api/centres/1/days/${DAY}/visits`, body)).status).toBeLessThan(300);
  }
  const { body } = await node.ask('GET', '/api/centres/1/hall');
  await node.close();
  return body;
}

async function inDatabase<Result>(work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<Result>) {
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const change = (sql: string) => inDatabase(({ pool }) => pool.query(sql));
const faults = () => inDatabase(async (db) => (await db.read((tx) => verifyDay(tx, KEY, null))).faults);

test('a node goes on from the snapshot of a day, but not from one of other events or by other code; a false one is found out', async () => {
  const before = await run(150);
  const { rows } = await inDatabase(({ pool }) => pool.query<{ seq: number }>('select seq from day_snapshot'));
  expect(rows).toEqual([{ seq: before['seq'] }]);
  expect(await faults()).toEqual([]);
  const after = await run(3);
  expect(after['seq']).toBe(Number(before['seq']) + 3);
  expect(await faults()).toEqual([]);

  // The snapshot was tampered with, so that all have left but the three who came after it: the node believes it, and the check says so.
  await change(`update day_snapshot set body = replace(body, '"state":"waiting"', '"state":"left"')`);
  expect(await faults()).toEqual([expect.stringContaining('shows something else')]);
  expect((await run(0))['waiting']).toEqual(expect.arrayContaining([{ groupId: 'passports', visits: 2 }]));

  for (const wrong of ['chain = chain + 1', `fold = repeat('0', 64)`]) {
    await change(`update day_snapshot set ${wrong}`);
    expect(await run(0)).toEqual(after);
  }
});

test('snapshots of days that are over go', async () => {
  await change(
    `insert into day_snapshot select centre_id, day - 9, seq, chain, fold, configuration, body from day_snapshot`,
  );
  const node = await startTestNode(url, [testCentre(1)]);
  const count = () =>
    inDatabase(async ({ pool }) => (await pool.query('select from day_snapshot where day < $1', [DAY])).rowCount);
  await expect.poll(count).toBe(0);
  await node.close();
});
