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
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person & { secret: string };
let other: Person & { secret: string };
let head: Person & { accountId: string };
let foreignHead: Person & { accountId: string };

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)], 0, { requireKeys: true });
  root = await administrator(node);
  other = await administrator(node, 'other');
  head = await hired(node, root, 'head-1', 'head', centre(1));
  foreignHead = await hired(node, root, 'head-2', 'head', centre(2));
});

afterAll(async () => {
  await node.close();
  await drop();
});

const centre = (id: number) => ({ kind: 'centre', id: String(id) });
const NETWORK = { kind: 'network', id: null };
const codeOf = async (asked: Promise<{ body: { code?: string } }>) => (await asked).body.code;
const give = (by: Person, to: string, roleId: string, scope: object) =>
  by.ask('POST', `/api/staff/${to}/grants`, { roleId, scope });
const invite = (by: Person, to: string, withoutSecondFactor = false) =>
  by.ask('POST', `/api/staff/${to}/invitation`, { withoutSecondFactor });
const rightsAt = async (who: Person) =>
  ((await who.ask('GET', '/api/session')).body['grants'] as { scope: { id: string } }[]).map(({ scope }) => scope.id);
const entriesOf = async (accountId: string) =>
  (await root.ask('GET', `/api/audit?object=${encodeURIComponent(`account ${accountId}`)}`)).body as unknown as {
    action: string;
    details: Record<string, unknown>;
    actor: { id: string };
  }[];

test('a role that the head of another centre has given shields nobody from the head of their own', async () => {
  const vera = await hired(node, head, 'vera', 'specialist', centre(1));
  expect((await give(foreignHead, vera.accountId, 'head', centre(2))).status).toBeLessThan(300);
  expect((await rightsAt(vera)).toSorted()).toEqual(['1', '2']);
  const invited = await invite(head, vera.accountId);
  expect(invited.body).toMatchObject({ login: 'vera', secondFactor: 'kept' });
  // The code opens nothing that the head could not give: roles given elsewhere wait for a person there.
  const again = await enter(node, 'vera', invited.body['code'] as string);
  expect(await rightsAt(again)).toEqual(['1']);
  const staff = (await root.ask('GET', '/api/staff')).body as unknown as {
    accountId: string;
    grants: { grantId: string; scope: { id: string }; pending: boolean }[];
  }[];
  const withheld = staff.find((one) => one.accountId === vera.accountId)?.grants.find(({ pending }) => pending);
  expect(withheld?.scope.id).toBe('2');
  expect(await codeOf(head.ask('POST', `/api/grants/${withheld?.grantId}/confirm`))).toBe('right-elsewhere');
  expect((await foreignHead.ask('POST', `/api/grants/${withheld?.grantId}/confirm`)).status).toBeLessThan(300);
  expect((await rightsAt(again)).toSorted()).toEqual(['1', '2']);
  const actions = (await entriesOf(vera.accountId)).map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['role-withheld', 'account-invited', 'role-confirmed']));

  expect((await head.ask('POST', `/api/staff/${vera.accountId}/sessions/end`)).status).toBeLessThan(300);
  expect((await head.ask('POST', `/api/staff/${vera.accountId}/state`, { disabled: true })).status).toBeLessThan(300);
  expect((await again.ask('GET', '/api/session')).body).toBeNull();
  // The other head does not manage this account, and a role of the own centre is hers no more than before.
  expect(await codeOf(foreignHead.ask('POST', `/api/staff/${vera.accountId}/state`, { disabled: false }))).toBe(
    'right-elsewhere',
  );
});

test('a role that nobody has agreed to yet shields nobody, and is not left to the holder of the new code', async () => {
  const nina = await hired(node, head, 'nina', 'specialist', centre(1));
  expect((await give(root, nina.accountId, 'administrator', NETWORK)).body).toMatchObject({ pending: true });
  const grants = async () =>
    (
      (await root.ask('GET', '/api/staff')).body as unknown as { accountId: string; grants: { grantId: string }[] }[]
    ).find((one) => one.accountId === nina.accountId)?.grants ?? [];
  expect(await grants()).toHaveLength(2);
  expect((await invite(head, nina.accountId)).status).toBeLessThan(300);
  expect(await grants()).toHaveLength(1);
});

