import { expect, test } from 'vitest';
import type { CivilDate } from '../time/civil.ts';
import { representativeFault } from './representative.ts';

const TODAY = '2026-02-19' as CivilDate;
const anna = {
  'person.surname': 'Щёголева',
  'person.name': 'Анна',
  'person.patronymic': 'Юрьевна',
  'person.birth': '1980-03-03',
};

test.each([
  ['the same record', anna],
  ['another record without ё', { ...anna, 'person.surname': 'ЩЕГОЛЕВА' }],
  [
    'another record with the names in the other order',
    { ...anna, 'person.surname': ' анна', 'person.name': 'Щёголева' },
  ],
  ['another record with a Latin letter', { ...anna, 'person.name': 'Aннa' }],
])('nobody is their own representative: %s', (_, other) => {
  expect(representativeFault(anna, other, TODAY)).toBe('own-representative');
});

test('one number is one person, whatever the names; two numbers are two persons', () => {
  const married = { 'person.surname': 'Орлова', 'person.name': 'Анна', 'person.snils': '08765430300' };
  expect(representativeFault({ ...anna, 'person.snils': '087-654-303 00' }, married, TODAY)).toBe('own-representative');
  expect(
    representativeFault(
      { ...anna, 'person.snils': '112-233-445 95' },
      { ...anna, ...married, 'person.surname': 'Щёголева' },
      TODAY,
    ),
  ).toBe(null);
});

test('namesakes of another day, and of another father, are other persons', () => {
  expect(representativeFault(anna, { ...anna, 'person.birth': '1981-03-03' }, TODAY)).toBe(null);
  expect(representativeFault(anna, { ...anna, 'person.patronymic': 'Петровна' }, TODAY)).toBe(null);
});

test('a child represents nobody until the day on which they are eighteen', () => {
  const child = (birth: string) => ({ 'person.surname': 'Орлов', 'person.name': 'Пётр', 'person.birth': birth });
  expect(representativeFault(anna, child('2008-02-20'), TODAY)).toBe('representative-under-age');
  expect(representativeFault(anna, child('2024-02-29'), TODAY)).toBe('representative-under-age');
  expect(representativeFault(anna, child('2008-02-19'), TODAY)).toBe(null);
  expect(representativeFault(anna, { 'person.surname': 'Орлов' }, TODAY)).toBe(null);
});
