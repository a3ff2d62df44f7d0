import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyDay } from '../../server/modules/queue/index.ts';
import { eventsAfter } from '../../server/modules/queue/queries.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { cloneDatabase, DAY, testCentre, wants } from '../support/test-node.ts';

/** Two nodes whose machines' clocks are three seconds apart; each in a process of its own. */
const SKEWS = [0, 3_000];

let database: { url: string; drop: () => Promise<void> };
const nodes: { child: ChildProcess; url: string }[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  const opened = await openDatabase({ url: database.url });
  await importNetwork(opened, [testCentre(1)]);
  await opened.close();
  for (const skew of SKEWS) nodes.push(await startSkewed(skew));
});

afterAll(async () => {
  for (const { child } of nodes) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  await database.drop();
});

async function startSkewed(skewMs: number): Promise<{ child: ChildProcess; url: string }> {
  const main = join(import.meta.dirname, '../../cli/main.ts');
  const skew = `const now = Date.now; Date.now = () => now() + ${skewMs};`;
  const preload = `data:text/javascript,${encodeURIComponent(skew)}`;
  const child = spawn(
    process.execPath,
    [
      '--import',
      preload,
      main,
      'serve',
      '--alone',
      '--port',
      '0',
      '--clock',
      'demo',
      '--shown-at',
      `${DAY}T12:00:00+03:00`,
    ],
    { env: { ...process.env, DATABASE_URL: database.url }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /http:\S+/.exec(chunk.toString())?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, url };
}

test('the clocks of machines do not matter: there is one clock, and no time runs backwards', async () => {
  const statuses: number[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const { url } = nodes[turn % nodes.length] as { url: string };
    const answer = await fetch(`${url}/api/centres/1/days/${DAY}/visits`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ commandId: randomUUID(), ...wants('passports') }),
    });
    statuses.push(answer.status);
  }
  expect(new Set(statuses)).toEqual(new Set([201]));
  const opened = await openDatabase({ url: database.url });
  const key = { centreId: 1, day: DAY };
  expect((await opened.read((tx) => verifyDay(tx, key, null))).faults).toEqual([]);
  const times = (await opened.read((tx) => eventsAfter(tx, key, 0))).map(({ event }) => event.at);
  await opened.close();
  const steps = times.slice(1).map((at, index) => at - (times[index] as number));
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  // Three seconds of skew would show when the nodes take turns: one step long, the next one none.
  // The shortest of each: a machine that is busy makes some steps long, and never all of one direction by as much.
  const [there, back] = [0, 1].map((turn) => Math.min(...steps.filter((_, index) => index % 2 === turn)));
  expect(Math.abs((there ?? 0) - (back ?? 0))).toBeLessThan(1_000);
});
