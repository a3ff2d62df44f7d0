import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  administrator,
  digits,
  enter,
  hired,
  PASSWORD,
  person,
  type Person,
  setUpAuthenticator,
} from '../../../tests/support/staff.ts';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEST_KEY,
  testCentre,
  type TestNode,
} from '../../../tests/support/test-node.ts';
import { openVault } from '../../platform/vault.ts';
import { putAgency } from '../applications/index.ts';
import { inviteAdministrator, resealAuthenticators } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person & { secret: string };

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

const centre = (id: number) => ({ kind: 'centre', id: String(id) });
const NETWORK = { kind: 'network', id: null };
const open = { specialistId: 'anna', skills: skilled('passports') };
const openWindow = (who: Person, centreId: number, body: object = {}) =>
  who.ask('POST', `/api/centres/${centreId}/days/${DAY}/windows/1/open`, { commandId: randomUUID(), ...open, ...body });
const codeOf = async (asked: Promise<{ body: { code?: string } }>) => (await asked).body.code;

test('the first administrator comes in with a one-time code, and does nothing before the second factor', async () => {
  const { code } = await inviteAdministrator(node.database, 'second', 'Второй');
  const one = await enter(node, 'second', code);
  expect((await one.ask('GET', '/api/session')).body).toMatchObject({ secondFactor: 'to-set-up', grants: [] });
  expect(await codeOf(one.ask('GET', '/api/staff'))).toBe('second-factor-needed');
  expect(await codeOf(enterAgain('second', code))).toBe('wrong-sign-in-code');
  const before = one.cookie;
  const { secret, recoveryCodes } = await setUpAuthenticator(one);
  expect((await one.ask('GET', '/api/staff')).status).toBe(200);
  expect(one.cookie).not.toBe(before);

  const again = person(node);
  const signIn = await again.ask('POST', '/api/session', { login: 'second', password: PASSWORD });
  expect(signIn.body).toMatchObject({ secondFactor: 'due', grants: [] });
  expect(signIn.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/);
  expect(await codeOf(again.ask('GET', '/api/audit'))).toBe('second-factor-needed');
  expect(await codeOf(again.ask('POST', '/api/session/authenticator'))).toBe('second-factor-needed');
  expect(await codeOf(again.ask('POST', '/api/session/second-factor', { code: '000000' }))).toBe('wrong-sign-in-code');
  // The code with which the authenticator was confirmed has been used up.
  expect(await codeOf(again.ask('POST', '/api/session/second-factor', { code: digits(secret) }))).toBe(
    'wrong-sign-in-code',
  );
  const shown = await again.ask('POST', '/api/session/second-factor', { code: digits(secret, 1) });
  expect(shown.body).toMatchObject({ secondFactor: 'shown' });
  const third = person(node);
  await third.ask('POST', '/api/session', { login: 'second', password: PASSWORD });
  const lost = { code: recoveryCodes[0] };
  expect((await third.ask('POST', '/api/session/second-factor', lost)).status).toBeLessThan(300);
  expect(await codeOf(third.ask('POST', '/api/session/second-factor', lost))).toBe('wrong-sign-in-code');
});

const enterAgain = (login: string, code: string) =>
  person(node).ask('POST', '/api/invitations/redeem', { login, code, newPassword: PASSWORD });

test('a role counts where it was given, and nowhere else', async () => {
  const vera = await hired(node, root, 'vera', 'specialist', centre(1));
  const { body } = await vera.ask('GET', '/api/session');
  const own = { specialistId: body['specialistId'] };
  expect((await openWindow(vera, 1, own)).status).toBeLessThan(300);
  expect(await codeOf(openWindow(vera, 2, own))).toBe('foreign-centre');
  expect(await codeOf(vera.ask('GET', '/api/staff'))).toBe('role-not-enough');
  expect(await codeOf(vera.ask('GET', '/api/audit'))).toBe('role-not-enough');
});

test('a specialist works at a window under their own name', async () => {
  const zoya = await hired(node, root, 'zoya', 'specialist', centre(2));
  expect(await codeOf(openWindow(zoya, 2, { specialistId: 'somebody-else' }))).toBe('not-yourself');
});

