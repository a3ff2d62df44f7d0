import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../core/time/instant.ts';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let other: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let silent: Server;
let good: Server;
const asked: string[] = [];
const heard: string[] = [];
const tls = (name: string) => readFileSync(join(import.meta.dirname, '../../../tests/support/tls', name), 'utf8');
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const keys = { cert: tls('cert.pem'), key: tls('key.pem') };
  silent = createServer(keys, (request) => void asked.push(request.url ?? ''));
  good = createServer(keys, (request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push((JSON.parse(Buffer.concat(parts).toString()) as { messageId: string }).messageId);
      reply.writeHead(200).end('{}');
    });
  });
  for (const server of [silent, good])
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const outward = { resolve: async () => ['127.0.0.1'], isAllowed: () => true, ca: tls('cert.pem') };
  const post = { post: { mail: null, sms: null, site: null, outward } };
  node = await startTestNode(database.url, undefined, 0, post);
  other = await startTestNode(database.url, [], 0, post);
  work = caseWork(node);
  for (const [agencyId, server] of [
    ['silent', silent],
    ['good', good],
    ['sealed', good],
  ] as const) {
    const name = { ru: `Ведомство ${agencyId}`, en: `Agency ${agencyId}` };
    const setting = { url: `https://localhost:${portOf(server)}/` };
    await work.must('PUT', `/api/agencies/${agencyId}`, { name, adapter: 'api', setting });
    await work.publish(`of-${agencyId}`, testPassport({ agency: { code: agencyId, name } }));
  }
});
afterAll(async () => {
  await other.close();
  await node.close();
  silent.closeAllConnections();
  silent.close();
  good.close();
  await drop();
});

const names = 'абвгдежзик';
let people = 0;
const registered = async (serviceId: string) => {
  people += 1;
  const surname = `Лин${String(people).replaceAll(/\d/g, (digit) => names[Number(digit)] as string)}`;
  const personId = await work.person({ surname, name: 'Иван', birth: '1970-01-01', documents: [] });
  return work.registered(serviceId, personId);
};
const messages = (agencyId: string) =>
  work.must<{ state: string; attempts: number; fault: string | null }[]>('GET', `/api/agencies/${agencyId}/messages`);

test('an agency that does not answer delays nobody else’s message, and a second node sends nothing again', async () => {
  for (let count = 0; count < 4; count += 1) await registered('of-silent');
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  const before = asked.length;
  const { applicationId } = await registered('of-good');
  // The silent one has four messages of which each takes five seconds; the good one has its own before the second of them.
  await expect.poll(async () => (await work.read(applicationId)).state).toBe('at-agency');
  expect(asked.length).toBeLessThanOrEqual(before + 1);
  await expect.poll(async () => (await messages('silent')).filter(({ state }) => state === 'waiting').length).toBe(4);
  expect((await messages('silent')).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
  expect(asked).toHaveLength(4);
  expect(heard).toHaveLength(1);
});

test('a message whose secret does not open is given up with a task, and what comes after it goes out', async () => {
  await node.database.pool.query(`update agency set secret = '\\x00' where agency_id = 'sealed'`);
  const lost = await registered('of-sealed');
  await expect
    .poll(async () => (await messages('sealed'))[0])
    .toMatchObject({ state: 'dead', attempts: 1, fault: 'not-made' });
  const tasks = await work.must<{ kind: string; applicationId: string }[]>('GET', '/api/centres/1/case-tasks');
  expect(tasks.filter(({ applicationId }) => applicationId === lost.applicationId)).toMatchObject([
    { kind: 'dead-letter' },
  ]);
  const { applicationId } = await registered('of-good');
  await expect.poll(async () => (await work.read(applicationId)).state).toBe('at-agency');
});

test('a message over which nodes went down again and again is given up, too', async () => {
  await node.database.pool.query(`update agency set adapter = 'paper' where agency_id = 'good'`);
  const { applicationId } = await registered('of-good');
  await node.database.pool.query(
    `insert into agency_message (message_id, application_id, agency_id, kind, state, attempts, next_at, made_at)
     values (gen_random_uuid(), $1, 'good', 'application', 'sending', 20, instant_of($2), instant_of($2))`,
    [applicationId, node.now() - MINUTE],
  );
  await expect.poll(async () => (await messages('good')).map(({ state }) => state)).toContain('dead');
});
