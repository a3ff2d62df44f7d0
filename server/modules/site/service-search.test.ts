import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop } = database);
  node = await startTestNode(database.url);
  const work = caseWork(node);
  const named = (ru: string, en: string) => ({ official: { ru, en }, plain: { ru, en } });
  await work.publish('passport', testPassport(named('Паспорт гражданина России', 'Passport of a citizen')));
  await work.publish('subsidy', testPassport(named('Субсидия на оплату жилья', 'Housing subsidy')));
  await work.publish('own', testPassport({ ...named('Знак отличия', 'Badge'), askedAs: ['медаль за хомяков'] }));
});
afterAll(async () => {
  await node.close();
  await drop();
});

const found = async (asked: string) => {
  const { body } = await node.ask('GET', `/api/service-search?q=${encodeURIComponent(asked)}`);
  return (body as unknown as { serviceId: string }[]).map(({ serviceId }) => serviceId);
};

test('services are found by the API in the words of people, with slips, on either keyboard, and by what a city adds', async () => {
  for (const asked of ['паспорт рф', 'пасспорт', 'потеряла паспорт', 'gfcgjhn', 'lost passport'])
    expect((await found(asked)).slice(0, 3), asked).toContain('passport');
  expect(await found('нечем платить за квартиру')).toEqual(['subsidy']);
  expect(await found('медаль хомякам')).toEqual(['own']);
  expect(await found('рецепт борща')).toEqual([]);
  expect(await found('')).toEqual([]);
});

test('screens are told how people ask for services, and a centre finds only what it gives', async () => {
  const { body } = await node.ask('GET', '/api/service-words');
  const words = new Map(
    (body as unknown as { serviceId: string; askedAs: string[] }[]).map((one) => [one.serviceId, one.askedAs]),
  );
  expect(words.get('own')).toEqual(['медаль за хомяков']);
  expect(words.get('passport')).toContain('паспорт рф');
  const there = await node.ask('GET', `/api/service-search?centreId=999999&q=${encodeURIComponent('паспорт')}`);
  expect([there.status, there.body]).toEqual([200, []]);
});
