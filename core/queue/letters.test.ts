import { expect, test } from 'vitest';
import { isNumberSeries, latinNumber, NUMBER_LETTERS, numberSeries, spokenLetters } from './letters.ts';

test('23 letters that are neither alike nor hard to say, each with a name and a Latin twin of its own', () => {
  expect(NUMBER_LETTERS).toHaveLength(23);
  expect(NUMBER_LETTERS.map(({ letter }) => letter).join('')).not.toMatch(/[ЁЙЪЫЬЗОЧБЩ]/);
  expect(new Set(NUMBER_LETTERS.map(({ latin }) => latin)).size).toBe(23);
  for (const { spoken, latin } of NUMBER_LETTERS) {
    expect(spoken.ru).toMatch(/^[а-яё]{1,3}$/);
    expect(latin).toMatch(/^[A-Z]$/);
  }
});

test('a hall with more groups than letters goes on with pairs', () => {
  const series = numberSeries(600);
  expect(series).toHaveLength(23 + 23 * 23);
  expect(new Set(series).size).toBe(series.length);
  expect(series.slice(22, 25)).toEqual(['Я', 'АА', 'АВ']);
  expect(series.every(isNumberSeries)).toBe(true);
  expect(['Ё', 'ААА', '', 'A'].some(isNumberSeries)).toBe(false);
});

test('a number is said and written where there is no Cyrillic', () => {
  expect(spokenLetters('ВН142', 'ru')).toEqual(['вэ', 'эн']);
  expect(spokenLetters('В142', 'en')).toEqual(['V']);
  expect(latinNumber('ВН142')).toBe('VN142');
});
