import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/applications.ts';
import { HOUR, MINUTE } from '../../../core/time/instant.ts';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let persons = 0;

const TEMPERS = [
  'instant',
  'slow',
  'silent-but-done',
  'late-reject',
  'double-answer',
  'question',
  'refuses',
  'loses-paper',
];
const registered = async (temper: string) => {
  persons += 1;
  const personId = await work.person({
    surname: `Кузнецов${persons}`,
    name: 'Иван',
    birth: '1970-01-01',
    documents: [],
  });
  return work.registered(`at-${temper}`, personId);
};
const pass = (ms: number) => node.ask('POST', '/api/clock/step', { to: node.now() + ms });
const becomes = (file: ApplicationFile, state: string) =>
  expect.poll(async () => (await work.read(file.applicationId)).state, { timeout: 15_000, interval: 100 }).toBe(state);
const messagesOf = (temper: string) =>
  work.must<{ messageId: string; state: string; number: string; attempts: number }[]>(
    'GET',
    `/api/agencies/mock-${temper}/messages`,
  );
const tasksOf = async ({ applicationId }: ApplicationFile) => {
  const tasks = await work.must<{ applicationId: string; kind: string }[]>('GET', '/api/centres/1/case-tasks');
  return tasks.filter((task) => task.applicationId === applicationId).map(({ kind }) => kind);
};

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  for (const temper of TEMPERS) {
    const name = { ru: `Ведомство ${temper}`, en: `Agency ${temper}` };
    await work.must('PUT', `/api/agencies/mock-${temper}`, { name, adapter: 'mock', setting: { temper } });
    const results = [true, false].map((positive) => ({
      name,
      positive,
      form: 'electronic' as const,
      collectedBy: 'applicant' as const,
      storageDays: 30,
      unclaimed: 'destroy' as const,
    }));
    await work.publish(`at-${temper}`, testPassport({ agency: { code: `mock-${temper}`, name } }, { results }));
  }
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('an agency that answers at once', async () => {
  await becomes(await registered('instant'), 'ready');
});

test('an agency that takes its time', async () => {
  const file = await registered('slow');
  await becomes(file, 'at-agency');
  await pass(48 * HOUR);
  await becomes(file, 'ready');
});

test('an agency of which nothing is heard, but which has it: asked again with the same id, decided once', async () => {
  const file = await registered('silent-but-done');
  const tried = async () => (await messagesOf('silent-but-done'))[0];
  await expect.poll(tried, { timeout: 15_000 }).toMatchObject({ attempts: 1, state: 'waiting' });
  const message = await tried();
  await pass(6 * MINUTE);
  await becomes(file, 'at-agency');
  await pass(HOUR);
  await becomes(file, 'ready');
  const { events } = await work.read(file.applicationId);
  expect(events.filter(({ move }) => move === 'decide-positive')).toHaveLength(1);
  expect(message?.number).toBe(file.number);
});

test('an agency that cannot read it after all: a task, and sending again by a press of a button', async () => {
  const file = await registered('late-reject');
  await becomes(file, 'at-agency');
  await pass(2 * HOUR);
  await expect.poll(() => tasksOf(file), { timeout: 15_000 }).toEqual(['dead-letter']);
  const [message] = await messagesOf('late-reject');
  expect(message).toMatchObject({ state: 'rejected' });
  expect((await work.read(file.applicationId)).state).toBe('at-agency');
  await work.must('POST', `/api/agencies/mock-late-reject/messages/${message?.messageId}/resend`);
  await expect.poll(async () => (await messagesOf('late-reject'))[0]?.state, { timeout: 15_000 }).toBe('sent');
});

test('an agency that says it twice is heard once', async () => {
  const file = await registered('double-answer');
  await becomes(file, 'at-agency');
  await pass(2 * HOUR);
  await becomes(file, 'ready');
  const { events } = await work.read(file.applicationId);
  expect(events.filter(({ move }) => move === 'decide-positive')).toHaveLength(1);
  expect(await tasksOf(file)).toEqual([]);
});

