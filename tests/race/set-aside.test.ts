import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ORDINARY, readConfiguration } from '../../core/queue/configuration.ts';
import { commandOf, DayBook, Sealer } from '../../server/modules/queue/index.ts';
import { type Clock, openClock } from '../../server/platform/clock.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { cloneDatabase, DAY, TEN, ZONE } from '../support/test-node.ts';

let database: Database;
let drop: () => Promise<void>;
let clock: Clock;
let book: DayBook;
const logged: string[] = [];
const log = (message: string) => void logged.push(message);
const sealers: Sealer[] = [];

/** Centre 1 cannot be closed, centre 2 cannot be sealed, and nothing is wrong with centre 3. */
const keyOf = (centreId: number) => ({ centreId, day: DAY });

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = await openDatabase({ url: clone.url });
  await database.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'on purpose'; end $$;
    create trigger refuse before insert on queue_event for each row when (new.centre_id = 1 and new.kind = 'day-closed') execute function refuse();
    create trigger refuse before insert on day_seal for each row when (new.centre_id = 2) execute function refuse();`);
  clock = await openClock(database, 'replay', () => TEN);
  const sealer = sealing();
  book = new DayBook({
    database,
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
    closed: (key) => void sealer.seal(key).catch(() => undefined),
    wakeAgainMs: 20,
    log,
  });
});

afterAll(async () => {
  await book.close();
  for (const sealer of sealers) await sealer.settled();
  await clock.stop();
  await database.close();
  await drop();
});

function sealing(): Sealer {
  const setting = { db: database, file: null, witness: null, now: () => clock.now(), againAfterMs: 20, log };
  const sealer = new Sealer(setting);
  sealers.push(sealer);
  return sealer;
}

const take = () =>
  commandOf('take', randomUUID(), {
    services: [{ serviceId: 'all', quantity: 1 }],
    persons: 1,
    classLetter: ORDINARY,
    language: 'ru',
    remote: false,
    slot: null,
  });
const told = (words: RegExp) => logged.filter((line) => words.test(line)).length;
const sealed = async () =>
  (await database.pool.query<{ centre: number }>('select centre_id as centre from day_seal order by 1')).rows.map(
    ({ centre }) => centre,
  );

test('a day whose closing or sealing throws each time is set aside and told of once, and the others go on', async () => {
  for (const centreId of [1, 2, 3]) await book.carryOut(keyOf(centreId), take());
  await clock.stepTo(TEN + 9e6 + 1);
  await expect.poll(sealed).toEqual([3]);
  await expect.poll(() => book.figures.daysSetAside).toBe(1);
  await expect.poll(() => sealers[0]?.setAside).toBe(1);
  const lines = logged.length;
  // A node looks ten times a second: what was tried for ever would say so again.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(logged).toHaveLength(lines);
  expect(told(/^day 1\/2026-02-19 is set aside: what is due in it/)).toBe(1);
  expect(told(/^day 2\/2026-02-19 is set aside without a seal/)).toBe(1);
});

test('once its cause is gone, a node that begins closes and seals it', async () => {
  await database.pool.query('drop trigger refuse on queue_event; drop trigger refuse on day_seal');
  await sealing().seal(keyOf(2));
  expect(await sealed()).toEqual([2, 3]);
});
