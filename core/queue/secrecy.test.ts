import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attempts, play } from './day.testing.ts';

/**
 * What may have to be forgotten cannot enter an event, because no command has a place for it: every text in every event
 * is one of the day's own keys, letters, codes and ids. A free text would be found here.
 */
const ALLOWED = [
  /^command-\d+$/, // ids of commands and visits (UUIDs outside of tests)
  /^[A-ZА-Я]{1,2}\d{3}$/, // numbers
  /^[a-z][a-z0-9-]{0,40}$/, // keys of groups and services, codes, opaque keys of specialists
  /^[A-Z]$/, // letters of classes
  /^\d{4}-\d{2}-\d{2}$/, // dates
  /^Europe\/Moscow$/,
];

test('no event of any sequence holds a text that is not a key, a code, a number or an id', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(attempts, (tries) => {
      const { events } = play(tries);
      for (const { body } of events) for (const text of textsIn(body)) met.add(text);
    }),
    { numRuns: 500 },
  );
  expect([...met].filter((text) => !ALLOWED.some((pattern) => pattern.test(text)))).toEqual([]);
  expect(met.size).toBeGreaterThan(50);
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