test('a head of a centre hires for the centre, gives no more than they have, and nothing to themselves', async () => {
  const head = await hired(node, root, 'head', 'head', centre(1));
  await hired(node, head, 'boris', 'specialist', centre(1));
  expect(await codeOf(head.ask('POST', '/api/staff', { login: 'x1', name: 'x', scope: centre(2) }))).toBe(
    'right-elsewhere',
  );
  expect(await codeOf(head.ask('POST', '/api/staff', { login: 'x1', name: 'x', scope: centre(99) }))).toBe(
    'unknown-scope',
  );
  expect(await codeOf(head.ask('POST', '/api/staff', { login: 'boris', name: 'x', scope: centre(1) }))).toBe(
    'login-taken',
  );
  const { accountId } = await hired(node, root, 'gleb', 'specialist', centre(1));
  const give = (to: string, roleId: string, scope: object) =>
    head.ask('POST', `/api/staff/${to}/grants`, { roleId, scope });
  expect(await codeOf(give(accountId, 'auditor', centre(1)))).toBe('grant-too-much');
  expect(await codeOf(give(accountId, 'reception', centre(2)))).toBe('right-elsewhere');
  expect(await codeOf(give(head.accountId, 'reception', centre(1)))).toBe('own-rights');
  expect(await codeOf(give(accountId, 'wizard', centre(1)))).toBe('unknown-role');
  expect((await give(accountId, 'reception', centre(1))).body).toMatchObject({ pending: false });
  expect(await codeOf(give(accountId, 'reception', centre(1)))).toBe('role-held');
  const staff = (await head.ask('GET', '/api/staff')).body as unknown as { login: string }[];
  expect(staff.map(({ login }) => login)).toEqual(expect.arrayContaining(['boris', 'gleb', 'head', 'vera']));
  expect(staff.map(({ login }) => login)).not.toContain('root');
});

test('an administrator is made by two, and the head of their centre cannot take their account over', async () => {
  const nina = await hired(node, root, 'nina', 'specialist', centre(1));
  const made = await root.ask('POST', `/api/staff/${nina.accountId}/grants`, {
    roleId: 'administrator',
    scope: NETWORK,
  });
  expect(made.body).toMatchObject({ pending: true });
  const grantId = made.body['grantId'] as string;
  expect(await codeOf(nina.ask('GET', '/api/audit'))).toBe('role-not-enough');
  expect(await codeOf(root.ask('POST', `/api/grants/${grantId}/confirm`))).toBe('same-person');
  const other = await administrator(node, 'other');
  expect((await other.ask('POST', `/api/grants/${grantId}/confirm`)).status).toBeLessThan(300);
  expect((await nina.ask('GET', '/api/session')).body).toMatchObject({ secondFactor: 'to-set-up' });
  await setUpAuthenticator(nina);
  expect((await nina.ask('GET', '/api/audit')).status).toBe(200);
  const head = await hired(node, root, 'head-2', 'head', centre(1));
  const invite = { withoutSecondFactor: true };
  expect(await codeOf(head.ask('POST', `/api/staff/${nina.accountId}/invitation`, invite))).toBe('grant-too-much');
  expect(await codeOf(head.ask('POST', `/api/staff/${nina.accountId}/state`, { disabled: true }))).toBe(
    'grant-too-much',
  );
  expect((await other.ask('POST', `/api/grants/${grantId}/revoke`)).status).toBeLessThan(300);
  expect(await codeOf(nina.ask('GET', '/api/audit'))).toBe('role-not-enough');
});

test('a stolen cookie is worth nothing after the password was changed', async () => {
  const olga = await hired(node, root, 'olga', 'specialist', centre(1));
  const thief = Object.assign(person(node), { cookie: olga.cookie });
  expect((await thief.ask('GET', '/api/session')).status).toBe(200);
  const change = (password: string, newPassword: string) =>
    olga.ask('POST', '/api/session/password', { password, newPassword });
  expect(await codeOf(change('not this one', 'another good long one'))).toBe('wrong-password');
  expect(await codeOf(change(PASSWORD, 'olga12345678'))).toBe('weak-password');
  expect((await change(PASSWORD, 'восемь белых лодок у моста')).status).toBeLessThan(300);
  const mine = await olga.ask('POST', '/api/session', { login: 'olga', password: 'восемь белых лодок у моста' });
  expect(mine.status).toBeLessThan(300);
  expect((await thief.ask('GET', '/api/session')).body).toBeNull();
  expect(await codeOf(openWindow(thief, 1))).toBe('key-needed');
});

test('a page of another site does nothing with the cookie of a signed-in person', async () => {
  const foreign = { origin: 'https://elsewhere.example' };
  const add = { login: 'foreign', name: 'x', scope: NETWORK };
  expect(await codeOf(root.ask('POST', '/api/staff', add, foreign))).toBe('foreign-origin');
  expect(await codeOf(root.ask('POST', '/api/staff', add, { origin: 'null' }))).toBe('foreign-origin');
  // Nor does it sign anyone in as another person.
  const signIn = { login: 'root', password: PASSWORD };
  expect(await codeOf(person(node).ask('POST', '/api/session', signIn, foreign))).toBe('foreign-origin');
});

