import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoleReply } from '../../../contract/people.ts';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { createKey } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person;
let bearer: { authorization: string };

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true });
  root = await administrator(node);
  const key = await createKey(node.database, { name: 'a-program', role: 'administrator', centreId: null });
  bearer = { authorization: `Bearer ${key}` };
});

afterAll(async () => {
  await node.close();
  await drop();
});

const NETWORK = { kind: 'network', id: null };
const now = async (roleId: string) =>
  ((await root.ask('GET', '/api/roles')).body as unknown as RoleReply[]).find((one) => one.roleId === roleId);
/** A role as it is, or of nothing, with some of it written otherwise. */
async function written(roleId: string, as: Partial<RoleReply>) {
  const none = { name: { ru: roleId, en: roleId }, rights: [], includes: [], secondFactor: false, twoPeople: false };
  const { roleId: _id, ...known } = { roleId, ...none, ...(await now(roleId)) };
  return { ...known, ...as };
}
async function change(roleId: string, as: Partial<RoleReply>) {
  const { status, body } = await root.ask('PUT', `/api/roles/${roleId}`, await written(roleId, as));
  const { where, roleId: robbed } = (body['params'] ?? {}) as { where?: string; roleId?: string };
  return status < 300 ? 'done' : [body.code, where, robbed];
}

describe('a change of a role', () => {
  test('never takes from a seeded role what it cannot live without, straight or through another', async () => {
    const all = (await now('administrator'))?.rights ?? [];
    for (const rights of [all.filter((right) => right !== 'grant-roles'), all.filter((right) => right !== 'operate')])
      expect(await change('administrator', { rights, includes: [] })).toEqual([
        'role-keeps-rights',
        'body/rights',
        'administrator',
      ]);
    expect(await change('kiosk', { rights: ['rate'] })).toEqual(['role-keeps-rights', 'body/rights', 'kiosk']);
    expect(await change('issuer', { includes: [] })).toEqual(['role-keeps-rights', 'body/rights', 'issuer']);
    expect(await change('visitor', { rights: ['look', 'book'] })).toContain('role-keeps-rights');
    // What stays says so in both languages, by the names that people know.
    const asked = await written('kiosk', { rights: ['rate'] });
    const said = async (language: string) =>
      (await root.ask('PUT', '/api/roles/kiosk', asked, { 'accept-language': language })).body.detail;
    expect(await said('ru')).toContain('«Киоск» не может остаться без этого: выдавать талоны');
    expect(await said('en')).toContain('“Kiosk” cannot do without this: give tickets');
  });

  test('takes what the city decides, keeps it for the administrator, and gives it back', async () => {
    const before = (await now('specialist'))?.rights ?? [];
    expect(await change('specialist', { rights: ['serve', 'take-applications'] })).toBe('done');
    expect((await root.ask('GET', '/api/session')).body).toMatchObject({
      grants: [{ rights: expect.arrayContaining(['issue-results', 'change-roles']) as unknown }],
    });
    expect(await change('specialist', { rights: before })).toBe('done');
    expect(await change('administrator', { name: { ru: 'Администратор города', en: 'City administrator' } })).toBe(
      'done',
    );
  });

  test('gives back to the administrator what an older version allowed to be taken', async () => {
    const db = node.database;
    const whole = await written('administrator', {});
    await db.pool.query(`update role set rights = '{change-roles,grant-roles,look}' where role_id = 'administrator'`);
    await db.pool.query(`delete from role_include where role_id = 'administrator'`);
    const other = await administrator(node, 'other');
    expect((await other.ask('GET', '/api/staff')).status).toBe(403);
    expect((await other.ask('PUT', '/api/roles/administrator', whole)).status).toBe(204);
    expect((await other.ask('GET', '/api/staff')).status).toBe(200);
  });

  test('leaves its protection to a role that has one, and asks for it where a role comes to administer', async () => {
    for (const less of [{ twoPeople: false }, { secondFactor: false }])
      expect(await change('administrator', less)).toEqual([
        'role-keeps-protection',
        `body/${Object.keys(less).join('')}`,
        'administrator',
      ]);
    expect(await change('auditor', { secondFactor: false })).toContain('role-keeps-protection');
    const alone = { rights: ['change-roles' as const], secondFactor: true };
    expect(await change('deputy', alone)).toEqual(['role-keeps-protection', 'body/twoPeople', 'deputy']);
    expect(await change('deputy', { includes: ['administrator'] })).toContain('role-keeps-protection');
    expect(await change('deputy', { ...alone, twoPeople: true })).toBe('done');
    expect(await change('deputy', { ...alone, twoPeople: false })).toContain('role-keeps-protection');
  });

  test('makes nobody an administrator who has the role already, straight or through another', async () => {
    expect(await change('helper', { rights: ['see-figures'], secondFactor: true, twoPeople: true })).toBe('done');
    expect(await change('adviser', { includes: ['helper'], secondFactor: true, twoPeople: true })).toBe('done');
    const { accountId } = await hired(node, root, 'ivan', 'analyst', NETWORK);
    const given = await root.ask('POST', `/api/staff/${accountId}/grants`, { roleId: 'adviser', scope: NETWORK });
    expect(given.body).toMatchObject({ pending: true });
    expect(await change('helper', { rights: ['operate'] })).toEqual(['role-has-holders', 'body/rights', 'adviser']);
    expect((await root.ask('POST', `/api/grants/${String(given.body['grantId'])}/revoke`)).status).toBeLessThan(300);
    expect(await change('helper', { rights: ['operate'] })).toBe('done');
  });

  test('is the work of a person where the role administers, and of a program elsewhere', async () => {
    const put = async (roleId: string, as: Partial<RoleReply>) =>
      (await node.ask('PUT', `/api/roles/${roleId}`, await written(roleId, as), bearer)).body;
    expect(await put('administrator', {})).toMatchObject({ code: 'person-needed' });
    const boss = { rights: ['change-roles' as const], secondFactor: true, twoPeople: true };
    expect(await put('boss', boss)).toMatchObject({ code: 'person-needed' });
    expect(await put('greeter', { includes: ['reception'] })).toEqual({});
  });
});
