import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { NodeFigures } from '../contract/platform.ts';
import { serviceNumbers, startProgram, type Program } from './program.ts';
import { importNetwork } from '../server/modules/network/index.ts';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { type Bench, type Figure, figure, median, percentile, timed } from './bench.ts';
import { startBareServer } from './bare-server.ts';
import { CITY_GROUPS, cityCentre, DAY, NOON } from './city-network.ts';
import { openLeanClient } from './lean-client.ts';

const CLIENTS = 20;
const TICKETS = 3_000;
const ROUNDS = 5;
/** Twenty HTTP clients on one centre: nobody may get another's number, nobody may be called twice. */
export const benchContention: Bench = async ({ quick, folder, say }) => {
  const database = await openDatabase({ folder });
  const rounds = quick ? 1 : ROUNDS;
  const tickets = quick ? 600 : TICKETS;
  await importNetwork(
    database,
    Array.from({ length: rounds * 2 }, (_, index) => cityCentre(index + 1, CLIENTS)),
  );
  await database.write((tx) => tx.query('create table bench_row (id uuid primary key, body jsonb not null)'));
  const alone = await startNodeProgram(folder, '--alone');
  const pair = [await startNodeProgram(folder), await startNodeProgram(folder)] as const;
  await knowEachOther(pair);
  const bare = await startBareServer(database.connection);
  const rates: Record<'node' | 'twoNodes' | 'bare' | 'commit', number[]> = {
    node: [],
    twoNodes: [],
    bare: [],
    commit: [],
  };
  const p99: Record<'node' | 'twoNodes', number[]> = { node: [], twoNodes: [] };
  const wrong: Record<'errors' | 'sameNumber' | 'calledTwice' | 'lost', number[]> = {
    errors: [],
    sameNumber: [],
    calledTwice: [],
    lost: [],
  };
  const attempts: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const commit = await commitRate(database, quick ? 300 : 1_000);
      const bareRate = await bare.rate(CLIENTS, quick ? 1_000 : 4_000);
      for (const [name, urls, centreId] of [
        ['node', [alone.url], round * 2 + 1],
        ['twoNodes', pair.map(({ url }) => url), round * 2 + 2],
      ] as const) {
        const outcome = await fight(urls, centreId, tickets);
        const truth = await truthOf(database, centreId);
        rates[name].push(outcome.rate);
        p99[name].push(percentile(outcome.times, 0.99));
        wrong.errors.push(outcome.errors);
        wrong.sameNumber.push(truth.sameNumber);
        wrong.calledTwice.push(truth.calledTwice);
        wrong.lost.push(outcome.acknowledged - truth.commands);
      }
      attempts.push(Math.max(...(await Promise.all(pair.map(attemptsMax)))));
      rates.commit.push(commit);
      rates.bare.push(bareRate);
      const last = (samples: readonly number[]) => samples.at(-1)?.toFixed(0);
      say(
        `round ${round + 1}: ${last(rates.node)}/s, two nodes ${last(rates.twoNodes)}/s, ` +
          `bare route ${last(rates.bare)}/s, one connection ${last(rates.commit)} commits/s`,
      );
    }
  } finally {
    await Promise.all([alone.stop(), ...pair.map((one) => one.stop()), bare.stop()]);
    await database.close();
  }
  return figures(rates, p99, { ...wrong, attempts });
};

function figures(
  rates: Record<'node' | 'twoNodes' | 'bare' | 'commit', number[]>,
  p99: Record<'node' | 'twoNodes', number[]>,
  wrong: Record<string, number[]>,
): Figure[] {
  const goal = Math.min(3_000, 8 * median(rates.commit));
  const over = (samples: readonly number[], base: readonly number[]) =>
    samples.map((value, index) => value / (base[index] as number));
  return [
    figure('commands over HTTP, 20 clients, one centre', 'commands/s', rates.node, { atLeast: goal }),
    figure('against a bare Fastify route with one INSERT', 'ratio', over(rates.node, rates.bare)),
    figure('against the commits of one connection', 'ratio', over(rates.node, rates.commit)),
    figure('the same over two nodes on one database', 'commands/s', rates.twoNodes),
    figure('two nodes against one', 'ratio', over(rates.twoNodes, rates.node), { atLeast: 0.6 }),
    figure('p99 of a request, two nodes against one', 'ratio', over(p99.twoNodes, p99.node), { atMost: 3 }),
    figure('the most decisions of one command', 'decisions', wrong['attempts'] as number[], { atMost: 5 }),
    figure('errors', 'requests', wrong['errors'] as number[], { atMost: 0 }),
    figure('numbers given twice', 'numbers', wrong['sameNumber'] as number[], { atMost: 0 }),
    figure('visits called twice', 'visits', wrong['calledTwice'] as number[], { atMost: 0 }),
    figure('acknowledged commands that are not in the log', 'commands', wrong['lost'] as number[], { atMost: 0 }),
  ];
}

