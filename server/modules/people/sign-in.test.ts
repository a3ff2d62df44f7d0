import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { administrator, digits, enter, hired, PASSWORD, person, type Person } from '../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { slowHashes } from '../../platform/hashing/slow-hash.ts';
import { inviteAdministrator } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person & { secret: string };

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const door = { tls: null, behindProxy: ['127.0.0.1'] };
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)], 0, { requireKeys: true, door });
  root = await administrator(node);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const CENTRE = { kind: 'centre', id: '1' };
const from = (address: string) => ({ 'x-forwarded-for': address });
const trySignIn = (login: string, password: string, address: string, more: object = {}, who = person(node)) =>
  who.ask('POST', '/api/session', { login, password, ...more }, from(address));
const codeOf = async (asked: Promise<{ body: { code?: string } }>) => (await asked).body.code;
const later = (minutes: number) =>
  node.database.pool.query('update sign_in_attempt set free_at = free_at - make_interval(mins => $1)', [minutes]);
const wrongTries = async (login: string, address: string, count: number) => {
  const answers = [];
  for (let tried = 0; tried < count; tried += 1) answers.push(await trySignIn(login, 'not this one', address));
  return answers.map(({ status, body: { detail, code } }) => ({ status, code, detail }));
};

test('a login that exists and one that does not are answered alike, however often anyone tries', async () => {
  await hired(node, root, 'petr', 'specialist', CENTRE);
  await root.ask('POST', '/api/staff', { login: 'invited-only', name: 'Ещё не вошёл', scope: CENTRE });
  const known = await wrongTries('petr', '198.51.100.1', 9);
  const alike = (answers: typeof known) => answers.map(({ status, code }) => ({ status, code }));
  expect(alike(known)).toEqual([
    ...Array.from({ length: 5 }, () => ({ status: 401, code: 'wrong-password' })),
    ...Array.from({ length: 4 }, () => ({ status: 429, code: 'sign-in-throttled' })),
  ]);
  expect(alike(await wrongTries('nobody-here', '198.51.100.1', 9))).toEqual(alike(known));
  expect(alike(await wrongTries('invited-only', '198.51.100.1', 9))).toEqual(alike(known));
  const redeem = (login: string) =>
    person(node).ask(
      'POST',
      '/api/invitations/redeem',
      { login, code: 'ABCD-EFGH-JKLM', newPassword: PASSWORD },
      from('198.51.100.1'),
    );
  const redeemed = async (login: string) => {
    const codes = [];
    for (let tried = 0; tried < 7; tried += 1) codes.push((await redeem(login)).body.code);
    return codes;
  };
  expect(await redeemed('invited-only')).toEqual(await redeemed('nobody-else'));
});

test('a hundred at once are a hundred, not one', async () => {
  const codes = await Promise.all(
    Array.from({ length: 12 }, () => codeOf(trySignIn('who-is-this', 'x', '198.51.100.2'))),
  );
  expect(codes.filter((code) => code === 'wrong-password').length).toBeLessThanOrEqual(5);
});

test('guessing shuts nobody out: not at another address, not in a known browser, not with both factors', async () => {
  const olga = await hired(node, root, 'olga', 'specialist', CENTRE);
  await wrongTries('olga', '198.51.100.3', 8);
  expect((await trySignIn('olga', PASSWORD, '198.51.100.3')).status, 'not where it was guessed').toBe(429);
  expect((await trySignIn('olga', PASSWORD, '198.51.100.4')).status, 'elsewhere').toBeLessThan(300);
  const ownBrowser = Object.assign(person(node), { browser: olga.browser });
  expect((await trySignIn('olga', PASSWORD, '198.51.100.3', {}, ownBrowser)).status, 'in a known browser').toBeLessThan(
    300,
  );
  const foreign = Object.assign(person(node), { browser: root.browser });
  expect((await trySignIn('olga', PASSWORD, '198.51.100.3', {}, foreign)).status, 'not in that of another').toBe(429);

  // From many addresses at once, for a login that has a second factor.
  for (let address = 1; address <= 11; address += 1) await wrongTries('root', `203.0.113.${address}`, 5);
  expect((await trySignIn('root', PASSWORD, '198.51.100.5')).status).toBe(429);
  const code = digits(root.secret, 1);
  const both = await trySignIn('root', PASSWORD, '198.51.100.5', { code });
  expect(both.body).toMatchObject({ login: 'root', secondFactor: 'shown' });
  expect(await codeOf(trySignIn('root', PASSWORD, '198.51.100.5', { code })), 'each code once').toBe('wrong-password');
  expect(await codeOf(trySignIn('root', 'not this one', '198.51.100.5', { code: '123456' }))).toBe('wrong-password');
  expect(
    await codeOf(trySignIn('olga', PASSWORD, '198.51.100.6', { code: '123456' })),
    'without a second factor a code opens nothing',
  ).toBe('wrong-password');
});

test('what was tried is forgotten with time, and one wrong try now and then shuts nothing', async () => {
  await hired(node, root, 'dora', 'specialist', CENTRE);
  expect((await wrongTries('dora', '198.51.100.7', 6)).at(-1)?.status).toBe(429);
  await later(2);
  expect((await wrongTries('dora', '198.51.100.7', 2)).map(({ status }) => status)).toEqual([401, 429]);
  for (let hour = 0; hour < 5; hour += 1) {
    await later(60);
    expect((await wrongTries('dora', '198.51.100.7', 1))[0]?.status).toBe(401);
  }
  expect((await trySignIn('dora', PASSWORD, '198.51.100.7')).status).toBeLessThan(300);
});