test('roles are rows: a new one is made of others, never of itself, and never of more than one has', async () => {
  const role = (roleId: string, includes: string[], rights: string[] = []) =>
    root.ask('PUT', `/api/roles/${roleId}`, {
      name: { ru: roleId, en: roleId },
      rights,
      includes,
      secondFactor: false,
      twoPeople: false,
    });
  expect((await role('senior', ['specialist'], ['run-hall'])).status).toBeLessThan(300);
  expect((await role('chief', ['senior'])).status).toBeLessThan(300);
  expect(await codeOf(role('senior', ['chief']))).toBe('role-loop');
  expect(await codeOf(role('senior', ['nobody-knows']))).toBe('unknown-role');
  const ivan = await hired(node, root, 'ivan', 'chief', centre(2));
  expect((await ivan.ask('GET', '/api/session')).body['grants']).toMatchObject([
    { scope: centre(2), rights: expect.arrayContaining(['serve', 'run-hall']) as unknown },
  ]);
});

test('an account and a role are for a place that exists, in its one spelling', async () => {
  const agency = (id: string) => ({ kind: 'agency', id });
  const add = (scope: object) => codeOf(root.ask('POST', '/api/staff', { login: 'placed', name: 'x', scope }));
  const zero = { kind: 'centre', id: '0001' };
  const { accountId } = await hired(node, root, 'placeless', 'specialist', centre(1));
  const give = (roleId: string, scope: object) =>
    codeOf(root.ask('POST', `/api/staff/${accountId}/grants`, { roleId, scope }));
  expect(await add(agency('nosuch'))).toBe('unknown-agency');
  expect(await give('agency-officer', agency('nosuch'))).toBe('unknown-agency');
  expect([await add(zero), await give('specialist', zero)]).toEqual(['malformed-request', 'malformed-request']);
  const lines = ['centre:0001', 'centre:1:2', 'agency:nosuch'].map((scope) => `placed,x,${scope},`).join('\n');
  const faulty = await root.ask('POST', '/api/staff/import', { csv: `login,name,scope,role\n${lines}\n` });
  expect(faulty.body.detail).toMatch(/2: unknown-scope; 3: unknown-scope; 4: unknown-agency/);
  const name = { ru: 'Ведомство', en: 'Agency' };
  await node.database.write((tx) =>
    putAgency(tx, { agencyId: 'nosuch', name, adapter: 'paper', setting: {} }, null, 0),
  );
  expect(await give('agency-officer', agency('nosuch'))).toBeUndefined();
});

test('accounts come from a file, all or none, and the faulty lines are named', async () => {
  const load = (csv: string) => root.ask('POST', '/api/staff/import', { csv });
  const faulty = await load(
    'login,name,scope,role\nlena,Лена,centre:1,specialist\nBAD LOGIN,Икс,centre:1,\nlena,Лена,centre:77,specialist\n',
  );
  expect(faulty.body.code).toBe('faulty-lines');
  expect(faulty.body.detail).toMatch(/3: .*4: /s);
  const made = await load('login;name;scope;role\nlena;Лена;centre:1;specialist\nmila;Мила;network;analyst\n');
  expect(made.body).toMatchObject([{ login: 'lena' }, { login: 'mila' }]);
  expect(await codeOf(load('first,second\n1,2\n'))).toBe('faulty-lines');
});

test('names of staff are kept in one form, however they were typed, and what is no name is refused', async () => {
  const decomposed = '  Петровa –  Водкинa  Зои\u0306а ';
  const add = { login: 'zinaida', name: decomposed, scope: centre(1) };
  expect((await root.ask('POST', '/api/staff', add)).status).toBeLessThan(300);
  await root.ask('POST', '/api/staff/import', {
    csv: `login,name,scope,role\noksana,О\u2019Коннор  Оксана,centre:1,\n`,
  });
  const staff = (await root.ask('GET', '/api/staff')).body as unknown as { login: string; name: string }[];
  expect(staff.find(({ login }) => login === 'zinaida')?.name).toBe('Петрова-Водкина Зойа');
  expect(staff.find(({ login }) => login === 'oksana')?.name).toBe("О'Коннор Оксана");
  expect(await codeOf(root.ask('POST', '/api/staff', { ...add, login: 'zinaida2', name: '--- 123' }))).toBe(
    'malformed-request',
  );
});

