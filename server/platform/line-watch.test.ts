import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { type Database, openDatabase } from './database.ts';
import { awayProblem } from './database-away.ts';
import { watchLines } from './line-watch.ts';
import { inTransaction } from './transaction.ts';

/** A network between node and database that can begin to drop packets: neither side is told. */
class Network {
  /** What is dropped: all lines, or those that are open now. */
  drops: 'nothing' | 'all' | 'old' = 'nothing';
  readonly #lines = new Set<{ near: Socket; far: Socket; isOld: boolean }>();
  readonly #server: Server;

  constructor(socketPath: string) {
    this.#server = createServer((near) => {
      const line = { near, far: connect(socketPath), isOld: false };
      this.#lines.add(line);
      const passes = () => this.drops === 'nothing' || (this.drops === 'old' && !line.isOld);
      near.on('data', (chunk) => passes() && line.far.write(chunk));
      line.far.on('data', (chunk) => passes() && near.write(chunk));
      for (const one of [near, line.far]) {
        one.on('error', () => undefined);
        one.on('close', () => [near, line.far].forEach((socket) => socket.destroy()));
      }
    });
  }

  drop(which: 'all' | 'old'): void {
    for (const line of this.#lines) line.isOld = true;
    this.drops = which;
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    for (const { near, far } of this.#lines) [near, far].forEach((socket) => socket.destroy());
  }
}

let network: Network;
let database: Database;
let drop: () => Promise<void>;
let stop: () => void;

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  const { socket, user } = inject('postgres');
  network = new Network(join(socket, '.s.PGSQL.5432'));
  const name = new URL(clone.url).pathname.slice(1);
  database = await openDatabase({ url: `postgres://${user}@127.0.0.1:${await network.open()}/${name}` });
  const { pool, connection } = database;
  stop = watchLines({ pool, connection, silentMs: 500 });
});

afterAll(async () => {
  stop();
  network.close();
  await database.close();
  await drop();
});

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => awayProblem(error)?.code ?? error,
  );

test('a query over a line that has fallen silent ends, and the next one has a new line', async () => {
  const { pool } = database;
  await pool.query('select 1');
  network.drop('old');
  expect(await outcomeOf(pool.query('select 1'))).toBe('outcome-unknown');
  expect(await outcomeOf(pool.query('select 1'))).toBe('answered');
});

test('so do transactions, and they give their turns and connections back', async () => {
  const { pool } = database;
  const write = () => outcomeOf(inTransaction(pool, (client) => client.query('select 1')));
  const all = () => Promise.all(Array.from({ length: 30 }, write));
  expect(new Set(await all())).toEqual(new Set(['answered']));
  network.drop('old');
  expect(new Set(await all())).toEqual(new Set(['outcome-unknown', 'answered']));
  expect(new Set(await all())).toEqual(new Set(['answered']));
  expect(pool.waitingCount).toBe(0);
});

test('a database that is not reached at all ends what waits for it', async () => {
  const { pool } = database;
  await pool.query('select 1');
  network.drop('all');
  expect(await outcomeOf(pool.query('select 1'))).toBe('outcome-unknown');
  network.drops = 'nothing';
  expect(await outcomeOf(pool.query('select 1'))).toBe('answered');
});

test('a query that only takes long is left alone', async () => {
  expect((await database.pool.query('select pg_sleep(3)')).rowCount).toBe(1);
});