test('who has more at the place itself, or above it, stays out of the reach of its head', async () => {
  const ada = await hired(node, root, 'ada', 'specialist', centre(1));
  await give(root, ada.accountId, 'auditor', centre(1));
  expect(await codeOf(invite(head, ada.accountId))).toBe('grant-too-much');
  const ida = await hired(node, root, 'ida', 'specialist', centre(1));
  await give(root, ida.accountId, 'analyst', NETWORK);
  expect(await codeOf(invite(head, ida.accountId))).toBe('grant-too-much');
  expect(await codeOf(head.ask('POST', `/api/staff/${ida.accountId}/state`, { disabled: true }))).toBe(
    'grant-too-much',
  );
});

test('a new code leaves the second factor as it is; without it only where that is said', async () => {
  const zoya = await hired(node, root, 'zoya', 'specialist', centre(1));
  const { secret } = await setUpAuthenticator(zoya);
  const kept = (await invite(head, zoya.accountId)).body;
  await enter(node, 'zoya', kept['code'] as string);
  const back = person(node);
  const signIn = { login: 'zoya', password: PASSWORD };
  expect((await back.ask('POST', '/api/session', signIn)).body).toMatchObject({ secondFactor: 'due' });
  expect((await back.ask('POST', '/api/session/second-factor', { code: digits(secret, 1) })).status).toBeLessThan(300);
  const dropped = await invite(head, zoya.accountId, true);
  expect(dropped.body).toMatchObject({ secondFactor: 'dropped' });
  expect((await back.ask('GET', '/api/session')).body, 'nobody stays signed in').toBeNull();
  expect(await codeOf(person(node).ask('POST', '/api/session', signIn)), 'and the password opens nothing').toBe(
    'wrong-password',
  );
  const again = await enter(node, 'zoya', dropped.body['code'] as string);
  expect((await again.ask('GET', '/api/session')).body).toMatchObject({ secondFactor: 'not-needed' });
  expect((await entriesOf(zoya.accountId)).find(({ action }) => action === 'account-invited')).toMatchObject({
    actor: { id: head.accountId },
    details: { withoutSecondFactor: true },
  });
});

test('the second factor of an administrator is dropped by two people', async () => {
  const third = await administrator(node, 'third');
  const idOf = async (login: string) =>
    ((await root.ask('GET', '/api/staff')).body as unknown as { login: string; accountId: string }[]).find(
      (one) => one.login === login,
    )?.accountId as string;
  const accountId = await idOf('third');
  const confirm = (by: Person) => by.ask('POST', `/api/staff/${accountId}/second-factor-drop/confirm`);
  expect(await codeOf(confirm(other))).toBe('no-reset-asked');
  expect((await invite(root, accountId, true)).body).toEqual({
    login: null,
    code: null,
    expiresAt: null,
    secondFactor: 'waits',
  });
  expect((await third.ask('GET', '/api/audit')).status, 'until then nothing has changed').toBe(200);
  const asked = (await other.ask('GET', '/api/staff')).body as unknown as { accountId: string; factorReset: object }[];
  expect(asked.find((one) => one.accountId === accountId)?.factorReset).toMatchObject({ by: 'Первый администратор' });
  expect(await codeOf(confirm(third))).toBe('own-rights');
  expect(await codeOf(confirm(root))).toBe('same-person');
  expect((await other.ask('POST', `/api/staff/${accountId}/second-factor-drop/refuse`)).status).toBeLessThan(300);
  expect(await codeOf(confirm(other))).toBe('no-reset-asked');

  await invite(root, accountId, true);
  const agreed = await confirm(other);
  expect(agreed.body).toMatchObject({ login: 'third', secondFactor: 'dropped' });
  expect((await third.ask('GET', '/api/session')).body).toBeNull();
  const again = await enter(node, 'third', agreed.body['code'] as string);
  expect((await again.ask('GET', '/api/session')).body).toMatchObject({ secondFactor: 'to-set-up' });
  expect((await entriesOf(accountId)).find(({ action }) => action === 'account-invited')?.details).toEqual({
    withoutSecondFactor: true,
    askedBy: await idOf('root'),
  });
});
