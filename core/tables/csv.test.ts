import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, csvOf } from './csv.ts';

/** Reads what was written, as RFC 4180 has it. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let index = 1; index < csv.length; index += 1) {
    const sign = csv[index] as string;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (csv[index + 1] === '"') cell += csv[(index += 1)];
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ';' || sign === '\r') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (sign === '\r' && index < csv.length - 2) rows.push([]);
      if (sign === '\r') index += 1;
    } else cell += sign;
  }
  return rows;
}

test('whatever the cells hold comes back, and no text is a formula', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('=1+1', '+7 495', '-1', '@x', '\t=1', 'a"b', 'a,b', 'a;b', 'a\r\nb'),
    fc.integer(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const back = read(csvOf(['a', 'b'], rows));
      expect(back[0]).toEqual(['a', 'b']);
      rows.flat().forEach((given: Cell, place) => {
        const found = back[1 + Math.floor(place / 2)]?.[place % 2] ?? '';
        if (typeof given === 'string') {
          expect(found).not.toMatch(/^[=+\-@\t\r]/);
          expect(found.replace(/^'/, '')).toBe(given.replace(/^'/, ''));
        } else expect(found).toBe(given === null ? '' : String(given));
      });
    }),
  );
});

test('Excel in Russian finds columns, and in English where it is asked for', () => {
  expect(csvOf(['а', 'б'], [['1;2', 3]])).toBe('\uFEFFа;б\r\n"1;2";3\r\n');
  expect(csvOf(['a', 'b'], [['1,2', 3]], ',')).toBe('\uFEFFa,b\r\n"1,2",3\r\n');
});
