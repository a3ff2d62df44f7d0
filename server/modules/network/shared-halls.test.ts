import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TimeZone } from '../../../core/time/civil.ts';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';
import { importCentres, readCentreList } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let districtId: unknown;

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
  // Centre 6 came to receive in the hall of centre 5 before letters were compared.
  const host = testCentre(5, {
    groups: [{ groupId: 'passports', letter: 'П', name: { ru: 'Паспорта', en: 'Passports' } }],
    windows: [{ windowId: 50, groupIds: ['passports'] }],
  });
  const old = testCentre(6, {
    groups: [{ groupId: 'land', letter: 'П', name: { ru: 'Земля', en: 'Land' } }],
    windows: [{ windowId: 60, groupIds: ['land'] }],
  });
  const movable = testCentre(7, {
    groups: [{ groupId: 'taxes', letter: 'Т', name: { ru: 'Налоги', en: 'Taxes' } }],
    windows: [{ windowId: 70, groupIds: ['taxes'] }],
  });
  const bare = testCentre(8, { groups: [], windows: [] });
  node = await startTestNode(database.url, [testCentre(1), guest, testCentre(3), other, host, old, movable, bare]);
  const district = await node.ask('POST', '/api/districts', { name: { ru: 'Район', en: 'District' }, parentId: null });
  districtId = district.body['districtId'];
});

afterAll(async () => {
  await node.close();
  await drop();
});

const take = (centreId: number, serviceId = 'passports') =>
  node.ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, { commandId: randomUUID(), ...wants(serviceId) });
const leave = async (ticket: Awaited<ReturnType<typeof take>>) => {
  const body = { token: ticket.body['token'], commandId: randomUUID() };
  expect((await node.ask('POST', '/api/own-visit/actions/leave', body)).status).toBeLessThan(300);
};
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
  expect((await put(2, [21])).status).toBeLessThan(300);
  expect((await take(1)).status).toBeLessThan(300);
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
    expect((await take(1)).status).toBeLessThan(300);
  }
});

test('a hall with guests cannot become a guest itself', async () => {
  await expect(node.database.pool.query('update centre set hall_of = 4 where centre_id = 1')).rejects.toMatchObject({
    constraint: 'hall_is_nobodys_guest',
  });
});

/** Writes the file of a centre with another hall. */
async function move(centreId: number, hallOf: number | null) {
  const { name, kind } = (await fileOf(centreId)) as { name?: unknown; kind?: unknown };
  const place = { districtId, address: '', latitude: null, longitude: null, phone: '', openedOn: null };
  return node.ask('PUT', `/api/centres/${centreId}`, { name, kind, ...place, hallOf });
}
const hallOf = async (centreId: number) => (await node.ask('GET', `/api/centres/${centreId}/hall`)).body['centreId'];

test('a centre leaves a hall only while no visitor is in it, and then its windows go with it', async () => {
  const stays = { status: 409, body: { code: 'visits-open', params: { visits: 1 } } };
  const own = await take(7, 'taxes');
  expect(await move(7, 8)).toMatchObject(stays);
  expect(await hallOf(7)).toBe(7);
  await leave(own);
  expect((await move(7, 8)).status).toBeLessThan(300);
  expect(await hallOf(7)).toBe(8);
  const open = { commandId: randomUUID(), specialistId: 'anna', skills: skilled('taxes') };
  expect((await node.ask('POST', `/api/centres/7/days/${DAY}/windows/70/open`, open)).status).toBeLessThan(300);
  const shared = await take(7, 'taxes');
  for (const next of [null, 4]) expect(await move(7, next)).toMatchObject(stays);
  // What is no move is written as ever.
  expect((await move(7, 8)).status).toBeLessThan(300);
  await leave(shared);
  expect((await move(7, null)).status).toBeLessThan(300);
  expect(await hallOf(7)).toBe(7);
});

