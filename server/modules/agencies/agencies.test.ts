import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCY_BEHAVIOURS } from '../../../contract/agencies.ts';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { HOUR, MINUTE } from '../../../core/time/instant.ts';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let persons = 0;
let agency: Server;
const heard: { readonly signature: string; readonly text: string }[] = [];
const tls = (name: string) => readFileSync(join(import.meta.dirname, '../../../tests/support/tls', name), 'utf8');

const registered = async (behaviour: string) => {
  persons += 1;
  const personId = await work.person({
    surname: `Кузнецов${persons}`,
    name: 'Иван',
    birth: '1970-01-01',
    documents: [],
  });
  return work.registered(`at-${behaviour}`, personId);
};
const pass = (ms: number) => node.ask('POST', '/api/clock/step', { to: node.now() + ms });
const becomes = (file: ApplicationFile, state: string) =>
  expect.poll(async () => (await work.read(file.applicationId)).state, { interval: 100 }).toBe(state);
const messagesOf = (behaviour: string) =>
  work.must<{ messageId: string; state: string; number: string; attempts: number }[]>(
    'GET',
    `/api/agencies/mock-${behaviour}/messages`,
  );
const tasksOf = async ({ applicationId }: ApplicationFile) => {
  const tasks = await work.must<{ applicationId: string; kind: string }[]>('GET', '/api/centres/1/case-tasks');
  return tasks.filter((task) => task.applicationId === applicationId).map(({ kind }) => kind);
};

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  agency = createServer({ cert: tls('cert.pem'), key: tls('key.pem') }, (request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      heard.push({ signature: String(request.headers['okno-signature']), text });
      // The first time it has the message, and nobody hears of it.
      if (heard.length === 1) return request.socket.destroy();
      const { messageId } = JSON.parse(text) as { messageId: string };
      const says = { kind: 'decision', positive: true };
      return reply
        .writeHead(200)
        .end(JSON.stringify({ answers: [{ answerId: 'd-1', messageId, says }, { nonsense: 1 }] }));
    });
  });
  await new Promise<void>((resolve) => void agency.listen(0, '127.0.0.1', resolve));
  const outward = { resolve: async () => ['127.0.0.1'], isAllowed: () => true, ca: tls('cert.pem') };
  node = await startTestNode(database.url, undefined, 0, { post: { mail: null, sms: null, site: null, outward } });
  work = caseWork(node);
  for (const behaviour of AGENCY_BEHAVIOURS) {
    const name = { ru: `Ведомство ${behaviour}`, en: `Agency ${behaviour}` };
    await work.must('PUT', `/api/agencies/mock-${behaviour}`, { name, adapter: 'mock', setting: { behaviour } });
    const results = [true, false].map((positive) => ({
      name,
      positive,
      form: 'electronic' as const,
      collectedBy: 'applicant' as const,
      storageDays: 30,
      unclaimed: 'destroy' as const,
    }));
    await work.publish(`at-${behaviour}`, testPassport({ agency: { code: `mock-${behaviour}`, name } }, { results }));
  }
});
afterAll(async () => {
  agency.close();
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
  await expect.poll(tried).toMatchObject({ attempts: 1, state: 'waiting' });
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
  await expect.poll(() => tasksOf(file)).toEqual(['dead-letter']);
  const [message] = await messagesOf('late-reject');
  expect(message).toMatchObject({ state: 'rejected' });
  expect((await work.read(file.applicationId)).state).toBe('at-agency');
  await work.must('POST', `/api/agencies/mock-late-reject/messages/${message?.messageId}/resend`);
  await expect.poll(async () => (await messagesOf('late-reject'))[0]?.state).toBe('sent');
});

