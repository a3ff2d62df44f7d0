import { describe, expect, test } from 'vitest';
import { announcement, inWords } from './spoken.ts';

describe('what is said aloud', () => {
  test.each([
    ['В142', 7, 'ru', 'вэ сто сорок два, окно семь'],
    ['В142', 7, 'en', 'V one hundred forty-two, window seven'],
    ['А001', 21, 'ru', 'а один, окно двадцать один'],
    ['НА315', 112, 'ru', 'эн а триста пятнадцать, окно сто двенадцать'],
    ['Ш900', 40, 'en', 'W nine hundred, window forty'],
  ] as const)('%s at window %i in %s', (number, windowId, language, words) => {
    expect(announcement(number, windowId, language)).toBe(words);
  });

  test('every number has words of its own, and no gaps in them', () => {
    for (const language of ['ru', 'en'] as const) {
      const all = Array.from({ length: 1_000 }, (_, number) => inWords(number, language));
      expect(new Set(all).size).toBe(1_000);
      expect(all.filter((words) => /undefined|^\s|\s$|\s\s|^$|-$/.test(words))).toEqual([]);
    }
  });
});