test('a centre is not its own guest, and a host of guests is nobody’s', async () => {
  const problemOf = async (centreId: number, host: number) => {
    const { status, body } = await move(centreId, host);
    return [status, body.code];
  };
  expect(await problemOf(7, 7)).toEqual([422, 'hall-of-itself']);
  expect(await problemOf(2, 2)).toEqual([422, 'hall-of-itself']);
  expect(await problemOf(1, 4)).toEqual([409, 'hall-has-guests']);
});

test('a list neither moves nor shuts a centre while visitors are in its hall', async () => {
  await node.database.pool.query(`update centre set source_id = '7' where centre_id = 7`);
  const listed = (change: object) => {
    const record = { id: 7, site_id: 7, name: 'Седьмой', kind: 'district', okrug: 'Северный', district: 'Тестовый' };
    const rest = { address: 'Площадь, 1', lat: 55.7, lon: 37.6, hours: { thu: '08:00-20:00' }, windows: 2 };
    const host = { ...record, ...rest, id: 60, site_id: 60, name: 'Хозяин' };
    return readCentreList(JSON.stringify({ centres: [host, { ...record, ...rest, ...change }] }), 'json').centres;
  };
  const when = { timeZone: 'Europe/Moscow' as TimeZone, day: DAY };
  const bring = (change: object) =>
    node.database.rehearse((db) => importCentres(db, { kind: 'nobody', id: null }, listed(change), when));
  const ticket = await take(7, 'taxes');
  await expect(bring({ site_id: 60 })).rejects.toThrow(/Седьмой.*another hall.*still 1 visitor /);
  await expect(bring({ closed_for_repair: true })).rejects.toThrow(/Седьмой.*shuts.*still 1 visitor /);
  expect(await bring({})).toMatchObject({ changed: [{ centre: { sourceId: '7' } }] });
  await leave(ticket);
  for (const change of [{ site_id: 60 }, { closed_for_repair: true }])
    expect(await bring(change)).toMatchObject({ changed: [{ centre: { sourceId: '7' } }] });
});

test('an old clash of letters does not shut the hall: one group has another letter today, and the hall says so', async () => {
  await node.database.pool.query(
    'begin; set local session_replication_role = replica; update centre set hall_of = 5 where centre_id = 6; commit',
  );
  const hall = async () => (await node.ask('GET', '/api/centres/6/hall')).body['centreId'];
  await expect.poll(hall).toBe(5);
  const tickets = async (centreId: number, serviceId: string) => {
    const answer = await node.ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, {
      commandId: randomUUID(),
      ...wants(serviceId),
    });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body['number'];
  };
  expect(await tickets(5, 'passports')).toBe('П001');
  expect(await tickets(6, 'land')).toBe('А001');
  const open = async () =>
    (
      (await node.ask('GET', '/api/centres/5/alerts')).body as unknown as {
        kind: string;
        place: string;
        clearedAt: unknown;
      }[]
    )
      .filter(({ kind, clearedAt }) => kind === 'rules-mended' && clearedAt === null)
      .map(({ place }) => place);
  expect(await open()).toEqual(['letter-land']);
  // What is written later about the hall is written, and the hall goes on; only who writes windows is told of the clash.
  const windows = [{ windowId: 61, zoneId: null, groupIds: ['land'] }];
  expect((await node.ask('PUT', '/api/centres/6/windows', { windows })).body.code).toBe('hall-letters-clash');
  const rule = { centreId: 5, serviceId: null, rule: 'remoteTickets', value: true, from: DAY, to: DAY };
  expect((await node.ask('POST', '/api/pilots', rule)).status).toBeLessThan(300);
  expect(await tickets(6, 'land')).toBe('А002');
  await node.database.pool.query(`update service_group set letter = 'Л' where centre_id = 6`);
  expect((await node.ask('PUT', '/api/centres/6/windows', { windows })).status).toBeLessThan(300);
  expect(await open()).toEqual([]);
  expect(await tickets(6, 'land')).toBe('Л003');
});
