import fc from 'fast-check';
import { expect, test } from 'vitest';
import { netOf, wideNetOf } from './net.ts';

test('addresses of one /64 are one place, whatever follows the prefix and however they are written', () => {
  const part = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 8, maxLength: 8 }),
      fc.array(part, { minLength: 4, maxLength: 4 }),
      (a, b) => {
        fc.pre(a[0] !== 0);
        const one = a.map((each) => each.toString(16)).join(':');
        const other = [...a.slice(0, 4), ...b]
          .map((each) => each.toString(16).padStart(4, '0').toUpperCase())
          .join(':');
        expect(netOf(other)).toBe(netOf(one));
        expect(wideNetOf(other)).toBe(wideNetOf(one));
        const next = [...a.slice(0, 3), (a[3] as number) ^ 1, ...a.slice(4)].map((each) => each.toString(16)).join(':');
        expect(netOf(next)).not.toBe(netOf(one));
        expect(wideNetOf(next)).toBe(wideNetOf(one));
      },
    ),
  );
});

test('an address of the fourth version is a place of its own, also in the clothes of the sixth', () => {
  expect(netOf('203.0.113.7')).toBe('203.0.113.7');
  expect(netOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(netOf('::ffff:cb00:7107')).toBe('203.0.113.7');
  expect(wideNetOf('203.0.113.7')).toBe('203.0.113.7');
});

test('zeros that are left out are zeros, and a zone says nothing', () => {
  expect(netOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(netOf('2001:db8:0:0:1::')).toBe('2001:db8:0:0::/64');
  expect(netOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(netOf('::1')).toBe('0:0:0:0::/64');
  expect(wideNetOf('2001:db8:1:2ff::1')).toBe('2001:db8:1:200::/56');
});

test('what is no address stays what it is', () => {
  for (const text of ['', 'unknown', '1:2:3', ':::', '1::2::3', 'g::1', '1:2:3:4:5:6:7:8:9'])
    expect(netOf(text)).toBe(text);
});
