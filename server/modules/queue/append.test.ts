import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command, CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import { DOORS_OPEN, opening, rules, taking } from '../../../core/queue/day.testing.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  testCentre,
  type TestNode,
} from '../../../tests/support/test-node.ts';
import { commandOf } from './chain.ts';
import { appendOutcomes, appendQuery, type AppendRow, ensureMonth } from './queries.ts';
import { decidePart, emptyStream, type Part, type Stream } from './stream.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2), testCentre(3)]);
  await node.database.write((tx) => ensureMonth(tx, DAY));
});

afterAll(async () => {
  await node.close();
  await drop();
});

const asking = <Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): Command =>
  commandOf(kind, randomUUID(), body);

function decided(stream: Stream, minute: number, ...commands: readonly Command[]): Part {
  const entries = commands.map((command) => ({
    asked: { command },
    deadline: Infinity,
    settled: false,
    attempts: 0,
    unsure: false,
    settle: () => undefined,
  }));
  return decidePart(stream, entries, DOORS_OPEN + minute * MINUTE, rules);
}

async function append(...parts: readonly Part[]) {
  const { rows } = await node.database.pool.query<AppendRow>(appendQuery(parts));
  return appendOutcomes(parts, rows).map(({ kind }) => kind);
}

/** Two memories of one day at one place, as two nodes have them. */
async function twice(centreId: number): Promise<[Stream, Stream]> {
  const streams = [emptyStream({ centreId, day: DAY }), emptyStream({ centreId, day: DAY })] as const;
  const open = commandOf('open-day', randomUUID(), opening);
  const [first] = streams.map((stream) => decided(stream, 0, open));
  expect(await append(first as Part)).toEqual(['held']);
  return [...streams];
}

/** A visitor who is called and served: events after the first, a visit and a step. */
const served = (stream: Stream, specialistId: string, minute: number): Part => {
  const take = asking('take', taking('passports'));
  const at = { windowId: 1, visitId: take.id as string };
  return decided(
    stream,
    minute,
    asking('open-window', { windowId: 1, specialistId, skills: skilled('passports') as [] }),
    take,
    asking('ready', { windowId: 1 }),
    asking('start', at),
  );
};

const written = async (centreId: number) => {
  const count = (table: string) => `(select count(*)::integer from ${table} where centre_id = $1 and day = $2)`;
  const { rows } = await node.database.pool.query(
    `select ${count('queue_event')} as events, ${count('visit')} as visits, ${count('visit_step')} as steps`,
    [centreId, DAY],
  );
  return rows[0] as object;
};

test('of a part that lost its place nothing is written, whatever else is in the batch', async () => {
  const [winner, loser] = await twice(1);
  const [beside] = await twice(2);
  expect(await append(decided(winner, 1, asking('take', taking('benefits'))))).toEqual(['held']);
  const before = await written(1);
  expect(before).toEqual({ events: 2, visits: 1, steps: 0 });
  const lost = served(loser, 'anna', 2);
  expect([lost.events.length, lost.visits.length, lost.steps.length]).toEqual([5, 1, 1]);
  expect(await append(lost, served(beside, 'boris', 2))).toEqual(['moved', 'held']);
  expect(await written(1)).toEqual(before);
  expect(await written(2)).toEqual({ events: 6, visits: 1, steps: 1 });
});

test('a part that builds on what the store does not know is not written either', async () => {
  const [, ahead] = await twice(3);
  decided(ahead, 1, asking('take', taking('benefits')));
  const before = await written(3);
  expect(await append(served(ahead, 'anna', 2))).toEqual(['lost-base']);
  expect(await written(3)).toEqual(before);
});