test('right passwords are no attempts', async () => {
  await hired(node, root, 'lena', 'specialist', CENTRE);
  for (let time = 0; time < 8; time += 1)
    expect((await trySignIn('lena', PASSWORD, '198.51.100.8')).status).toBeLessThan(300);
});

test('administrators are told: in the list of accounts and in the log, once', async () => {
  const { accountId } = await hired(node, root, 'nika', 'specialist', CENTRE);
  const state = async () =>
    ((await root.ask('GET', '/api/staff')).body as unknown as { accountId: string; state: string }[]).find(
      (one) => one.accountId === accountId,
    )?.state;
  expect(await state()).toBe('active');
  await wrongTries('nika', '198.51.100.9', 9);
  expect(await state()).toBe('throttled');
  const told = await root.ask('GET', `/api/audit?object=${encodeURIComponent(`account ${accountId}`)}`);
  const entries = (told.body as unknown as { action: string }[]).filter(({ action }) => action === 'sign-in-throttled');
  expect(entries).toHaveLength(1);
});

test('knowing the password does not help to guess the six digits; a recovery code works all the same', async () => {
  const { code } = await inviteAdministrator(node.database, 'marked', 'Тот, чей пароль украден');
  const owner = await enter(node, 'marked', code);
  const { secret } = (await owner.ask('POST', '/api/session/authenticator')).body as unknown as { secret: string };
  const confirmed = await owner.ask('POST', '/api/session/authenticator/confirm', { secret, code: digits(secret) });
  const [recovery] = confirmed.body['recoveryCodes'] as string[];
  const thief = person(node);
  expect((await trySignIn('marked', PASSWORD, '198.51.100.10', {}, thief)).body['secondFactor']).toBe('due');
  const show = (who: Person, shown: string) => who.ask('POST', '/api/session/second-factor', { code: shown });
  const wrong = digits(secret) === '000000' ? '000001' : '000000';
  const answers = [];
  for (let tried = 0; tried < 12; tried += 1) answers.push(await codeOf(show(thief, wrong)));
  expect(answers).toEqual([
    ...Array.from({ length: 10 }, () => 'wrong-sign-in-code'),
    'sign-in-throttled',
    'sign-in-throttled',
  ]);
  expect(await codeOf(show(thief, digits(secret, 1))), 'not even the right ones').toBe('sign-in-throttled');
  expect((await show(thief, recovery ?? '')).status).toBeLessThan(300);
});

test('a wrong code uses no invitation up', async () => {
  const made = await root.ask('POST', '/api/staff', { login: 'newcomer', name: 'Новая', scope: CENTRE });
  const redeem = (code: string, address: string) =>
    person(node).ask(
      'POST',
      '/api/invitations/redeem',
      { login: 'newcomer', code, newPassword: PASSWORD },
      from(address),
    );
  for (let tried = 0; tried < 8; tried += 1) await redeem('ABCD-EFGH-JKLM', '198.51.100.11');
  const code = made.body['code'] as string;
  const own = { login: 'newcomer', code, newPassword: 'Хамовники-Хамовники-7' };
  expect(await codeOf(person(node).ask('POST', '/api/invitations/redeem', own, from('198.51.100.12')))).toBe(
    'weak-password',
  );
  const both = await Promise.all([redeem(code, '198.51.100.12'), redeem(code, '198.51.100.13')]);
  expect(both.map(({ body }) => body.code ?? 'done').toSorted(), 'and a right one is good once').toEqual([
    'done',
    'wrong-sign-in-code',
  ]);
});

test('three hundred at once from several addresses: a few are hashed, the rest are told when to come back', async () => {
  const codes = new Map<number, number>();
  const flood = Array.from({ length: 300 }, async (_, index) => {
    const answer = await trySignIn(`unknown-${index}`, 'x', `192.0.2.${index % 5}`);
    codes.set(answer.status, (codes.get(answer.status) ?? 0) + 1);
    if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await readFile(import.meta.filename, 'utf8'), 'a file is read meanwhile').toContain('three hundred');
  await Promise.all(flood);
  expect([...codes.keys()].toSorted()).toEqual([401, 429]);
  expect(slowHashes.load).toEqual({ made: 0, waiting: 0 });
});

test('all one’s own sessions end at once; so do those of a colleague when their head says so', async () => {
  const tanya = await hired(node, root, 'tanya', 'specialist', CENTRE);
  const other = person(node);
  await trySignIn('tanya', PASSWORD, '198.51.100.14', {}, other);
  const isIn = async (who: Person) => (await who.ask('GET', '/api/session')).body !== null;
  expect([await isIn(tanya), await isIn(other)]).toEqual([true, true]);
  expect((await tanya.ask('POST', '/api/session/end-all')).status).toBeLessThan(300);
  expect([await isIn(tanya), await isIn(other)]).toEqual([false, false]);
  await trySignIn('tanya', PASSWORD, '198.51.100.14', {}, other);
  const end = (by: Person) => by.ask('POST', `/api/staff/${tanya.accountId}/sessions/end`);
  expect(await codeOf(end(await hired(node, root, 'head-2', 'head', { kind: 'centre', id: '2' })))).toBe(
    'right-elsewhere',
  );
  expect((await end(await hired(node, root, 'head-1', 'head', CENTRE))).status).toBeLessThan(300);
  expect(await isIn(other)).toBe(false);
});
