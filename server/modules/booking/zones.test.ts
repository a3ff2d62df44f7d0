import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, type CivilDate, instantOf, type TimeZone } from '../../../core/time/civil.ts';
import { cloneDatabase, DAY, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
const KAMCHATKA = 'Asia/Kamchatka' as TimeZone;
const KALININGRAD = 'Europe/Kaliningrad' as TimeZone;
const TOMORROW = addDays(DAY as CivilDate, 1);

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [
    testCentre(1, { timeZone: KAMCHATKA }),
    testCentre(2, { timeZone: KALININGRAD }),
  ]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

test.each([
  // In Greenwich this is nine in the evening of the day before.
  [1, '09:00', KAMCHATKA],
  [2, '19:00', KALININGRAD],
])('a booking at centre %i at %s is on the day of that place', async (centreId, time, zone) => {
  const at = instantOf(TOMORROW, time, zone);
  const services = [{ serviceId: 'passports', quantity: 1 }];
  const { status, body } = await node.ask('POST', '/api/bookings', { commandId: randomUUID(), centreId, services, at });
  expect([status, body['centreId']]).toEqual([201, centreId]);
  const { rows } = await node.database.pool.query<{ booking: string; claim: string }>(
    `select b.day::text as booking, c.day::text as claim from booking b join booking_claim c using (booking_id)
     where b.centre_id = $1 and c.pool = 'windows'`,
    [centreId],
  );
  expect(rows).toEqual([{ booking: TOMORROW, claim: TOMORROW }]);
});
