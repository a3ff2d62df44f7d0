import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanOf, percentileOf, shareOf } from './shares.ts';

test('the interval of Wilson', () => {
  // Wilson (1927), formula as in Agresti and Coull (1998); computed by hand for 97 of 100.
  const found = shareOf(97, 100);
  expect(found?.low).toBeCloseTo(0.91548, 4);
  expect(found?.high).toBeCloseTo(0.98974, 4);
  expect(shareOf(0, 0)).toBeNull();
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(1_000), (a, b) => {
      const [count, n] = [Math.min(a, b), Math.max(a, b)];
      const share = shareOf(count, n);
      expect(share === null).toBe(n === 0);
      if (share === null) return;
      expect(share.low).toBeGreaterThanOrEqual(0);
      expect(share.high).toBeLessThanOrEqual(1);
      expect(share.low - 1e-12).toBeLessThanOrEqual(share.share);
      expect(share.high + 1e-12).toBeGreaterThanOrEqual(share.share);
    }),
  );
});

test('percentiles are values that were there', () => {
  expect(percentileOf([], 0.5)).toBeNull();
  expect(meanOf([])).toBeNull();
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0.5, 0.9, 0.99, 1, 0].map((share) => percentileOf(hundred, share))).toEqual([50, 90, 99, 100, 1]);
});