test('an agency that asks something: the clock stands still until it is mended, and it goes on', async () => {
  const file = await registered('question');
  await becomes(file, 'at-agency');
  await pass(2 * HOUR);
  await becomes(file, 'fix-requested');
  const status = await work.must<{ toDo: { ru: string } }>('POST', '/api/application-status', {
    number: file.number,
    code: file.code,
  });
  expect(status.toDo.ru).toContain('принесите лист 2');
  await work.move(file.applicationId, 'fix');
  await expect.poll(async () => (await messagesOf('question')).length, { timeout: 15_000 }).toBe(1);
  await pass(2 * HOUR);
  await becomes(file, 'ready');
});

test('an agency that refuses names a ground of the passport', async () => {
  const file = await registered('refuses');
  await becomes(file, 'at-agency');
  await pass(2 * HOUR);
  await becomes(file, 'ready');
  expect(await work.read(file.applicationId)).toMatchObject({ refused: true });
});

test('the same answer again is acknowledged; another one afterwards is a conflict for a person (scenario 35)', async () => {
  const file = await registered('loses-paper');
  await becomes(file, 'at-agency');
  const message = (await messagesOf('loses-paper')).find(({ number }) => number === file.number);
  const say = (answerId: string, positive: boolean) =>
    work.must<{ outcome: string }>('POST', '/api/agencies/mock-loses-paper/answers', {
      answerId,
      messageId: message?.messageId,
      says: { kind: 'decision', positive, ...(positive ? {} : { ground: 'no-right' }) },
    });
  const first = await Promise.all([say('a-1', true), say('a-1', true)]);
  expect(first.map(({ outcome }) => outcome).toSorted()).toEqual(['known', 'taken']);
  expect(await say('a-2', false)).toEqual({ outcome: 'conflict' });
  expect(await say('a-2', false)).toEqual({ outcome: 'known' });
  expect(await work.read(file.applicationId)).toMatchObject({ state: 'ready', refused: false });
  expect(await tasksOf(file)).toEqual(['conflict']);
  expect(
    (
      await work.problem('POST', '/api/agencies/mock-slow/answers', {
        answerId: 'x',
        messageId: message?.messageId,
        says: { kind: 'resume' },
      })
    ).code,
  ).toBe('unknown-message');
});

test('a portal reads what has happened, in order and without names', async () => {
  type Feed = { eventId: number; number: string; state: string }[];
  const all = await work.must<Feed>('GET', '/api/status-feed');
  expect(all.map(({ eventId }) => eventId)).toEqual(all.map(({ eventId }) => eventId).toSorted((a, b) => a - b));
  const last = all.at(-1)?.eventId as number;
  const file = await registered('instant');
  await becomes(file, 'ready');
  const since = await work.must<Feed>('GET', `/api/status-feed?after=${last}`);
  expect(since.filter(({ number }) => number === file.number).map(({ state }) => state)).toEqual([
    'registered',
    'at-agency',
    'decided',
    'ready',
  ]);
  expect(JSON.stringify(since)).not.toMatch(/Кузнецов/);
});

test('an agency by wire needs an address on the open net', async () => {
  const body = (url: string) => ({ name: { ru: 'А', en: 'A' }, adapter: 'api', setting: { url } });
  expect((await work.problem('PUT', '/api/agencies/wire', body('http://a.example'))).code).toBe('agency-not-reachable');
  expect((await work.problem('PUT', '/api/agencies/wire', body('https://127.0.0.1/x'))).code).toBe(
    'agency-not-reachable',
  );
  const { secret } = await work.must<{ secret: string }>(
    'PUT',
    '/api/agencies/wire',
    body('https://agency.example/in'),
  );
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await work.must('PUT', '/api/agencies/wire', body('https://agency.example/in2'))).toMatchObject({
    secret: null,
  });
});