test('every action is in the log, without names, and the log cannot be changed; it is read with them', async () => {
  const entries = (await root.ask('GET', '/api/audit')).body as unknown as {
    action: string;
    object: string;
    actor: { kind: string };
    who: string | null;
    whose: string | null;
  }[];
  const actions = new Set(entries.map(({ action }) => action));
  for (const action of ['account-created', 'role-granted', 'signed-in', 'role-changed', 'password-changed'])
    expect(actions).toContain(action);
  const { rows } = await node.database.pool.query<{ entry: string }>('select e::text as entry from audit_entry e');
  expect(rows.map(({ entry }) => entry).join('\n')).not.toMatch(/Лена|Второй|чашек/);
  const ofStaff = entries.filter(({ actor, object }) => actor.kind === 'staff' && object.startsWith('account '));
  expect(ofStaff.length).toBeGreaterThan(5);
  expect(ofStaff.filter(({ who, whose }) => who === null || whose === null)).toEqual([]);
  expect(new Set(entries.map(({ whose }) => whose))).toContain('Лена');
  await expect(node.database.pool.query('delete from audit_entry')).rejects.toThrow(/never changed/);
});

test('the last administrator stays', async () => {
  const staff = (await root.ask('GET', '/api/staff')).body as unknown as { login: string; accountId: string }[];
  const idOf = (login: string) => staff.find((one) => one.login === login)?.accountId as string;
  for (const login of ['second', 'other'])
    expect((await root.ask('POST', `/api/staff/${idOf(login)}/state`, { disabled: true })).status).toBeLessThan(300);
  expect(await codeOf(root.ask('POST', `/api/staff/${idOf('root')}/state`, { disabled: true }))).toBe('own-rights');
});

test('the secret of an authenticator is sealed for its account; an older one is sealed when it is next used', async () => {
  const db = node.database;
  const { code } = await inviteAdministrator(db, 'sealed', 'Тот, чей секрет запечатан');
  const one = await enter(node, 'sealed', code);
  const { secret } = await setUpAuthenticator(one);
  const vault = await openVault(db, TEST_KEY);
  const kept = async (login: string) => {
    const found = await db.pool.query<{ secret: string }>(
      'select totp_secret as secret from staff_account where login = $1',
      [login],
    );
    return found.rows[0]?.secret ?? '';
  };
  expect(await kept('sealed')).toMatch(/^sealed:/);
  expect(await kept('sealed')).not.toContain(secret);

  // As it was kept before there was sealing.
  await db.pool.query('update staff_account set totp_secret = $1, totp_step = null where login = $2', [
    secret,
    'sealed',
  ]);
  const again = person(node);
  await again.ask('POST', '/api/session', { login: 'sealed', password: PASSWORD });
  const wrong = { code: digits(secret) === '000000' ? '000001' : '000000' };
  expect(await codeOf(again.ask('POST', '/api/session/second-factor', wrong))).toBe('wrong-sign-in-code');
  expect(await kept('sealed'), 'a wrong code seals nothing').toBe(secret);
  const shown = await again.ask('POST', '/api/session/second-factor', { code: digits(secret) });
  expect(shown.body).toMatchObject({ secondFactor: 'shown' });
  expect(await kept('sealed')).toMatch(/^sealed:/);

  await db.pool.query('update staff_account set totp_secret = $1 where login = $2', [secret, 'sealed']);
  expect(await resealAuthenticators(db, vault), 'or when all is resealed').toBe(1);
  expect(await resealAuthenticators(db, vault)).toBe(0);
  expect(await kept('sealed')).toMatch(/^sealed:/);
  vault.close();

  // Put into another account it opens nothing; a recovery code of that account still does.
  const { code: other } = await inviteAdministrator(db, 'thief', 'Тот, кто хочет войти чужим кодом');
  const thief = await enter(node, 'thief', other);
  const { recoveryCodes } = await setUpAuthenticator(thief);
  await db.pool.query(
    `update staff_account t set totp_secret = s.totp_secret, totp_step = null
     from staff_account s where s.login = 'sealed' and t.login = 'thief'`,
  );
  const stolen = person(node);
  await stolen.ask('POST', '/api/session', { login: 'thief', password: PASSWORD });
  const tried = await stolen.ask('POST', '/api/session/second-factor', { code: digits(secret, 1) });
  expect(tried.status).toBeGreaterThanOrEqual(400);
  expect((await stolen.ask('GET', '/api/session')).body).toMatchObject({ secondFactor: 'due', grants: [] });
  const recovered = await stolen.ask('POST', '/api/session/second-factor', { code: recoveryCodes[0] });
  expect(recovered.body).toMatchObject({ secondFactor: 'shown' });
});
