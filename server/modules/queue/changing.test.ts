import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';
import { createKey } from '../people/index.ts';

let node: TestNode;
let other: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const classes = [{ letter: 'L', limitMinutes: 5, weight: 1 }];
  const centre = testCentre(1);
  node = await startTestNode(database.url, [{ ...centre, rules: { ...centre.rules, classes } }], 0, {
    requireKeys: true,
  });
  other = await startTestNode(database.url, [], 0, { requireKeys: true });
});

afterAll(async () => {
  await other.close();
  await node.close();
  await drop();
});

const day = `/api/centres/1/days/${DAY}`;

async function asking(role: string) {
  const key = await createKey(node.database, { name: `${role} ${randomUUID()}`, role, centreId: 1 });
  return (method: string, path: string, body?: object, one: TestNode = node) =>
    one.ask(method, path, body, { authorization: `Bearer ${key}` });
}

test('reception changes what a visitor waits for; number and place stay, boards and figures follow, and it happens once', async () => {
  const reception = await asking('reception');
  const specialist = await asking('specialist');
  const take = async (serviceId: string) =>
    (await reception('POST', `${day}/visits`, { commandId: randomUUID(), ...wants(serviceId) })).body;
  const anna = await take('passports');
  await take('benefits');
  const waiting = async () =>
    ((await reception('GET', `/api/centres/1/hall`)).body['waiting'] as { groupId: string; visits: number }[])
      .filter(({ visits }) => visits > 0)
      .map(({ groupId, visits }) => `${groupId} ${visits}`);
  expect(await waiting()).toEqual(['passports 1', 'benefits 1']);
  const path = `${day}/visits/${String(anna['visitId'])}/change`;
  const change = { commandId: randomUUID(), ...wants('benefits'), persons: 3, classLetter: 'L' };
  expect((await specialist('POST', path, change)).status).toBe(403);
  const changed = {
    number: anna['number'],
    groupId: 'benefits',
    persons: 3,
    classLetter: 'L',
    takenAt: anna['takenAt'],
    due: TEN + 5 * 60_000,
    state: 'waiting',
    ahead: 0,
  };
  // However often and wherever it is sent.
  for (const one of [node, other]) expect((await reception('POST', path, change, one)).body).toMatchObject(changed);
  expect(await waiting()).toEqual(['benefits 2']);
  const { rows } = await node.database.pool.query(
    `select v.group_id, v.persons, v.class_letter, (select count(*)::integer from queue_event where kind = 'visit-changed') as changes
     from visit v where visit_id = $1`,
    [anna['visitId']],
  );
  expect(rows).toEqual([{ group_id: 'benefits', persons: 3, class_letter: 'L', changes: 1 }]);
  const window = `${day}/windows/2`;
  const open = { commandId: randomUUID(), specialistId: 'vera', skills: skilled('benefits') };
  expect((await specialist('POST', `${window}/open`, open)).status).toBeLessThan(300);
  const called = await specialist('POST', `${window}/ready`, { commandId: randomUUID() });
  expect(called.body['call']).toMatchObject({ number: anna['number'] });
  const late = await reception('POST', path, { commandId: randomUUID(), persons: 2 });
  expect(late.body.code).toBe('visit-state');
});

test.each([
  [{ persons: 0 }, 'malformed-request'],
  [{ services: [] }, 'malformed-request'],
  [{ services: [{ serviceId: 'dances' }] }, 'unknown-service'],
  [{ classLetter: 'Z' }, 'unknown-class'],
  [{ persons: 1, classLetter: 'O' }, 'nothing-changed'],
])('%j is %s', async (change, code) => {
  const reception = await asking('reception');
  const { body } = await reception('POST', `${day}/visits`, { commandId: randomUUID(), ...wants('property') });
  const path = `${day}/visits/${String(body['visitId'])}/change`;
  expect((await reception('POST', path, { commandId: randomUUID(), ...change })).body.code).toBe(code);
});
