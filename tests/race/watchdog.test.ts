import { randomUUID } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ProblemError } from '../../core/problems.ts';
import { ORDINARY, readConfiguration } from '../../core/queue/configuration.ts';
import { commandOf, DayBook, verifyDay } from '../../server/modules/queue/index.ts';
import { type Clock, openClock } from '../../server/platform/clock.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { cloneDatabase, DAY, TEN, ZONE } from '../support/test-node.ts';

/** The writer's way to the database leads over this door, which can be held: what was sent arrives, and no answer comes. */
class Door {
  held = false;
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();

  constructor(socketPath: string) {
    this.#server = createServer((near) => {
      const far = connect(socketPath);
      const pair: [Socket, Socket] = [near, far];
      this.#pairs.add(pair);
      near.on('data', (chunk) => far.write(chunk));
      far.on('data', (chunk) => {
        if (!this.held) near.write(chunk);
      });
      for (const one of pair) {
        one.on('error', () => undefined);
        one.on('close', () => pair.forEach((socket) => socket.destroy()));
      }
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    for (const [near] of this.#pairs) near.destroy();
  }
}

let database: Database;
let drop: () => Promise<void>;
let clock: Clock;
let book: DayBook;
let door: Door;
const logged: string[] = [];

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = await openDatabase({ url: clone.url });
  clock = await openClock(database, 'replay', () => TEN);
  const { socket, user } = inject('postgres');
  door = new Door(join(socket, '.s.PGSQL.5432'));
  const port = await door.open();
  book = new DayBook({
    database: {
      ...database,
      connection: { host: '127.0.0.1', port, user, database: new URL(clone.url).pathname.slice(1) },
    },
    clock,
    plan: async () => ({
      opening: {
        start: TEN - 1,
        end: TEN + 9e6,
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
    log: (message, error) => void logged.push(`${message} ${String(error)}`),
  });
});

afterAll(async () => {
  await book.close();
  door.close();
  await clock.stop();
  await database.close();
  await drop();
});

const take = () =>
  commandOf('take', randomUUID(), {
    services: [{ serviceId: 'all', quantity: 1 }],
    persons: 1,
    classLetter: ORDINARY,
    language: 'ru',
    remote: false,
    slot: null,
  });

test('a part that is under way too long is reported and its day let go; what it wrote is there once', async () => {
  const key = { centreId: 1, day: DAY };
  await book.carryOut(key, take());
  door.held = true;
  const command = take();
  const unknown = await book.carryOut(key, command).catch((error: ProblemError) => error.problem.code);
  expect(unknown).toBe('outcome-unknown');
  expect(await book.notWorking([key])).toEqual([key]);
  await expect.poll(() => book.figures.partsFreed).toBe(1);
  expect(logged.join('\n')).toMatch(/day 1\/2026-02-19 is read again .*under way for 5 seconds/);
  door.held = false;

  const again = () => book.carryOut(key, command).catch(() => null);
  await expect.poll(async () => (await again())?.[0]?.kind).toBe('visit-taken');
  expect(await book.notWorking([key])).toEqual([]);
  const events = await book.eventsAfter(key, 0, 1_000);
  expect(events.filter((event) => event.command?.id === command.id)).toHaveLength(1);
  expect((await database.read((tx) => verifyDay(tx, key, null))).faults).toEqual([]);
  expect(await book.carryOut(key, take())).toHaveLength(1);
});
