import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cloneDatabase,
  DAY,
  startTestNode,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const guest = testCentre(2, {
    hallOf: 1,
    groups: [{ groupId: 'taxes', letter: 'Т', name: { ru: 'Налоги', en: 'Taxes' } }],
    windows: [{ windowId: 20, groupIds: ['taxes'] }],
  });
  const other = testCentre(4, {
    groups: [{ groupId: 'land', letter: 'П', name: { ru: 'Земля', en: 'Land' } }],
    windows: [{ windowId: 40, groupIds: ['land'] }],
  });
  node = await startTestNode(database.url, [testCentre(1), guest, testCentre(3), other]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const take = (centreId: number) =>
  node.ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, { commandId: randomUUID(), ...wants('passports') });
const fileOf = async (centreId: number) => (await node.ask('GET', `/api/centres/${centreId}/file`)).body;

async function put(centreId: number, windowIds: readonly number[], dryRun = false) {
  const windows = windowIds.map((windowId) => ({ windowId, zoneId: null, groupIds: ['taxes'] }));
  return node.ask('PUT', `/api/centres/${centreId}/windows${dryRun ? '?dryRun=true' : ''}`, { windows });
}

test('windows that would have one number in a shared hall are refused at once, and nothing is written', async () => {
  const before = await fileOf(2);
  for (const dryRun of [true, false]) {
    const refused = await put(2, [1], dryRun);
    expect([refused.status, refused.body.code]).toEqual([409, 'hall-windows-clash']);
  }
  expect(await fileOf(2)).toEqual(before);
  expect((await put(2, [21])).status).toBe(200);
  expect((await take(1)).status).toBe(200);
});

test('a centre whose windows or letters clash with a hall cannot receive in it', async () => {
  for (const [centreId, code] of [
    [3, 'hall-windows-clash'],
    [4, 'hall-letters-clash'],
  ] as const) {
    await expect(
      node.database.pool.query('update centre set hall_of = 1 where centre_id = $1', [centreId]),
    ).rejects.toMatchObject({
      constraint: code === 'hall-windows-clash' ? 'hall_window_numbers' : 'hall_group_letters',
    });
    expect((await take(1)).status).toBe(200);
  }
});

test('a hall with guests cannot become a guest itself', async () => {
  await expect(node.database.pool.query('update centre set hall_of = 4 where centre_id = 1')).rejects.toMatchObject({
    constraint: 'hall_is_nobodys_guest',
  });
});
