import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences } from './difference.ts';

test('a passport that is the same differs in nothing; one that is not, in something', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(differences(one, one)).toEqual([]);
      expect(differences(one, other).length > 0).toBe(JSON.stringify(one) !== JSON.stringify(other));
    }),
  );
});

test('entries with a code are compared wherever they stand', () => {
  const before = {
    term: { count: 5 },
    variants: [
      { code: 'a', fee: 300 },
      { code: 'b', fee: 0 },
    ],
  };
  const after = {
    term: { count: 7 },
    variants: [
      { code: 'c', fee: 1 },
      { code: 'b', fee: 0 },
      { code: 'a', fee: 500 },
    ],
  };
  expect(differences(before, after)).toEqual([
    { path: 'term.count', before: 5, after: 7 },
    { path: 'variants.c', before: undefined, after: { code: 'c', fee: 1 } },
    { path: 'variants.a.fee', before: 300, after: 500 },
  ]);
  expect(differences(before, { ...before, variants: before.variants.toReversed() })).toMatchObject([
    { path: 'variants' },
  ]);
});
