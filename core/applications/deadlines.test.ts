import { expect, test } from 'vitest';
import { isByHand, isInForce } from './evidence.ts';
import { signatureState } from './signers.ts';
import { storageOf } from './storage.ts';

test('a result that waits for a week or a day is not spoken of on the day it is ready', () => {
  expect(storageOf('2026-04-10', 7)).toEqual({ lastDay: '2026-04-17', reminders: ['2026-04-16'] });
  expect(storageOf('2026-04-10', 1)).toEqual({ lastDay: '2026-04-11', reminders: [] });
});

test('a document is good from its day of issue to its last day, both included', () => {
  const days = ['2026-02-09', '2026-02-10', '2026-02-20', '2026-02-21'] as const;
  expect(days.map((day) => isInForce('2026-02-10', 10, day))).toEqual([false, true, true, false]);
});

test('a clerk sees a document; what an agency or a result brought is recorded by the program', () => {
  const all = [
    'original-shown',
    'original-kept',
    'copy',
    'scan',
    'from-agency',
    'from-result',
    'lawful-reason',
  ] as const;
  expect(all.filter((seen) => !isByHand(seen))).toEqual(['from-agency', 'from-result']);
});

test('an invitation to sign is void at the moment it ends; a signature outlives it, unless the application changed', () => {
  const at = (now: number, signedAt: number | null = null, isSame = true) =>
    signatureState({ signedAt, goodUntil: 100, isSame }, now);
  expect([at(99), at(100), at(101)]).toEqual(['invited', 'missing', 'missing']);
  expect([at(500, 99), at(500, 99, false)]).toEqual(['signed', 'changed']);
  expect([signatureState(null, 1), signatureState({ signedAt: null, goodUntil: null, isSame: true }, 1)]).toEqual([
    'missing',
    'missing',
  ]);
});
