import { expect, test } from 'vitest';
import { allApart, eachApart, isolated, repeated } from './isolated.ts';
import { openOutbox } from './outbox.ts';
import { openWatch } from './ticker.ts';

const fail = () => {
  throw new Error('on purpose');
};

test('one thing that throws, now or later, keeps no other from its turn, and is told of', async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    if (item === 1) fail();
    await Promise.resolve();
    if (item === 2) fail();
    done.push(item);
  };
  for (const apart of [eachApart, allApart]) {
    done.length = 0;
    const thrown = (await apart([0, 1, 2, 3], 'could not be done', work).catch(
      (error: unknown) => error,
    )) as AggregateError;
    expect(done).toEqual([0, 3]);
    expect(thrown.message).toBe('2 of 4: could not be done');
    expect(thrown.errors).toHaveLength(2);
  }
});

test('a log that cannot be written is no fault of what is logged', async () => {
  expect(isolated(fail, 'failed', fail)).toBeUndefined();
  expect(await isolated(fail, 'failed', async () => fail())).toBeUndefined();
  expect(isolated(fail, 'failed', () => 7)).toBe(7);
});

test('timers, looks and outboxes go on after a turn that throws', async () => {
  const turns = { timer: 0, look: 0, neighbour: 0, outbox: 0 };
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const stopTimer = repeated(5, log, 'a turn failed', () => {
    turns.timer += 1;
    fail();
  });
  const watch = openWatch(log);
  watch.everySecond(() => {
    turns.look += 1;
    fail();
  });
  // The twentieth after it has the same twentieth of the second.
  for (let other = 0; other < 20; other += 1) watch.everySecond(async () => void (turns.neighbour += 1));
  const outbox = openOutbox(
    () => {
      turns.outbox += 1;
      return fail();
    },
    () => void logged.push('outbox'),
  );
  await expect.poll(() => Math.min(...Object.values(turns))).toBeGreaterThan(1);
  stopTimer();
  watch.stop();
  await outbox.stop();
  expect(new Set(logged)).toEqual(new Set(['a turn failed', 'a look failed', 'outbox']));
});
