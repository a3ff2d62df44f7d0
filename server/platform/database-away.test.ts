import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { awayProblem } from './database-away.ts';

let drop: () => Promise<void>;
let name: string;
let line: Server;
const ends = new Set<Socket>();

/** A line to the database that this test can break. */
beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  name = new URL(clone.url).pathname.slice(1);
  line = createServer((near) => {
    const far = connect(join(inject('postgres').socket, '.s.PGSQL.5432'));
    ends.add(near);
    near.on('error', () => undefined).on('close', () => far.destroy());
    far.on('error', () => undefined).on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  line.close();
  await drop();
});

/** What a query fails with whose line is broken in the middle. */
async function failureOf(breakLine: (socket: Socket) => void): Promise<unknown> {
  const { port } = line.address() as { port: number };
  const client = new pg.Client({ host: '127.0.0.1', port, user: inject('postgres').user, database: name });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select 1');
  const failure = client.query('select pg_sleep(60)').then(
    () => null,
    (error: unknown) => error,
  );
  for (const socket of ends) breakLine(socket);
  ends.clear();
  return failure;
}

// A line that was reset while its answer was waited for was an error of the server, and nobody was told to try again.
test.each([
  ['reset', (socket: Socket) => void socket.resetAndDestroy()],
  ['closed', (socket: Socket) => void socket.destroy()],
])('what was asked over a line that is %s meanwhile may be sent again', async (_how, breakLine) => {
  const failure = await failureOf(breakLine);
  expect(failure).toBeInstanceOf(Error);
  expect(awayProblem(failure)?.code).toBe('outcome-unknown');
});

test('a file that cannot be read is no broken line', () => {
  expect(awayProblem(Object.assign(new Error('EISDIR'), { code: 'EISDIR', syscall: 'read' }))).toBeNull();
});
