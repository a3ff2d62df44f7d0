import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

/** The number of clerks who press at the same moment. */
const AT_ONCE = 200;
/** Still far more than there are connections. */
const FEWER = 60;

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let url: string;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop, url } = database);
  node = await startTestNode(url);
  work = caseWork(node);
  const form = 'electronic' as const;
  const results = [true, false].map((positive) => ({
    name: { ru: 'Решение', en: 'Decision' },
    positive,
    form,
    collectedBy: 'applicant' as const,
    storageDays: 30,
    unclaimed: 'destroy' as const,
  }));
  const agency = { code: 'distant', name: { ru: 'Ведомство', en: 'Agency' } };
  await work.must('PUT', '/api/agencies/distant', {
    name: agency.name,
    adapter: 'mock',
    setting: { behaviour: 'slow' },
  });
  await work.publish('many', testPassport({ agency }, { results, term: { ...TERM, extensionMax: 10 } }));
  await work.publish('own', testPassport({ agency: null }, { results }));
});
afterAll(async () => {
  await node.close();
  await drop();
});

const TERM = {
  count: 5,
  unit: 'working-day',
  starts: 'next-working-day',
  includesTransfer: true,
  promisedCount: null,
} as const;

let people = 0;
/** Names have no digits. */
const inLetters = (count: number) => String(count).replaceAll(/\d/g, (digit) => 'абвгдежзик'[Number(digit)] as string);

/** Drafts of people of their own, all complete. */
async function drafts(count: number, serviceId: string): Promise<ApplicationFile[]> {
  const made: ApplicationFile[] = [];
  for (let index = 0; index < count; index += 10)
    made.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(10, count - index) }, async () => {
          people += 1;
          const surname = `Много${inLetters(people)}`;
          const personId = await work.person({ surname, name: 'Иван', birth: '1970-01-01', documents: [] });
          return work.write(await work.begin(serviceId, personId));
        }),
      )),
    );
  return made;
}

/** Sends all at once, together with a search for free times; counts the statuses of the answers. */
async function statusesOf(calls: readonly (() => Promise<{ status: number }>)[]): Promise<Record<string, number>> {
  const answers = calls.map((call) => call());
  const search = await node.ask('GET', '/api/free-times?services=passports');
  expect(search.status).toBeLessThan(300);
  const counts: Record<string, number> = {};
  for (const { status } of await Promise.all(answers)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const move = (applicationId: string, name: string, more: object = {}) =>
  node.ask('POST', `/api/applications/${applicationId}/move`, { commandId: randomUUID(), move: name, ...more });

test('two hundred moves at once are all answered, also where nothing was asked for before, and so is a search at the same time', async () => {
  const files = await drafts(AT_ONCE, 'many');
  // A node that has just been started knows no passport and no centre.
  await node.close();
  node = await startTestNode(url);
  work = caseWork(node);
  const ids = files.map(({ applicationId }) => applicationId);
  expect(await statusesOf(ids.map((id) => () => move(id, 'register')))).toEqual({ 200: AT_ONCE });
  await node.database.pool.query(`update application set state = 'at-agency', received_on = registered_on`);
  const extend = (id: string) =>
    node.ask('POST', `/api/applications/${id}/extend`, { commandId: randomUUID(), count: 5 });
  expect(await statusesOf(ids.map((id) => () => extend(id)))).toEqual({ 200: AT_ONCE });
  const { rows } = await node.database.pool.query<{ id: string; applicationId: string }>(
    `select message_id as id, application_id as "applicationId" from agency_message where kind = 'application'`,
  );
  const answer = (messageId: string) =>
    node.ask('POST', '/api/agencies/distant/answers', {
      answerId: randomUUID(),
      messageId,
      says: { kind: 'suspend', ground: 'no-sheet' },
    });
  expect(
    await statusesOf(
      rows.map(
        ({ id }) =>
          () =>
            answer(id),
      ),
    ),
  ).toEqual({ 200: AT_ONCE });
}, 240_000);

test('so are as many that begin, that write a draft, and that decide at the centre', async () => {
  const personIds = await Promise.all(
    Array.from({ length: FEWER }, (_, index) =>
      work.person({ surname: `Начал${inLetters(index)}`, name: 'Пётр', birth: '1980-02-03', documents: [] }),
    ),
  );
  const begun: ApplicationFile[] = [];
  const begin = async (personId: string) => {
    const answer = await node.ask('POST', '/api/applications', {
      commandId: randomUUID(),
      centreId: 1,
      serviceId: 'own',
      variant: 'usual',
      personId,
    });
    begun.push(answer.body as unknown as ApplicationFile);
    return answer;
  };
  expect(await statusesOf(personIds.map((id) => () => begin(id)))).toEqual({ 201: FEWER });
  const write = ({ applicationId, edition, answers }: ApplicationFile) =>
    node.ask('PUT', `/api/applications/${applicationId}/draft`, {
      edition,
      answers: { ...answers, why: 'нужно' },
      evidence: [{ kind: 'passport', seen: 'original-shown', copies: 1 }],
    });
  expect(await statusesOf(begun.map((file) => () => write(file)))).toEqual({ 200: FEWER });
  const ids = begun.map(({ applicationId }) => applicationId);
  expect(await statusesOf(ids.map((id) => () => move(id, 'register')))).toEqual({ 200: FEWER });
  expect(await statusesOf(ids.map((id) => () => move(id, 'decide-positive')))).toEqual({ 200: FEWER });
}, 240_000);