test('a message that failed is nobody’s task once the application was decided another way, but for a withdrawal that did not arrive', async () => {
  const [decided, withdrawn] = [await registered('late-reject'), await registered('late-reject')];
  await becomes(decided, 'at-agency');
  await becomes(withdrawn, 'at-agency');
  await pass(2 * HOUR);
  for (const file of [decided, withdrawn]) await expect.poll(() => tasksOf(file)).toEqual(['dead-letter']);
  await work.move(decided.applicationId, 'decide-positive');
  expect(await tasksOf(decided)).toEqual([]);
  expect((await messagesOf('late-reject')).map(({ number }) => number)).not.toContain(decided.number);
  await work.move(withdrawn.applicationId, 'withdraw');
  // Nodes went down over it again and again.
  await node.database.pool.query(
    `insert into agency_message (message_id, application_id, agency_id, kind, state, attempts, next_at, made_at)
     select gen_random_uuid(), application_id, agency_id, kind, 'sending', 20, made_at, made_at from agency_message
     where kind = 'withdrawal' and application_id = $1`,
    [withdrawn.applicationId],
  );
  await expect.poll(() => tasksOf(withdrawn)).toEqual(['dead-letter']);
  await work.move(withdrawn.applicationId, 'give-papers-back');
  expect(await tasksOf(withdrawn)).toEqual(['dead-letter']);
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

test('an agency that asks something: the clock is stopped until it is corrected, and then goes on', async () => {
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
  await expect.poll(async () => (await messagesOf('question')).length).toBe(1);
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
  const last = all.at(-1)?.eventId ?? 0;
  const file = await registered('instant');
  await becomes(file, 'ready');
  const since = () => work.must<Feed>('GET', `/api/status-feed?after=${last}`);
  // The feed waits for whatever is being written meanwhile, wherever in the database server.
  const told = async () => (await since()).filter(({ number }) => number === file.number).map(({ state }) => state);
  await expect.poll(told).toEqual(['registered', 'at-agency', 'decided', 'ready']);
  expect(JSON.stringify(await since())).not.toMatch(/Кузнецов/);
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

test('an agency by wire of which nothing is heard: the same signed message again, and its answer in the reply', async () => {
  const name = { ru: 'Ведомство с API', en: 'Agency with an API' };
  const url = `https://localhost:${(agency.address() as AddressInfo).port}/in`;
  const { secret } = await work.must<{ secret: string }>('PUT', '/api/agencies/by-wire', {
    name,
    adapter: 'api',
    setting: { url },
  });
  const results = [true, false].map((positive) => ({
    name,
    positive,
    form: 'electronic' as const,
    collectedBy: 'applicant' as const,
    storageDays: 30,
    unclaimed: 'destroy' as const,
  }));
  await work.publish('by-wire', testPassport({ agency: { code: 'by-wire', name } }, { results }));
  const personId = await work.person({ surname: 'Проводов', name: 'Иван', birth: '1970-01-01', documents: [] });
  const file = await work.registered('by-wire', personId);
  const messages = () => work.must<{ state: string; attempts: number }[]>('GET', '/api/agencies/by-wire/messages');
  await expect.poll(messages).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  expect((await work.read(file.applicationId)).state).toBe('registered');
  await pass(6 * MINUTE);
  await becomes(file, 'ready');
  expect(heard).toHaveLength(2);
  const [first, second] = heard.map(
    ({ text }) => JSON.parse(text) as { messageId: string; number: string; applicant: object },
  );
  expect(second).toEqual(first);
  expect(first).toMatchObject({ number: file.number, applicant: { surname: 'Проводов' } });
  const [, seconds, mark] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(heard[1]?.signature as string) ?? [];
  const right = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${seconds}.${heard[1]?.text}`).digest('hex');
  expect(mark).toBe(right);
});

test('during an upgrade a node of the version before and this one know the behaviour that the other wrote', async () => {
  const setting = async () => {
    const all = await work.must<{ agencyId: string; setting: object }[]>('GET', '/api/agency-settings');
    return all.find(({ agencyId }) => agencyId === 'mock-slow')?.setting;
  };
  const { pool } = node.database;
  await pool.query(`update agency set setting = '{"temper":"refuses"}' where agency_id = 'mock-slow'`);
  expect(await setting()).toEqual({ behaviour: 'refuses' });
  const name = { ru: 'Ведомство slow', en: 'Agency slow' };
  await work.must('PUT', '/api/agencies/mock-slow', { name, adapter: 'mock', setting: { behaviour: 'slow' } });
  const { rows } = await pool.query(`select setting->>'temper' as before from agency where agency_id = 'mock-slow'`);
  expect(rows).toEqual([{ before: 'slow' }]);
});
