import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bucket, spend } from './allowance.ts';
import { ANYBODY, mayDo, ROLES, type Role } from './roles.ts';

test('a device gets its burst and its pace, however it asks, and never more', () => {
  const allowance = { burst: 20, perSecond: 10 };
  fc.assert(
    fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 500 }), (gaps) => {
      let bucket: Bucket | null = null;
      let now = 0;
      let served = 0;
      for (const gap of gaps) {
        now += gap;
        const next = spend(allowance, bucket, now);
        if (next === null) continue;
        served += 1;
        bucket = next;
      }
      expect(served).toBeLessThanOrEqual(Math.floor(allowance.burst + (now * allowance.perSecond) / 1_000) + 1);
      expect(served).toBeGreaterThanOrEqual(Math.min(gaps.length, allowance.burst));
    }),
  );
});

test('a million requests in a second are a burst and ten', () => {
  let bucket: Bucket | null = null;
  let served = 0;
  for (let request = 0; request < 1_000_000; request += 1) {
    const next: Bucket | null = spend({ burst: 100, perSecond: 10 }, bucket, request / 1_000);
    if (next !== null) [bucket, served] = [next, served + 1];
  }
  expect(served).toBe(109);
});

test('nobody runs a hall who only serves, and everybody may look', () => {
  expect(mayDo('specialist', 'run-hall')).toBe(false);
  expect(mayDo('specialist', 'serve')).toBe(true);
  for (const role of Object.keys(ROLES) as Role[]) expect(mayDo(role, ANYBODY[0] as 'look')).toBe(true);
});
