import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyDay } from '../../server/modules/queue/index.ts';
import { cloneDatabase, DAY, startTestNode, TEN, testCentre, type TestNode, wants } from '../support/test-node.ts';

const CENTRES = Array.from({ length: 8 }, (_, index) => index + 1);
/** Nobody comes to it until the last test. */
const QUIET = 9;
const PROMISE = { waitSeconds: 900, servedSeconds: 60 };

let node: TestNode;
let other: ChildProcess;
let otherUrl = '';
let database: { url: string; drop: () => Promise<void> };

beforeAll(async () => {
  database = await cloneDatabase();
  const plain = testCentre(1).rules;
  const centres = [...CENTRES, QUIET].map((centreId) =>
    testCentre(centreId, { rules: { ...plain, promise: PROMISE } }),
  );
  node = await startTestNode(database.url, centres);
});

afterAll(async () => {
  other?.kill('SIGKILL');
  await node.close();
  await database.drop();
});

/** A second node, in a process of its own that can be killed. */
async function startOther(): Promise<void> {
  const main = join(import.meta.dirname, '../../cli/main.ts');
  other = spawn(process.execPath, [main, 'serve', '--port', '0', '--clock', 'replay'], {
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  otherUrl = await new Promise((resolve) => {
    let text = '';
    other.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\S+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}

const take = (url: string, centreId: number, commandId = randomUUID()) =>
  fetch(`${url}/api/centres/${centreId}/days/${DAY}/visits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ commandId, ...wants('passports') }),
  });

/** Asks as a screen does: a screen that is told that the node is busy pauses and sends the same command again. */
const takePatiently = async (url: string, centreId: number): Promise<number> => {
  const commandId = randomUUID();
  for (const pauseMs of [300, 900, 2_000]) {
    const { status } = await take(url, centreId, commandId);
    if (status !== 503) return status;
    await setTimeout(pauseMs);
  }
  return (await take(url, centreId, commandId)).status;
};

const forwarded = async () => Number((await node.ask('GET', '/api/node')).body['forwarded']);

test('a killed node’s centres go on at the other: commands, reads, and what happens by itself, once', async () => {
  await startOther();
  await expect
    .poll(async () => {
      await Promise.all(CENTRES.map((centreId) => take(node.url, centreId)));
      return forwarded();
    })
    .toBeGreaterThan(0);
  const answers = await Promise.all(
    CENTRES.flatMap((centreId) => [take(node.url, centreId), take(otherUrl, centreId)]),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));

  other.kill('SIGKILL');
  const after = await Promise.all(CENTRES.map((centreId) => take(node.url, centreId)));
  expect(after.map(({ status }) => status)).toEqual(after.map(() => 201));

  // The promises of all centres break at 15 minutes, whichever node served them before.
  const { rows } = await node.database.pool.query<{ visits: string }>('select count(*) as visits from visit');
  await node.ask('POST', '/api/clock/step', { to: TEN + 16 * 60_000 });
  const broken = async () => {
    const { rows: found } = await node.database.pool.query<{ events: string; visits: string }>(
      `select count(*) as events, count(distinct body ->> 'visitId') as visits from queue_event where kind = 'promise-broken'`,
    );
    return found[0];
  };
  await expect.poll(broken).toEqual({ events: rows[0]?.visits, visits: rows[0]?.visits });
  for (const centreId of CENTRES) {
    expect((await node.database.read((tx) => verifyDay(tx, { centreId, day: DAY }, null))).faults).toEqual([]);
  }
});

test('nodes that come and go take their centres with them, and nobody is refused', async () => {
  const statuses: number[] = [];
  let going = true;
  const load = (async () => {
    while (going) {
      for (const centreId of CENTRES) statuses.push(await takePatiently(node.url, centreId));
    }
  })();
  await startOther();
  await expect.poll(forwarded).toBeGreaterThan(0);
  const stopped = new Promise((resolve) => other.once('exit', resolve));
  other.kill('SIGTERM');
  await stopped;
  going = false;
  await load;
  expect(statuses.length).toBeGreaterThan(20);
  expect(new Set(statuses)).toEqual(new Set([201]));
});

test('a command that a stopping node turns away is decided at the node that was asked, at once', async () => {
  const stopping = await startTestNode(database.url);
  const before = await forwarded();
  await expect
    .poll(async () => {
      await Promise.all(CENTRES.map((centreId) => take(node.url, centreId)));
      return forwarded();
    })
    .toBeGreaterThan(before);
  const statuses: number[] = [];
  let going = true;
  const closed = stopping.close().then(() => (going = false));
  while (going) {
    const answers = await Promise.all(CENTRES.map((centreId) => take(node.url, centreId)));
    statuses.push(...answers.map(({ status }) => status));
  }
  await closed;
  expect(new Set(statuses)).toEqual(new Set([201]));
});

test('a node whose writes all wait for their turn goes on living for the others', async () => {
  const full = await startTestNode(database.url);
  const done = Promise.withResolvers<void>();
  const writes = Array.from({ length: 50 }, () => full.database.write(() => done.promise));
  const lastSeen = async () => {
    const { rows } = await node.database.pool.query<{ at: number }>(
      'select extract(epoch from seen_at)::float8 as at from node order by started_at desc limit 1',
    );
    return (rows as [{ at: number }])[0].at;
  };
  const before = await lastSeen();
  await expect.poll(lastSeen).toBeGreaterThan(before + 1);
  done.resolve();
  await Promise.all(writes);
  await full.close();
});

test('what a node decided unseen and left behind comes due at another', async () => {
  const gone = await startTestNode(database.url, [], 0, { alone: true });
  const taken = await Promise.all([1, QUIET].map((centreId) => take(gone.url, centreId).then((one) => one.json())));
  const visits = taken.map((ticket) => (ticket as { visitId: string }).visitId).toSorted();
  await gone.close();
  await node.ask('POST', '/api/clock/step', { to: node.now() + 16 * 60_000 });
  const broken = async () => {
    const { rows } = await node.database.pool.query<{ id: string }>(
      `select body ->> 'visitId' as id from queue_event where kind = 'promise-broken' and body ->> 'visitId' = any($1) order by 1`,
      [visits],
    );
    return rows.map(({ id }) => id);
  };
  await expect.poll(broken).toEqual(visits);
});

test('a stranger on the nodes’ port gets no answer', async () => {
  const { rows } = await node.database.pool.query<{ address: string }>(
    'select address from node order by seen_at desc limit 1',
  );
  const [host = '', port = ''] = rows[0]?.address.split(':') ?? [];
  const heard = await new Promise<string>((resolve) => {
    const socket = connect({ host, port: Number(port) });
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    socket.write(`${JSON.stringify({ hello: '00' })}\n`);
    socket.write(`${JSON.stringify({ proof: '00'.repeat(32) })}\n`);
    socket.write(`${JSON.stringify({ id: 1, key: { centreId: 1, day: DAY }, command: {} })}\n`);
  });
  expect(heard).not.toContain('answer');
});
