import { dictionary } from '@zxcvbn-ts/language-common';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeakPassword } from './weak-password.ts';

const OWN = ['m.sokolova', 'Соколова Марина', 'Центр «Хамовники»', 'Москва'];
const top = dictionary['passwords-common'].slice(0, 10_000).filter(({ length }) => length >= 4);

test('a password of the ten thousand is refused, also with a year, capitals, or twice', () => {
  fc.assert(
    fc.property(fc.constantFrom(...top), fc.constantFrom('', '1', '2026', '!', '123', '1!'), (word, more) => {
      expect(isWeakPassword(word, [])).toBe(true);
      expect(isWeakPassword(`${word}${more}`, [])).toBe(true);
      expect(isWeakPassword(`${word.toUpperCase()}-${word}${more}`, [])).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  'qwertyuiop1234567890',
  'dragonmonkey12',
  'football2026!',
  'пароль123456',
  'gfhjkm123456',
  'йцукен12345',
  'окноокно2026',
  'okno-okno-okno-1',
  'aaaaaaaaaaaaaaaa',
  'm.sokolova2026',
  'Соколова2026!!',
  'cjrjkjdf2026!!',
  'марина-соколова',
  'Хамовники2026',
  'Москва-2026-2026',
  'москварекордов'.slice(0, 6).repeat(2),
])('%s is guessed first', (password) => {
  expect(isWeakPassword(password, OWN)).toBe(true);
});

test.each([
  'семь синих чашек на столе',
  'восемь белых лодок у моста',
  'correct horse battery staple',
  'Tr0ub4dor&3-and-more',
  'kV9#xq2Lw!7pZm',
  'жёлтый трамвай едет мимо',
])('%s is taken', (password) => {
  expect(isWeakPassword(password, OWN)).toBe(false);
});

test('what is weak for one is weak in any letters, and another person’s words do not matter', () => {
  expect(isWeakPassword('КУРИЦЫНА-1985', ['Курицына Ольга'])).toBe(true);
  expect(isWeakPassword('КУРИЦЫНА-1985', ['Орлова Вера'])).toBe(false);
});
