import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProblemError } from '../../core/problems.ts';
import { ORDINARY, readConfiguration } from '../../core/queue/configuration.ts';
import type { QueueEvent } from '../../core/queue/events.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { type Clock, openClock } from '../../server/platform/clock.ts';
import { commandOf, DayBook } from '../../server/modules/queue/index.ts';
import { cloneDatabase, DAY, TEN, ZONE } from '../support/test-node.ts';

let database: Database;
let drop: () => Promise<void>;
let book: DayBook;
let clock: Clock;
const heard: QueueEvent[] = [];
const END = TEN + 9e6;

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = await openDatabase({ url: clone.url });
  clock = await openClock(database, 'replay', () => TEN);
  book = new DayBook({
    database,
    clock,
    plan: async () => ({
      opening: {
        start: TEN - 1,
        end: END,
        doorsOpen: TEN - 1,
        doorsClose: TEN + 8e6,
        timeZone: ZONE,
        home: 'city',
      },
      configuration: readConfiguration({
        walkInLimitMinutes: 15,
        readyAfterSeconds: null,
        groups: [{ groupId: 'all', letter: 'А' }],
        windows: [{ windowId: 1, groupIds: ['all'] }],
      }),
    }),
    closed: () => undefined,
    log: () => undefined,
  });
  book.live.listen(key(1), (events) => heard.push(...events));
});

afterAll(async () => {
  await book.close();
  await database.close();
  await drop();
});

const key = (centreId: number) => ({ centreId, day: DAY });
const take = (serviceId = 'all', persons = 1) =>
  commandOf('take', randomUUID(), {
    services: [{ serviceId, quantity: 1 }],
    persons,
    classLetter: ORDINARY,
    language: 'ru',
    remote: false,
    slot: null,
  });

test('a command that the database refuses fails alone; its neighbours in the batch are written', async () => {
  await book.carryOut(key(1), take());
  // 40,000 persons pass the pure rules, which trust the door, but not the column.
  const poison = take('all', 40_000);
  const outcomes = await Promise.allSettled(
    [take(), take(), poison, take(), take()].map((command) => book.carryOut(key(1), command)),
  );
  const elsewhere = await book.carryOut(key(2), take());
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  expect((outcomes[2] as PromiseRejectedResult).reason).toBeInstanceOf(ProblemError);
  expect((outcomes[2] as PromiseRejectedResult).reason.problem.code).toBe('malformed-request');
  expect(elsewhere.length).toBeGreaterThan(0);
  expect(await book.view(key(1), (day) => day.visits.size)).toBe(5);
});

test('a day that another session holds does not hold up the others, and goes on when it is let go', async () => {
  await book.carryOut(key(3), take());
  await book.carryOut(key(4), take());
  const holder = new pg.Client(database.connection);
  await holder.connect();
  await holder.query('begin');
  const seq = await book.view(key(3), (day) => day.seq);
  await holder.query(
    `insert into queue_event (centre_id, day, seq, at, v, kind, chain, body) values (3, $1, $2, now(), 1, 'doors-closed', 0, '{}')`,
    [DAY, seq + 1],
  );
  const held = book.carryOut(key(3), take());
  const free = await Promise.all(Array.from({ length: 10 }, () => book.carryOut(key(4), take())));
  expect(free).toHaveLength(10);
  await holder.query('rollback');
  await holder.end();
  expect((await held).map((event) => event.kind)).toEqual(['visit-taken']);
});

test('a day held longer than a command may wait: “busy” was not written, “outcome unknown” is found by sending it again', async () => {
  const seq = await book.view(key(3), (day) => day.seq);
  const holder = new pg.Client(database.connection);
  await holder.connect();
  await holder.query('begin');
  await holder.query(
    `insert into queue_event (centre_id, day, seq, at, v, kind, chain, body) values (3, $1, $2, now(), 1, 'doors-closed', 0, '{}')`,
    [DAY, seq + 1],
  );
  const command = take();
  const outcome = await book.carryOut(key(3), command).catch((error: ProblemError) => error.problem.code);
  expect(['busy', 'outcome-unknown']).toContain(outcome);
  await holder.query('rollback');
  await holder.end();
  if (outcome === 'busy') expect(await book.view(key(3), (day) => day.seq)).toBe(seq);
  const [taken] = await book.carryOut(key(3), command);
  expect(taken?.seq).toBe(seq + 1);
  expect(await book.view(key(3), (day) => day.seq)).toBe(seq + 1);
});

test('connections that break under load lose nothing: unknown outcomes are read back, not guessed', async () => {
  let killing = true;
  const acknowledged: string[] = [];
  const killer = (async () => {
    while (killing) {
      const before = acknowledged.length;
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select queue_append%' and pid <> pg_backend_pid()`,
      );
      // On a slow machine a statement may take longer than the pause: something has to get through between two kills.
      do await new Promise((resolve) => setTimeout(resolve, 20));
      while (killing && acknowledged.length === before);
    }
  })();
  const worker = async (centreId: number) => {
    for (let index = 0; index < 60; index += 1) {
      const command = take();
      await book.carryOut(key(centreId), command).then(
        () => acknowledged.push(command.id),
        () => undefined,
      );
    }
  };
  await Promise.all([5, 6, 7, 5, 6, 7].map(worker));
  killing = false;
  await killer;
  const { rows } = await database.pool.query(
    `select command_id::text as id, count(*)::int as times from queue_event where centre_id in (5, 6, 7) and command_id is not null group by 1`,
  );
  const times = new Map(rows.map((row) => [row.id, row.times]));
  expect(acknowledged.length).toBeGreaterThan(100);
  for (const id of acknowledged) expect(times.get(id)).toBe(1);
});

test('a store that went back is noticed: the day is read again and nothing is written over the hole', async () => {
  for (let index = 0; index < 5; index += 1) await book.carryOut(key(8), take());
  await database.pool.query('delete from queue_event where centre_id = 8 and seq > 3');
  const [taken] = await book.carryOut(key(8), take());
  expect(taken?.seq).toBe(4);
  const { rows } = await database.pool.query('select seq from queue_event where centre_id = 8 order by seq');
  expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4]);
});

test('a day whose record cannot be read stops its own centre only', async () => {
  await book.carryOut(key(9), take());
  await database.pool.query(
    `insert into queue_event (centre_id, day, seq, at, v, kind, chain, body) values (9, $1, 3, now(), 7, 'from-the-future', 0, '{}')`,
    [DAY],
  );
  const refused = await book.carryOut(key(9), take()).catch((error: ProblemError) => error.problem);
  expect(refused).toMatchObject({ code: 'day-unreadable', params: { seq: 3 } });
  expect(book.figures.daysUnreadable).toBe(1);
  expect(await book.carryOut(key(4), take())).toHaveLength(1);
});

test('what is told live is what was written, once and in order', async () => {
  const stored = await book.eventsAfter(key(1), 0, 1_000);
  expect(heard).toEqual(stored);
});

test('a day ends by itself, nobody is left over, and nothing follows in it', async () => {
  await book.carryOut(key(10), take());
  await clock.stepTo(END);
  const closed = async () => (await book.eventsAfter(key(10), 0, 1_000)).map(({ kind }) => kind);
  await expect.poll(closed).toEqual(['day-opened', 'visit-taken', 'doors-closed', 'visit-lapsed', 'day-closed']);
  const refused = await book.carryOut(key(10), take()).catch((error: ProblemError) => error.problem.code);
  expect(refused).toBe('day-closed');
  expect(await book.view(key(10), (day) => day.state)).toBe('closed');
});
