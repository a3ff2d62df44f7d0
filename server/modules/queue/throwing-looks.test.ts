import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cloneDatabase,
  DAY,
  startTestNode,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';

const BASE = `/api/centres/1/days/${DAY}`;
let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const named = {
    level: 1,
    minutes: 10,
    groupId: 'benefits',
    name: { ru: 'Пособие на ребёнка', en: 'Child benefit' },
  } as const;
  node = await startTestNode(database.url, [testCentre(1, { services: [{ serviceId: 'child-benefit', ...named }] })]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const take = () => node.ask('POST', `${BASE}/visits`, { commandId: randomUUID(), ...wants('passports') });

test('the place of a visit for a service that does not exist or is off is refused, and the hall goes on', async () => {
  const { visitId } = (await take()).body;
  const place = (serviceId: string) =>
    node.ask('GET', `${BASE}/visits/${String(visitId)}/place?serviceId=${serviceId}`);
  const unknown = await place('nosuch');
  expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-service']);
  expect((await take()).status).toBeLessThan(300);

  const off = { from: DAY, to: DAY, reason: 'system' };
  expect((await node.ask('POST', '/api/centres/1/services/child-benefit/off', off)).status).toBeLessThan(300);
  const shut = await place('child-benefit');
  expect([shut.status, shut.body.code]).toEqual([409, 'service-off']);
  expect((await take()).status).toBeLessThan(300);
  expect((await node.ask('GET', '/readyz')).status).toBe(200);
});