/** Waits until both nodes have seen each other: until then each serves every centre. */
async function knowEachOther(pair: readonly Program[]): Promise<void> {
  for (const { url } of pair) {
    while ((await nodeFigures(url)).nodes < 2) await pause(100);
  }
}

async function attemptsMax({ url }: Program): Promise<number> {
  return (await nodeFigures(url)).attemptsMax;
}

async function nodeFigures(url: string): Promise<NodeFigures> {
  return (await fetch(`${url}/api/node`)).json() as Promise<NodeFigures>;
}

function startNodeProgram(folder: string, ...more: string[]): Promise<Program> {
  return startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0', ...more]);
}

/** Everybody takes tickets, then everybody calls, starts and finishes, until nobody waits. */
async function fight(
  urls: readonly string[],
  centreId: number,
  tickets: number,
): Promise<{ rate: number; errors: number; acknowledged: number; times: number[] }> {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => openLeanClient(urls[index % urls.length] as string)),
  );
  let errors = 0;
  let acknowledged = 0;
  const times: number[] = [];
  const ask = async <T>(request: Promise<T>): Promise<T | null> => {
    const began = performance.now();
    try {
      const reply = await request;
      times.push(performance.now() - began);
      acknowledged += 1;
      return reply;
    } catch {
      errors += 1;
      return null;
    }
  };
  const client = (index: number) => (clients[index % CLIENTS] as (typeof clients)[number]).call;
  const params = (windowId: number) => ({ centreId, day: DAY, windowId });
  const command = () => ({ commandId: randomUUID() });
  const groupIds = CITY_GROUPS.map(({ groupId }) => groupId);
  const skills = groupIds.map((groupId) => ({ groupId, level: 3 as const }));

  await Promise.all(
    serviceNumbers(CLIENTS).map((windowId) =>
      ask(
        client(windowId)('POST /api/centres/:centreId/days/:day/windows/:windowId/open', {
          params: params(windowId),
          body: { ...command(), specialistId: `s${centreId}-${windowId}`, skills },
        }),
      ),
    ),
  );
  const take = async (index: number) => {
    for (let count = index; count < tickets; count += CLIENTS) {
      const body = { ...command(), services: [{ serviceId: groupIds[count % groupIds.length] as string }] };
      await ask(
        client(index)('POST /api/centres/:centreId/days/:day/visits', { params: { centreId, day: DAY }, body }),
      );
    }
  };
  const serve = async (windowId: number) => {
    for (;;) {
      const at = params(windowId);
      const reply = await ask(
        client(windowId)('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', {
          params: at,
          body: command(),
        }),
      );
      if (!reply?.call) return;
      const body = { visitId: reply.call.visitId };
      await ask(
        client(windowId)('POST /api/centres/:centreId/days/:day/windows/:windowId/start', {
          params: at,
          body: { ...command(), ...body },
        }),
      );
      await ask(
        client(windowId)('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', {
          params: at,
          body: { ...command(), ...body },
        }),
      );
    }
  };
  const opened = acknowledged;
  const elapsed = await timed(async () => {
    await Promise.all(Array.from({ length: CLIENTS }, (_, index) => take(index)));
    await Promise.all(serviceNumbers(CLIENTS).map(serve));
  });
  for (const each of clients) each.close();
  return { rate: ((acknowledged - opened) / elapsed) * 1_000, errors, acknowledged, times };
}

/** What the log says, not what the clients think. */
async function truthOf(
  database: Database,
  centreId: number,
): Promise<{ sameNumber: number; calledTwice: number; commands: number }> {
  const { rows } = await database.read((tx) =>
    tx.query(
      `select count(*) filter (where kind = 'visit-taken')::int - count(distinct body->>'number') filter (where kind = 'visit-taken')::int as "sameNumber",
            count(*) filter (where kind = 'visit-called')::int - count(distinct body->>'visitId') filter (where kind = 'visit-called')::int as "calledTwice",
            count(command_id)::int - 1 as commands
     from queue_event where centre_id = $1 and day = $2`,
      [centreId, DAY],
    ),
  );
  return rows[0];
}

/** How many rows one connection commits in a second, one at a time. */
async function commitRate(database: Database, count: number): Promise<number> {
  const client = new pg.Client(database.connection);
  await client.connect();
  const elapsed = await timed(async () => {
    for (let index = 0; index < count; index += 1) {
      await client.query({
        name: 'commit',
        text: 'insert into bench_row (id, body) values ($1, $2)',
        values: [randomUUID(), '{"n":1}'],
      });
    }
  });
  await client.end();
  return (count / elapsed) * 1_000;
}
