import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProblemError } from '../../core/problems.ts';
import type { Command } from '../../core/queue/commands.ts';
import { ORDINARY, readConfiguration } from '../../core/queue/configuration.ts';
import { commandOf, DayBook, verifyDay } from '../../server/modules/queue/index.ts';
import { type Clock, openClock } from '../../server/platform/clock.ts';
import { type Database, openDatabase } from '../../server/platform/database.ts';
import { cloneDatabase, DAY, TEN, ZONE } from '../support/test-node.ts';

/** Days that one property plays with, side by side. */
const DAYS = 3;
const WINDOWS = [1, 2];

let database: Database;
let drop: () => Promise<void>;
let clock: Clock;
let book: DayBook;
let nextCentre = 1;
/** How often anything that is called back throws, from 0 to 1; and by which dice. */
let throwing = { chance: 0, dice: () => 1 };

class Thrown extends Error {}

function mayThrow(): void {
  if (throwing.dice() < throwing.chance) throw new Thrown('thrown on purpose');
}

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = await openDatabase({ url: clone.url });
  clock = await openClock(database, 'replay', () => TEN);
  book = new DayBook({
    database: {
      ...database,
      revive: async () => mayThrow(),
    },
    clock: {
      ...clock,
      now: () => {
        mayThrow();
        return clock.now();
      },
      get steady() {
        mayThrow();
        return clock.steady;
      },
    },
    plan: async () => {
      mayThrow();
      return {
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
          windows: WINDOWS.map((windowId) => ({ windowId, groupIds: ['all'] })),
        }),
      };
    },
    closed: mayThrow,
    windowsClosed: mayThrow,
    elsewhere: () => {
      mayThrow();
      return null;
    },
    serves: () => {
      mayThrow();
      return true;
    },
    log: mayThrow,
  });
});

afterAll(async () => {
  await book.close();
  await clock.stop();
  await database.close();
  await drop();
});

const key = (centreId: number) => ({ centreId, day: DAY });

const take = (): Command =>
  commandOf('take', randomUUID(), {
    services: [{ serviceId: 'all', quantity: 1 }],
    persons: 1,
    classLetter: ORDINARY,
    language: 'ru',
    remote: false,
    slot: null,
  });

/** What is asked of a day: a command, a look that may throw, or a listener that does. */
const asked = fc.record({
  day: fc.integer({ min: 0, max: DAYS - 1 }),
  what: fc.constantFrom('take', 'open', 'ready', 'close', 'look', 'listen'),
  windowId: fc.constantFrom(...WINDOWS),
});

/** A source of numbers from 0 to 1 that gives the same ones for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('whatever is called back throws, at whatever moment: every day goes on, nothing acknowledged is lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 30, maxLength: 80 }), fc.integer(), async (all, seed) => {
      const first = nextCentre;
      nextCentre += DAYS;
      throwing = { chance: 0.15, dice: diceOf(seed) };
      const acknowledged: string[] = [];
      const refused: string[] = [];
      const carryOut = (day: number, command: Command) =>
        book.carryOut(key(first + day), command).then(
          () => acknowledged.push(command.id),
          (error: unknown) => {
            const certain = !(error instanceof ProblemError) || error.problem.code !== 'outcome-unknown';
            if (certain) refused.push(command.id);
          },
        );
      const stops: (() => void)[] = [];
      await Promise.all(
        all.map(async ({ day, what, windowId }) => {
          const at = key(first + day);
          if (what === 'take') return carryOut(day, take());
          if (what === 'open') {
            const skills = [{ groupId: 'all', level: 3 as const }];
            return carryOut(
              day,
              commandOf('open-window', randomUUID(), { windowId, specialistId: `s${windowId}`, skills }),
            );
          }
          if (what === 'ready') return carryOut(day, commandOf('ready', randomUUID(), { windowId }));
          if (what === 'close') return carryOut(day, commandOf('close-window', randomUUID(), { windowId }));
          if (what === 'listen') return void stops.push(book.live.listen(at, mayThrow));
          const looked = book.view(at, ({ visits }) => {
            mayThrow();
            return visits.size;
          });
          return looked.then(
            (seen) => expect(seen).toBeGreaterThanOrEqual(0),
            (error: unknown) => expect([Thrown, ProblemError].some((kind) => error instanceof kind)).toBe(true),
          );
        }),
      );
      throwing = { chance: 0, dice: () => 1 };
      for (const stop of stops) stop();

      const keys = Array.from({ length: DAYS }, (_, day) => key(first + day));
      // A later request of another client is carried out: nothing of what was thrown is still in its way.
      const after = await Promise.all(keys.map((at) => book.carryOut(at, take())));
      for (const events of after) expect(events.some(({ kind }) => kind === 'visit-taken')).toBe(true);
      expect(await book.notWorking(keys)).toEqual([]);
      const { rows } = await database.pool.query<{ id: string }>(
        'select command_id::text as id from queue_event where centre_id = any($1) and command_id is not null',
        [keys.map(({ centreId }) => centreId)],
      );
      const written = rows.map(({ id }) => id);
      expect(new Set(written).size).toBe(written.length);
      for (const id of acknowledged) expect(written).toContain(id);
      for (const id of refused) expect(written).not.toContain(id);
      for (const at of keys) expect((await database.read((tx) => verifyDay(tx, at, null))).faults).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
