import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import type { Read } from '../../server/platform/handles.ts';
import { cloneDatabase, DAY, skilled, startTestNode, testCentre, type TestNode, wants } from '../support/test-node.ts';

let node: TestNode;
let database: { url: string; drop: () => Promise<void> };
let client: pg.Client;
let witness: Server;
const witnessed: string[] = [];
const sealFile = join(mkdtempSync(join(tmpdir(), 'okno-seals-')), 'seals.jsonl');

beforeAll(async () => {
  database = await cloneDatabase();
  witness = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => witnessed.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => witness.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(witness.address() as AddressInfo).port}/`;
  node = await startTestNode(database.url, [testCentre(1)], 0, { sealFile, witness: address });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await node.close();
  witness.close();
  await database.drop();
});

/** Runs `okno` on the test's database; gives its status and what it printed. */
function okno(...args: string[]): Promise<{ status: number; printed: string }> {
  const main = join(import.meta.dirname, '../../cli/main.ts');
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: database.url };
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), printed: stdout + stderr });
    });
  });
}

const verify = (...args: string[]) => okno('verify', '--clock', 'replay', '--centre', '1', '--day', DAY, ...args);

test('a day is lived, closed, sealed, published outside, exported, and a rebuilt log is found out', async () => {
  const base = `/api/centres/1/days/${DAY}`;
  const post = (path: string, body: object = {}) => node.ask('POST', base + path, { commandId: randomUUID(), ...body });
  await post('/windows/1/open', { specialistId: 'anna', skills: skilled('passports') });
  for (let visit = 0; visit < 5; visit += 1) await post('/visits', wants('passports'));
  for (let visit = 0; visit < 3; visit += 1) {
    const { call } = (await post('/windows/1/ready')).body as unknown as { call: { visitId: string } };
    await post('/windows/1/start', { visitId: call.visitId });
    await post('/windows/1/finish', { visitId: call.visitId });
  }
  expect((await node.ask('GET', `${base}/seal`)).body.code).toBe('not-sealed');
  expect(await verify()).toMatchObject({ status: 0, printed: expect.stringContaining('running') });

  await node.stepTo(19 * 60);
  await expect.poll(async () => (await node.ask('GET', `${base}/seal`)).status).toBe(200);
  const seal = (await node.ask('GET', `${base}/seal`)).body as { root: string; size: number };
  const { root } = seal;
  await expect.poll(() => witnessed.join('')).toContain(root);
  expect(readFileSync(sealFile, 'utf8')).toContain(root);
  expect((await node.ask('GET', '/api/seals')).body).toMatchObject([{ root, centreId: 1, day: DAY }]);
  for (const page of ['/seals', '/seals.xml']) expect(await (await fetch(node.url + page)).text()).toContain(root);
  expect(await (await fetch(`${node.url}/seals.xml`)).text()).toMatch(
    /<pubDate>Fri, 20 Feb 2026 02:00:00 GMT<\/pubDate>/,
  );

  const exported = await okno('export', 'events', '--clock', 'replay', '--centre', '1', '--day', DAY);
  expect(exported.printed.trim().split('\n')).toHaveLength(seal.size);
  expect(await verify('--root', root)).toMatchObject({ status: 0, printed: expect.stringContaining('sealed') });

  // An attacker with the database's password moves a ticket, once clumsily and once with everything computed again.
  await client.query(`update queue_event set body = body || '{"persons": 8}' where kind = 'visit-taken' and seq = 4`);
  expect(await verify()).toMatchObject({ status: 1, printed: expect.stringContaining('the chain breaks at event 4') });
  await rebuild();
  const rebuilt = await verify('--root', root);
  expect(rebuilt.status).toBe(1);
  expect(rebuilt.printed).toContain(`the root is not ${root}`);
  expect(rebuilt.printed).not.toContain('chain');
  expect((await verify()).status, 'without the root published outside nothing is seen').toBe(0);
});

test('rows that reports read are compared with the events', async () => {
  await client.query(`update visit set state = 'finished' where state = 'lapsed'`);
  expect((await verify()).printed).toMatch(/the row of П\d+ says finished, its events lapsed/);
});

/** What an administrator of the database could do: the chain and the seal of the changed day. */
async function rebuild(): Promise<void> {
  const { chainAfter, leafOf } = await import('../../server/modules/queue/chain.ts');
  const { merkleRoot } = await import('../../server/modules/queue/proof/merkle.ts');
  const { eventsAfter } = await import('../../server/modules/queue/queries.ts');
  const key = { centreId: 1, day: DAY };
  const events = await eventsAfter(client as unknown as Read, key, 0);
  let chain = 0n;
  for (const { event } of events) {
    chain = chainAfter(chain, key, event);
    await client.query('update queue_event set chain = $1 where centre_id = 1 and seq = $2', [
      String(chain),
      event.seq,
    ]);
  }
  const root = merkleRoot(events.map(({ event }) => leafOf(key, event)));
  await client.query('update day_seal set root = $1', [root]);
}
