import { expect, test } from 'vitest';
import { longWaitInWords, SPAN_UNITS } from './span-in-words.ts';

test('a wait of an hour and a half and more is said with its hours, a shorter one in minutes', () => {
  const { ru, en } = SPAN_UNITS;
  expect(longWaitInWords(60, 89, ru)).toBeNull();
  expect(longWaitInWords(90, 90, ru)).toBe('1 ч 30 мин');
  expect(longWaitInWords(45, 120, ru)).toBe('45 мин – 2 ч');
  expect(longWaitInWords(0, 95, en)).toBe('0 min – 1 h 35 min');
  expect(longWaitInWords(60, 135, en)).toBe('1 h – 2 h 15 min');
});
