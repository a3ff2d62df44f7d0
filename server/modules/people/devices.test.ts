import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDevice, type TestDevice } from '../../../tests/support/device.ts';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
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
let root: Person;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)], 0, { requireKeys: true });
  root = await administrator(node);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const ticket = (device: TestDevice, centreId = 1, change = {}) =>
  device.ask(
    'POST',
    `/api/centres/${centreId}/days/${DAY}/visits`,
    { commandId: randomUUID(), ...wants('passports') },
    change,
  );

const asked = async (device: TestDevice, kind = 'kiosk') =>
  (await node.ask('POST', '/api/pairings', { kind, publicKey: device.publicKey })).body as unknown as {
    pairingId: string;
    code: string;
    fingerprint: string;
  };

async function paired(by: Person = root, kind = 'kiosk') {
  const device = testDevice(node);
  const { pairingId, code } = await asked(device, kind);
  const made = await by.ask('POST', '/api/devices', { code, centreId: 1, windowId: null, name: 'У входа' });
  expect(made.status).toBeLessThan(300);
  device.token = (await node.ask('GET', `/api/pairings/${pairingId}`)).body['token'] as string;
  return { device, deviceId: made.body['deviceId'] as string };
}

test('a device shows a code, a person who compares its fingerprint lets it in, and it gives tickets', async () => {
  const device = testDevice(node);
  const { pairingId, code, fingerprint } = await asked(device);
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  expect((await node.ask('GET', `/api/pairings/${pairingId}`)).body).toEqual({ state: 'waiting' });
  const found = await root.ask('POST', '/api/pairings/find', { code: code.toLowerCase().replace('-', '') });
  expect(found.body).toMatchObject({ kind: 'kiosk', fingerprint });
  expect((await root.ask('POST', '/api/devices', { code, centreId: 1, windowId: 77, name: 'x' })).body.code).toBe(
    'unknown-window',
  );
  const made = await root.ask('POST', '/api/devices', { code, centreId: 1, windowId: null, name: 'У входа' });
  expect(made.body).toMatchObject({ kind: 'kiosk', centreId: 1, fingerprint, seenAt: null });
  const confirmed = (await node.ask('GET', `/api/pairings/${pairingId}`)).body;
  expect(confirmed).toMatchObject({ state: 'confirmed', kind: 'kiosk', centreId: 1 });
  device.token = confirmed['token'] as string;
  expect((await ticket(device)).status).toBeLessThan(300);
  expect((await device.ask('GET', '/api/device')).body).toMatchObject({ name: 'У входа' });
  expect((await ticket(device, 2)).body.code).toBe('foreign-centre');
  const list = (await root.ask('GET', '/api/devices')).body as unknown as { deviceId: string; seenAt: number | null }[];
  expect(list.find(({ deviceId }) => deviceId === made.body['deviceId'])?.seenAt).toBeGreaterThan(0);
  expect((await root.ask('POST', '/api/devices', { code, centreId: 1, windowId: null, name: 'x' })).body.code).toBe(
    'wrong-pairing-code',
  );
});

test('a stolen token is worth nothing without the key, and a stolen proof only once and only there', async () => {
  const { device } = await paired();
  expect((await ticket(device)).status).toBeLessThan(300);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const thief = Object.assign(testDevice(node), { token: device.token });
  expect((await ticket(thief)).body.code).toBe('device-proof');
  expect((await ticket(device, 1, { key: privateKey })).body.code).toBe('device-proof');
  expect((await ticket(device, 1, { method: 'GET' })).body.code).toBe('device-proof');
  expect((await ticket(device, 1, { url: 'https://elsewhere.example/api' })).body.code).toBe('device-proof');
  expect((await ticket(device, 1, { token: 'x'.repeat(43) })).body.code).toBe('device-proof');
  expect((await ticket(device, 1, { nonce: 'old.nonce' })).body.code).toBe('device-proof');
  const jti = randomUUID();
  expect((await ticket(device, 1, { jti })).status).toBeLessThan(300);
  expect((await ticket(device, 1, { jti })).body.code).toBe('device-proof');
  const bearer = { authorization: `Bearer ${device.token}` };
  expect((await node.ask('GET', '/api/device', undefined, bearer)).body.code).toBe('unknown-key');
});

test('a revoked device is let in no more, and its key cannot be paired again', async () => {
  const { device, deviceId } = await paired();
  expect((await ticket(device)).status).toBeLessThan(300);
  expect((await root.ask('POST', `/api/devices/${deviceId}/revoke`)).status).toBeLessThan(300);
  expect((await ticket(device)).body.code).toBe('unknown-key');
  expect(await asked(device)).toMatchObject({ code: 'device-known' });
});

test('codes are not guessed: after five wrong ones the guesser waits, right or not', async () => {
  const head = await hired(node, root, 'guesser', 'head', { kind: 'centre', id: '1' });
  const guess = (code: string) => head.ask('POST', '/api/pairings/find', { code });
  const answers: (string | undefined)[] = [];
  for (let index = 0; index < 6; index += 1) answers.push((await guess(`ABCD-EFG${index + 2}`)).body.code);
  expect(answers).toEqual([...Array.from({ length: 5 }, () => 'wrong-pairing-code'), 'too-many-requests']);
  const { code } = await asked(testDevice(node));
  expect((await guess(code)).body.code).toBe('too-many-requests');
  // Other callers are not held back by it.
  expect((await root.ask('POST', '/api/pairings/find', { code })).status).toBeLessThan(300);
});

test('a code is over after five minutes, and a device is let in only where one manages devices', async () => {
  const head = await hired(node, root, 'head-2', 'head', { kind: 'centre', id: '2' });
  const { code, pairingId } = await asked(testDevice(node), 'board');
  const confirm = (by: Person) => by.ask('POST', '/api/devices', { code, centreId: 1, windowId: null, name: 'Зал' });
  expect((await confirm(head)).body.code).toBe('right-elsewhere');
  await node.database.pool.query(`update device_pairing set expires_at = clock_timestamp() where device_id is null`);
  expect((await confirm(root)).body.code).toBe('wrong-pairing-code');
  expect((await node.ask('GET', `/api/pairings/${pairingId}`)).body).toEqual({ state: 'over' });
  const { deviceId } = await paired(root, 'board');
  expect((await head.ask('POST', `/api/devices/${deviceId}/revoke`)).body.code).toBe('right-elsewhere');
  expect((await head.ask('GET', '/api/devices')).body).toEqual([]);
});
