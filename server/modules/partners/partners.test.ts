import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, type CivilDate, instantOf } from '../../../core/time/civil.ts';
import {
  cloneDatabase,
  DAY,
  startTestNode,
  TEST_KEY,
  testCentre,
  type TestNode,
  ZONE,
} from '../../../tests/support/test-node.ts';
import { addPartner, addWebhook, sealOpenSecrets, signatureOf } from './index.ts';
import { isOpenAddress, OPEN_NET, post, urlFault } from '../../platform/public-http.ts';
import { openVault, type Vault } from '../../platform/vault.ts';

const tls = (name: string) => readFileSync(join(import.meta.dirname, '../../../tests/support/tls', name), 'utf8');
const TOMORROW = addDays(DAY as CivilDate, 1);

interface Heard {
  readonly signature: string;
  readonly text: string;
}

let node: TestNode;
let drop: () => Promise<void>;
let portal: Server;
const heard: Heard[] = [];
let answer = 200;
let key = '';
let secret = '';
let hook = '';
let vault: Vault;

beforeAll(async () => {
  portal = createServer({ cert: tls('cert.pem'), key: tls('key.pem') }, (request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ signature: String(request.headers['okno-signature']), text: Buffer.concat(parts).toString() });
      reply
        .writeHead(answer, { location: 'https://elsewhere.example/' })
        .end(answer === 299 ? 'x'.repeat(100_000) : '');
    });
  });
  await new Promise<void>((resolve) => void portal.listen(0, '127.0.0.1', resolve));
  hook = `https://localhost:${(portal.address() as AddressInfo).port}/okno`;
  const database = await cloneDatabase();
  drop = database.drop;
  const outward = { resolve: async () => ['127.0.0.1'], isAllowed: () => true, ca: tls('cert.pem') };
  const postWays = { mail: null, sms: null, site: null, outward };
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)], 0, { requireKeys: true, post: postWays });
  const db = node.database;
  vault = await openVault(db, TEST_KEY);
  key = await addPartner(db, { name: 'federal-portal', channel: 'federal', dailyQuota: 4 });
  secret = await addWebhook(db, vault, 'federal-portal', hook);
});

afterAll(async () => {
  vault.close();
  await node.close();
  await drop();
  portal.close();
});

const at = (time: string, day: string = TOMORROW) => instantOf(day as CivilDate, time, ZONE);
const ask = (method: string, path: string, body?: unknown, as = key) =>
  node.ask(method, path, body, as === '' ? {} : { authorization: `Bearer ${as}` });
const book = (time: number, more: object = {}) =>
  ask('POST', '/api/partner/bookings', {
    commandId: randomUUID(),
    centreId: 1,
    at: time,
    services: [{ serviceId: 'passports', quantity: 1 }],
    ...more,
  });
/** What was said of one booking, in the order of coming. */
const heardOf = (bookingId: unknown) => heard.filter(({ text }) => text.includes(String(bookingId)));

test('a partner books through its channel: tomorrow only, and never as another partner', async () => {
  const { body, status } = await book(at('10:00'), { email: 'anna@example.org' });
  expect({ status, state: body['state'], channel: body['channel'] }).toEqual({
    status: 201,
    state: 'booked',
    channel: 'federal',
  });
  expect((await book(at('10:00', addDays(TOMORROW, 1)))).body.code).toBe('time-too-far');
  const free = await ask('GET', '/api/free-times?services=passports&channel=city');
  expect(free.body.code).toBe('channel-not-yours');
  expect((await ask('POST', '/api/partner/bookings', {}, '')).body.code).toBe('key-needed');
  const own = await ask('GET', `/api/partner/bookings?from=${TOMORROW}&to=${TOMORROW}`);
  expect(own.body as unknown).toMatchObject([{ bookingId: body['bookingId'], code: body['code'] }]);
});

test('what becomes of a booking is told at once, signed, in order', async () => {
  const { body } = await book(at('11:00'));
  const said = () => heardOf(body['bookingId']);
  await expect.poll(() => said().length).toBe(1);
  await ask('POST', '/api/own-booking/cancel', { token: body['token'] });
  await expect.poll(() => said().length).toBe(2);
  expect(said().map(({ text }) => (JSON.parse(text) as { kind: string }).kind)).toEqual([
    'booking-booked',
    'booking-cancelled',
  ]);
  const [time, sign] = (said()[0] as Heard).signature.split(',').map((part) => part.split('=')[1]);
  const expected = createHmac('sha256', Buffer.from(secret, 'base64url'))
    .update(`${time}.${(said()[0] as Heard).text}`)
    .digest('hex');
  expect(sign).toBe(expected);
  expect((said()[0] as Heard).text).not.toContain('@');
});

