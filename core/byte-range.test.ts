import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRange } from './byte-range.ts';

test.each([
  [undefined, 'whole'],
  ['', 'whole'],
  ['lines=1-2', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,3-4', 'whole'],
  ['bytes=0-', [0, 99]],
  ['bytes=10-19', [10, 19]],
  ['bytes=90-1000', [90, 99]],
  ['bytes=-5', [95, 99]],
  ['bytes=-1000', [0, 99]],
  ['bytes=99-99', [99, 99]],
  ['bytes=5-1', 'unsatisfiable'],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=99999-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
] as const)('%s of a hundred bytes', (range, expected) => {
  expect(byteRange(range, 100)).toEqual(expected);
});

test('a range never leaves what there is', () => {
  const part = fc.oneof(fc.constant(''), fc.nat(200).map(String));
  fc.assert(
    fc.property(part, part, fc.nat(150), (first, last, size) => {
      const found = byteRange(`bytes=${first}-${last}`, size);
      if (typeof found === 'string') return true;
      const [from, to] = found;
      return from >= 0 && from <= to && to < size;
    }),
  );
});
