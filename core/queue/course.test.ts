import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE } from '../time/instant.ts';
import { courseOf } from './course.ts';
import { attempts, DOORS_OPEN, KEY, play, rules } from './day.testing.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

const HALF_HOUR = 30 * MINUTE;

test('whatever happens, the half hours add up to the day', () => {
  fc.assert(
    fc.property(attempts, (tries) => {
      const { day, events } = play(tries);
      const { parts, arrivals, wait } = courseOf(KEY, events, rules, day.at);
      const sum = (value: (part: (typeof parts)[number]) => number) =>
        parts.reduce((all, part) => all + value(part), 0);
      expect(sum((part) => part.arrivals)).toBe(day.visits.size);
      expect(arrivals).toBe(day.visits.size);
      expect(sum(({ calls }) => calls)).toBe(events.filter(({ kind }) => kind === 'visit-called').length);
      expect(wait.n).toBe([...day.visits.values()].filter(({ steps }) => steps.length > 0).length);
      const waiting = [...day.lines.values()].reduce((all, line) => all + line.length, 0);
      expect(parts.at(-1)?.waiting ?? 0).toBe(waiting);
      for (const [index, part] of parts.entries()) {
        expect(part.from % HALF_HOUR).toBe(0);
        expect(part.waitingMax).toBeGreaterThanOrEqual(part.waiting);
        if (index > 0) expect(part.from - (parts[index - 1]?.from ?? 0)).toBe(HALF_HOUR);
      }
    }),
    { numRuns: 300 },
  );
});

test('a quiet half hour is there, with the state from before it', () => {
  const hall = new Scenario(QUIET);
  const rulesOf = (hash: string) => hall.configurations.get(hash) as never;
  hall.take('anna').open(1);
  hall.at(5);
  hall.ready(1);
  hall.at(6).start(1);
  hall.at(16).finish(1);
  hall.at(20).take('boris');
  hall.at(95).take('vera');
  const { parts, walk, service, served } = courseOf(KEY, hall.events, rulesOf, DOORS_OPEN + 95 * MINUTE);
  expect(parts.map(({ arrivals, waiting, windows }) => [arrivals, waiting, windows])).toEqual([
    [2, 1, 1],
    [0, 1, 1],
    [0, 1, 1],
    [1, 2, 1],
  ]);
  expect(parts[0]).toMatchObject({ calls: 1, waitMs: 5 * MINUTE, walkMs: MINUTE, serviceMs: 10 * MINUTE });
  expect(parts[1]).toMatchObject({ calls: 0, waitMs: null });
  expect([served, walk.p50, service.p99]).toEqual([1, MINUTE, 10 * MINUTE]);
});
