import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../core/rehearsal/random.ts';
import { nothingAcknowledged } from '../../bench/chaos/acknowledged.ts';
import { openAsking } from '../../bench/chaos/asking.ts';
import { type Board, openBoard } from '../../bench/chaos/boards.ts';
import { losses } from '../../bench/chaos/check.ts';
import { bookersOf, visitorsOf } from '../../bench/chaos/visitors.ts';
import { cityCentre, DAY } from '../../bench/city-network.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../support/test-node.ts';

/** `okno bench chaos` is only worth its minutes if its checks can fail: each of them is shown what it is there to find. */
const CENTRES = [1, 2];
const BOOKINGS = 10;

let drop: () => Promise<void>;
let node: TestNode;
let control: pg.Pool;
let board: Board;
const acknowledged = nothingAcknowledged();
const urls = () => [node.url];
let visitors: ReturnType<typeof visitorsOf>;

beforeAll(async () => {
  const clone = await cloneDatabase();
  ({ drop } = clone);
  node = await startTestNode(
    clone.url,
    CENTRES.map((centreId) => cityCentre(centreId, 1)),
  );
  control = new pg.Pool({ connectionString: clone.url, max: 4 });
  const asking = openAsking(urls);
  visitors = visitorsOf(asking, acknowledged, CENTRES);
  await visitors.sitDown();
  board = openBoard(urls, 1);
  for (let turn = 0; turn < 4; turn += 1) await visitors.come(turn);
  const bookers = bookersOf(asking, acknowledged, CENTRES, random(3));
  for (let turn = 0; turn < BOOKINGS; turn += 1) await bookers.book();
});
afterAll(async () => {
  board.close();
  await control.end();
  await node.close();
  await drop();
});

const found = () => losses({ control, urls }, acknowledged, CENTRES, [board]);

/** Does it, looks what the checks say, and takes it back. */
async function planted(damage: string, undo: string) {
  await control.query(damage);
  const said = await found();
  await control.query(undo);
  return said;
}

test('a city that nothing happened to has lost nothing', async () => {
  expect(acknowledged.tickets.size).toBe(4);
  expect(acknowledged.finished.size).toBe(4);
  expect(acknowledged.bookings.size).toBeGreaterThan(1);
  expect((await visitors.probe()).dead).toEqual([]);
  expect(await found()).toEqual({ lost: 0, doubled: 0, dayFaults: 0, boardsBehind: 0, said: [] });
});

test('a ticket that is gone from the log is lost, and its day does not verify', async () => {
  await control.query('create table kept as select * from queue_event where false');
  const said = await planted(
    `with gone as (delete from queue_event where centre_id = 1 and kind = 'visit-taken'
       and seq = (select min(seq) from queue_event where centre_id = 1 and kind = 'visit-taken') returning *)
     insert into kept select * from gone`,
    'insert into queue_event select * from kept',
  );
  expect(said).toMatchObject({ lost: 1, dayFaults: 1 });
});

test('a ticket and an end of service that are written twice are doubled', async () => {
  const said = await planted(
    `insert into queue_event
       select centre_id, day, seq + 100000, epoch, at, due_at, v, command_events, kind, command_id, command_hash, chain, body
       from queue_event where centre_id = 2 and kind in ('visit-taken', 'service-finished')`,
    'delete from queue_event where seq > 100000',
  );
  expect(said.doubled).toBeGreaterThan(2);
  expect(said.dayFaults).toBe(1);
});

test('a booking that its database forgot is lost, and one that nobody asked for is doubled', async () => {
  const [bookingId] = [...acknowledged.bookings].find(([, { state }]) => state === 'booked') ?? [''];
  const state = (now: string) => `update booking set state = '${now}' where booking_id = '${bookingId}'`;
  expect((await planted(state('missed'), state('booked'))).lost).toBe(1);
  acknowledged.asked.bookings -= 1;
  expect((await found()).doubled).toBe(1);
  acknowledged.asked.bookings += 1;
});

test('a board that shows an earlier hall is behind', async () => {
  const still = { ...board, shown: () => null };
  expect((await losses({ control, urls }, acknowledged, CENTRES, [board, still])).boardsBehind).toBe(1);
});

test('a hall whose log nobody can write to is dead; the others are not', async () => {
  const client = await control.connect();
  await client.query('begin');
  await client.query(
    `insert into queue_event
       select centre_id, day, seq + ahead, epoch, at, due_at, v, command_events, kind, command_id, command_hash, chain, body
       from queue_event cross join generate_series(1, 50) as ahead
       where centre_id = 2 and day = $1 and seq = (select max(seq) from queue_event where centre_id = 2 and day = $1)`,
    [DAY],
  );
  const { servedMs, dead } = await visitors.probe(3_000);
  await client.query('rollback');
  client.release();
  expect({ served: servedMs.length, dead }).toEqual({ served: 1, dead: [2] });
  expect((await visitors.probe()).dead).toEqual([]);
});
