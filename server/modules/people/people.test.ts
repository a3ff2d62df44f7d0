import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';
import { createKey, revokeKey } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)], 0, { requireKeys: true });
});

afterAll(async () => {
  await node.close();
  await drop();
});

/** A device with a key: it asks as everybody does. */
async function device(role: string, centreId: number | null = 1) {
  const name = `${role}-${randomUUID()}`;
  const key = await createKey(node.database, { name, role, centreId });
  const post = (path: string, body: object = {}) =>
    node.ask('POST', path, { commandId: randomUUID(), ...body }, { authorization: `Bearer ${key}` });
  return { name, post };
}

const base = (centreId: number) => `/api/centres/${centreId}/days/${DAY}`;

test('without a key one may look, and open the page of one’s own ticket, and nothing else', async () => {
  expect((await node.ask('GET', '/api/centres/1/hall')).status).toBe(200);
  const refused = await node.ask('POST', `${base(1)}/visits`, { commandId: randomUUID(), ...wants('passports') });
  expect([refused.status, refused.body.code]).toEqual([401, 'key-needed']);
  const kiosk = await device('kiosk');
  const ticket = (await kiosk.post(`${base(1)}/visits`, wants('passports'))).body;
  const own = { token: ticket['token'] };
  expect((await node.ask('POST', '/api/own-visit/look', own)).status).toBeLessThan(300);
  const left = await node.ask('POST', '/api/own-visit/actions/leave', { ...own, commandId: randomUUID() });
  expect(left.body).toMatchObject({ state: 'left' });
});

test('a role does what it is for, at its own centre', async () => {
  const [kiosk, specialist, senior] = [
    await device('kiosk'),
    await device('specialist'),
    await device('hall-administrator'),
  ];
  const { visitId } = (await kiosk.post(`${base(1)}/visits`, wants('passports'))).body;
  const open = { specialistId: 'anna', skills: skilled('passports') };
  expect((await kiosk.post(`${base(1)}/windows/1/open`, open)).body).toMatchObject({ code: 'role-not-enough' });
  expect((await specialist.post(`${base(1)}/windows/1/open`, open)).status).toBeLessThan(300);
  const pick = { visitId, reason: 'health' };
  expect((await specialist.post(`${base(1)}/windows/1/pick`, pick)).body).toMatchObject({ code: 'role-not-enough' });
  expect((await senior.post(`${base(1)}/windows/1/pick`, pick)).status).toBeLessThan(300);
  const foreign = await specialist.post(`${base(2)}/windows/1/open`, open);
  expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign-centre']);
  const everywhere = await device('administrator', null);
  const elsewhere = { ...open, specialistId: 'boris' };
  expect((await everywhere.post(`${base(2)}/windows/1/open`, elsewhere)).status).toBeLessThan(300);
});

test('a specialist may not agree to a gap for themselves', async () => {
  const [specialist, senior] = [await device('specialist', 2), await device('hall-administrator', 2)];
  const open = { specialistId: 'vera', skills: skilled('property') };
  expect((await specialist.post(`${base(2)}/windows/3/open`, open)).status).toBeLessThan(300);
  const pause = { reason: 'break' };
  expect((await specialist.post(`${base(2)}/windows/3/pause`, pause)).body.code).toBe('last-window');
  const agreed = { ...pause, agreed: true };
  expect((await specialist.post(`${base(2)}/windows/3/pause`, agreed)).body.code).toBe('role-not-enough');
  expect((await senior.post(`${base(2)}/windows/3/pause`, agreed)).status).toBeLessThan(300);
});

test('a key that was revoked, or never was, is good for nothing', async () => {
  const kiosk = await device('kiosk');
  expect(await revokeKey(node.database, kiosk.name)).toBe(true);
  expect(await revokeKey(node.database, kiosk.name)).toBe(false);
  const gone = await kiosk.post(`${base(1)}/visits`, wants('passports'));
  expect([gone.status, gone.body.code]).toEqual([401, 'unknown-key']);
});

test('a device that asks without end is held back; another one at the same address is served', async () => {
  const [wild, calm] = [await device('kiosk'), await device('kiosk')];
  const began = Date.now();
  let served = 0;
  for (let batch = 0; batch < 20; batch += 1) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => wild.post(`${base(1)}/visits`, wants('nonsense'))),
    );
    served += answers.filter(({ status }) => status !== 429).length;
  }
  // A hundred at once and twenty a second: on a slow machine the same thousand takes longer, and more of them are served.
  expect(served).toBeLessThanOrEqual(100 + 20 * Math.ceil((Date.now() - began) / 1_000));
  expect((await calm.post(`${base(1)}/visits`, wants('passports'))).status).toBeLessThan(300);
});

test.each([
  ['the search of services', `/api/service-search?q=${encodeURIComponent('пасспорт')}`],
  ['the search of free times', '/api/free-times?services=passports'],
])('an address that asks %s without end is held back, and a kiosk there is served', async (_, path) => {
  const kiosk = await device('kiosk');
  const began = Date.now();
  // Half of them for the head alone: it costs as much.
  const answers = await Promise.all(
    Array.from({ length: 100 }, (__, index) => fetch(node.url + path, { method: index % 2 === 0 ? 'GET' : 'HEAD' })),
  );
  const held = answers.filter(({ status }) => status === 429);
  // Thirty at once and ten a second at most: on a slow machine more of them are served.
  expect(answers.length - held.length).toBeLessThanOrEqual(30 + 10 * Math.ceil((Date.now() - began) / 1_000));
  expect(answers.length - held.length).toBeGreaterThanOrEqual(20);
  for (const { headers } of held) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await kiosk.post(`${base(1)}/visits`, wants('passports'))).status).toBeLessThan(300);
  expect((await node.ask('GET', '/api/centres/1/hall')).status, 'other questions of the address').toBe(200);
});

// The last one: it uses up what the address may ask.
test.each(['/promise.csv', '/seals', '/no-such-page'])(
  'an address that asks for the page %s without end is held back, and a kiosk there is served',
  async (path) => {
    const kiosk = await device('kiosk');
    const began = Date.now();
    let answers = 0;
    let held = 0;
    while (held === 0 && answers < 3_000) {
      const batch = await Promise.all(Array.from({ length: 100 }, () => fetch(node.url + path)));
      answers += batch.length;
      held += batch.filter(({ status }) => status === 429).length;
      await Promise.all(batch.map((one) => one.arrayBuffer()));
    }
    expect(held).toBeGreaterThan(0);
    expect(answers - held).toBeLessThanOrEqual(600 + 100 * Math.ceil((Date.now() - began) / 1_000));
    expect((await kiosk.post(`${base(1)}/visits`, wants('passports'))).status).toBeLessThan(300);
  },
);
