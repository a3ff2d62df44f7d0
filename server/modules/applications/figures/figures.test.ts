import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFigures } from '../../../../contract/application-figures.ts';
import { caseWork, testPassport } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, DAY, startTestNode, testCentre, type TestNode } from '../../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let people = 0;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  work = caseWork(node);
  await work.publish('common', testPassport({ agency: { code: 'mfc', name: { ru: 'Центр', en: 'Centre' } } }));
  await work.publish('rare', testPassport());
});

afterAll(async () => {
  await node.close();
  await drop();
});

async function registered(serviceId: string, count: number, centreId = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    people += 1;
    const personId = await work.person({ surname: `Житель${people}`, name: 'Я', birth: '1980-01-01', documents: [] });
    ids.push((await work.registered(serviceId, personId, { centreId })).applicationId);
  }
  return ids;
}

const figures = (by: string, from = DAY, to = DAY) =>
  work.must<ApplicationFigures[]>('GET', `/api/application-figures?from=${from}&to=${to}&by=${by}`);

test('applications are counted by service, centre and agency; of fewer than five nothing is shown', async () => {
  expect(await figures('service')).toEqual([]);
  const [first] = await registered('common', 4);
  expect(await figures('service')).toEqual([]);
  await registered('common', 2, 2);
  await work.move(first as string, 'decide-negative', { ground: 'no-right' });
  expect(await figures('service')).toMatchObject([{ key: 'common', registered: 6, open: 5, refused: null, late: 0 }]);

  // Two of another service: merged with the six, or they could be calculated.
  await registered('rare', 2);
  expect(await figures('service')).toMatchObject([{ key: null, name: null, registered: 8, open: 7 }]);
  await registered('rare', 3);
  expect((await figures('service')).map(({ key, registered: count }) => [key, count])).toEqual([
    ['common', 6],
    ['rare', 5],
  ]);
  expect(await figures('centre')).toMatchObject([{ key: null, registered: 11 }]);
  expect((await figures('agency')).map(({ name }) => name?.ru)).toEqual(['Решает центр', 'МВД России']);
  expect(await figures('service', '2026-02-20', '2026-02-21')).toEqual([]);
  const reversed = await work.problem('GET', '/api/application-figures?from=2026-02-20&to=2026-02-19&by=service');
  expect(reversed.code).toBe('days-reversed');
});
