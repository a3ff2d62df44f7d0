import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  testCentre,
  type TestNode,
} from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person;

const at = (centreId: number) => ({ kind: 'centre', id: String(centreId) });

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  // Centre 3 receives in the hall of centre 1.
  const guest = testCentre(3, { hallOf: 1, windows: [{ windowId: 9, groupIds: ['passports'] }] });
  node = await startTestNode(database.url, [testCentre(1), testCentre(2), guest], 0, { requireKeys: true });
  root = await administrator(node);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const command = (more: object = {}) => ({ commandId: randomUUID(), ...more });
const press = async (who: Person, windowId: number, what: string, more: object = {}) =>
  who.ask('POST', `/api/centres/1/days/${DAY}/windows/${windowId}/${what}`, command(more));
const specialistId = async (who: Person) => (await who.ask('GET', '/api/session')).body['specialistId'] as string;
const grant = async (who: Person & { accountId: string }, roleId: string, centreId: number) =>
  expect((await root.ask('POST', `/api/staff/${who.accountId}/grants`, { roleId, scope: at(centreId) })).status).toBe(
    201,
  );
const open = async (who: Person, windowId: number, ...groups: string[]) =>
  press(who, windowId, 'open', { specialistId: await specialistId(who), skills: skilled(...groups) });

describe('the buttons of a window', () => {
  test('are not pressed by who runs another hall; who runs a centre that receives here presses them', async () => {
    const anna = await hired(node, root, 'anna', 'specialist', at(1));
    const elsewhere = await hired(node, root, 'elsewhere', 'hall-administrator', at(2));
    await grant(elsewhere, 'specialist', 1);
    const ofGuest = await hired(node, root, 'of-guest', 'hall-administrator', at(3));
    await grant(ofGuest, 'specialist', 1);
    expect((await open(anna, 1, 'passports')).status).toBeLessThan(300);
    for (const [what, more] of [
      ['ready', {}],
      ['pause', { reason: 'break' }],
      ['close', {}],
    ] as const)
      expect((await press(elsewhere, 1, what, more)).body.code, what).toBe('not-your-window');
    // Nor is that desk read.
    const desk = async (who: Person) =>
      (await who.ask('GET', `/api/centres/1/days/${DAY}/windows/1/desk`)).body.code ?? 'read';
    expect([await desk(anna), await desk(elsewhere), await desk(ofGuest)]).toEqual(['read', 'not-your-window', 'read']);
    expect((await press(anna, 1, 'ready')).status).toBeLessThan(300);
    expect((await press(ofGuest, 1, 'close')).status).toBeLessThan(300);
  });
});

describe('skills at a window', () => {
  test('are said once a day by a specialist; the hall administrator changes them, on the own word or at an open window', async () => {
    const boris = await hired(node, root, 'boris', 'specialist', at(1));
    const senior = await hired(node, root, 'senior', 'hall-administrator', at(1));
    expect((await open(boris, 2, 'passports')).status).toBeLessThan(300);
    expect((await press(boris, 2, 'skills', { skills: skilled('benefits') })).status).toBe(403);
    expect((await press(boris, 2, 'close')).status).toBeLessThan(300);
    const again = await open(boris, 2, 'benefits');
    expect(again.body).toMatchObject({ code: 'skills-fixed', params: { skills: skilled('passports') } });
    expect(again.body.detail).toContain('(П — 3)');
    expect((await open(boris, 2, 'passports')).status).toBeLessThan(300);
    const changed = await press(senior, 2, 'skills', { skills: skilled('passports', 'benefits') });
    expect(changed.body).toMatchObject({ windowId: 2, skills: skilled('passports', 'benefits') });
    expect((await press(boris, 2, 'close')).status).toBeLessThan(300);
    expect((await open(boris, 2, 'passports', 'benefits')).status).toBeLessThan(300);
    for (const groups of [['property'], ['passports']]) {
      expect((await open(senior, 1, ...groups)).status, groups.join()).toBeLessThan(300);
      expect((await press(senior, 1, 'close')).status).toBeLessThan(300);
    }
  });
});
