import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GROUP_MIN, shownCount, withoutSmallGroups } from './small-groups.ts';

const group = (key: string, size: number) => ({ key, size, counts: { late: size } });

test('groups under five go together, and take the next with them while they are under five', () => {
  const keys = (...sizes: number[]) =>
    withoutSmallGroups(sizes.map((size, index) => group(String(index), size))).map(({ key, size }) => [key, size]);
  expect(keys(9, 7, 4, 3)).toEqual([
    ['0', 9],
    ['1', 7],
    [null, 7],
  ]);
  expect(keys(9, 7, 4)).toEqual([
    ['0', 9],
    [null, 11],
  ]);
  expect(keys(2, 2)).toEqual([]);
  expect(keys(0, 6)).toEqual([['1', 6]]);
  expect([0, 1, 4, 5].map(shownCount)).toEqual([0, null, null, 5]);
});

test('no group that is shown is under five, whatever there was; nobody is lost unless nothing is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 20 }), (sizes) => {
      const found = withoutSmallGroups(sizes.map((size, index) => group(String(index), size)));
      for (const { size, counts } of found) {
        expect(size).toBeGreaterThanOrEqual(GROUP_MIN);
        expect(counts['late']).toBe(size);
      }
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const shown = found.reduce((sum, { size }) => sum + size, 0);
      expect(shown).toBe(total < GROUP_MIN ? 0 : total);
    }),
  );
});
