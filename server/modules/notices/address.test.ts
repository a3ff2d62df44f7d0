import { expect, test } from 'vitest';
import { readAddress } from './address.ts';

test.each([
  ['Анна@пример.рф', 'анна@xn--e1afmkfd.xn--p1ai'],
  [' Anna.B+x@Example.ORG ', 'anna.b+x@example.org'],
  ['8 (916) 123-45-67', '+79161234567'],
  ['916 123 45 67', '+79161234567'],
  ['+998 71 123 45 67', '+998711234567'],
  ['anna@', null],
  ['anna@localhost', null],
  ['a..b@example.org', null],
  ['12345', null],
  ['<anna@example.org>', null],
])('%s is %s', (text, expected) => {
  const found = readAddress(text);
  expect(found?.email ?? found?.phone ?? null).toBe(expected);
});