test('the secret of a webhook is sealed for it; an older one is sealed when it is next used, and the signature stays', async () => {
  const db = node.database;
  const plain = Buffer.from(secret, 'base64url');
  const kept = async () =>
    (
      await db.pool.query<{ secret: Buffer | null; sealed: Buffer | null }>(
        'select secret, sealed_secret as sealed from webhook',
      )
    ).rows[0];
  const isSealed = { secret: null, sealed: expect.any(Buffer) as Buffer };
  expect(await kept()).toEqual(isSealed);
  expect((await kept())?.sealed?.includes(plain)).toBe(false);

  const asBefore = () => db.pool.query('update webhook set secret = $1, sealed_secret = null', [plain]);
  await asBefore();
  const { status, body } = await book(at('15:00'));
  expect(status).toBeLessThan(300);
  await expect.poll(() => heardOf(body['bookingId']).length).toBe(1);
  expect(await kept()).toEqual(isSealed);
  const [said] = heardOf(body['bookingId']) as [Heard];
  const [, time = ''] = /^t=(\d+),v1=/.exec(said.signature) ?? [];
  expect(said.signature).toBe(signatureOf(plain, Number(time) * 1_000, said.text));

  await asBefore();
  expect(await db.write((tx) => sealOpenSecrets(tx, vault)), 'or when everything is sealed again').toBe(1);
  expect(await kept()).toEqual(isSealed);
  expect(await db.write((tx) => sealOpenSecrets(tx, vault))).toBe(0);
  expect((await ask('POST', '/api/own-booking/cancel', { token: body['token'] })).status).toBeLessThan(300);
  await expect.poll(() => heardOf(body['bookingId']).length).toBe(2);
});

test('a quota is the most of a day; a visitor who may not have it has nothing', async () => {
  const third = await book(at('12:00'), { email: 'nobody' });
  expect(third.body.code).toBe('contact-malformed');
  expect((await book(at('12:00'), { email: 'anna@example.org' })).status).toBeLessThan(300);
  expect((await book(at('13:00'))).body.code).toBe('partner-quota');
});

test('a partner that does not answer is tried again, ten times; then the message is with the dead letters until it is retried', async () => {
  const db = node.database;
  const { body } = await ask('GET', `/api/partner/bookings?from=${TOMORROW}&to=${TOMORROW}`);
  const [first] = body as unknown as { token: string; bookingId: string }[];
  const onTheirWay = async () =>
    (await db.pool.query(`select from webhook_delivery where state in ('waiting', 'sending')`)).rowCount;
  await expect.poll(onTheirWay).toBe(0);
  answer = 302;
  await ask('POST', '/api/own-booking/cancel', { token: first?.token });
  await expect.poll(() => heardOf(first?.bookingId).length).toBe(2);
  const state = async () => {
    const { rows } = await db.pool.query(
      `select state, attempts, last_answer from webhook_delivery where body->>'bookingId' = $1 and body->>'kind' = 'booking-cancelled'`,
      [first?.bookingId],
    );
    return rows[0] as object;
  };
  await expect.poll(state).toMatchObject({ state: 'waiting', last_answer: '302' });
  await db.pool.query(`update webhook_delivery set attempts = 9, next_at = made_at where state = 'waiting'`);
  await expect.poll(state).toMatchObject({ state: 'dead', attempts: 10 });
  const dead = await ask('GET', '/api/partner/dead-letters');
  expect(dead.body as unknown).toMatchObject([{ attempts: 10, lastAnswer: '302', kind: 'booking-cancelled' }]);
  answer = 200;
  expect((await ask('POST', '/api/partner/dead-letters/retry')).body).toEqual({ revived: 1 });
  await expect.poll(state).toMatchObject({ state: 'sent', last_answer: '200' });
});

test.each([
  ['8.8.8.8', true],
  ['2a00:1450::1', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.20.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['::1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['::ffff:127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
])('%s is open: %s', (address, isOpen) => expect(isOpenAddress(address)).toBe(isOpen));

test.each([
  'http://portal.example/',
  'https://10.0.0.1/',
  'https://[::1]/',
  'https://user:secret@portal.example/',
  'ftp://x',
  'portal',
])('%s is no address for messages', async (url) => {
  expect(urlFault(url)).not.toBeNull();
  await expect(addWebhook(node.database, vault, 'federal-portal', url)).rejects.toThrow(/must/);
});

test('a name that leads into a closed network is not followed; nor is too long an answer taken', async () => {
  const inside = { ...OPEN_NET, resolve: async () => ['8.8.8.8', '192.168.0.1'] };
  await expect(post('https://portal.example/', '{}', {}, inside)).rejects.toThrow('closed network');
  answer = 299;
  const here = { resolve: async () => ['127.0.0.1'], isAllowed: () => true, ca: tls('cert.pem') };
  await expect(post(hook, '{}', {}, here)).rejects.toThrow('too long');
  await expect(post(hook, '{}', {}, { ...here, ca: '' })).rejects.toThrow(/certificate|self/i);
  answer = 200;
});
