import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { innFault, ogrnFault, passportFault, snilsFault, uinCheckDigit, uinFault } from './numbers.ts';

// Numbers that others have published: nothing here comes from our own rule.
describe('numbers with a check', () => {
  test.each([
    // The Pension Fund's order on reports, section 8, “how the check digits are formed”.
    ['СНИЛС', snilsFault, '112-233-445 95', null],
    ['СНИЛС', snilsFault, '112-233-445 96', 'checksum'],
    ['СНИЛС', snilsFault, '11223344595', null],
    ['СНИЛС', snilsFault, '112233445', 'length'],
    // The numbers with which the rule is commonly explained, of a person and of an organisation.
    ['ИНН', innFault, '7830002293', null],
    ['ИНН', innFault, '500100732259', null],
    ['ИНН', innFault, '500100732258', 'checksum'],
    ['ИНН', innFault, '500100732249', 'checksum'],
    // The state register of legal entities: Sberbank, Yandex, Gazprom, Rosneft.
    ['ИНН', innFault, '7707083893', null],
    ['ИНН', innFault, '7736207543', null],
    ['ИНН', innFault, '7736050003', null],
    ['ИНН', innFault, '7706107510', null],
    ['ИНН', innFault, '7707083894', 'checksum'],
    ['ОГРН', ogrnFault, '1027700132195', null],
    ['ОГРН', ogrnFault, '1027700229193', null],
    ['ОГРН', ogrnFault, '1027700070518', null],
    ['ОГРН', ogrnFault, '1027700043502', null],
    ['ОГРН', ogrnFault, '1037739010891', null],
    ['ОГРН', ogrnFault, '1027700132196', 'checksum'],
    // An entrepreneur in the state register.
    ['ОГРНИП', ogrnFault, '304500116000157', null],
    ['ОГРНИП', ogrnFault, '304500116000158', 'checksum'],
    ['паспорт', passportFault, '45 08 123456', null],
    ['паспорт', passportFault, '45 08 000000', 'placeholder'],
    ['паспорт', passportFault, '45 08 12345', 'length'],
    ['УИН', uinFault, '18810115012300000014', null],
    ['УИН', uinFault, '18810115012300000015', 'checksum'],
  ] as const)('%s %#', (_name, fault, text, expected) => expect(fault(text)).toBe(expected));

  test('one wrong digit of an insurance number is always found', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(digits, fc.nat(8), fc.integer({ min: 1, max: 9 }), (nine, place, by) => {
        // Small numbers have no check digits, and those of samples are refused for what they are.
        const isChecked = (each: readonly number[]) => Number(each.join('')) > 1_001_998 && new Set(each).size > 1;
        fc.pre(isChecked(nine));
        const sum = nine.reduce((total, digit, index) => total + digit * (9 - index), 0) % 101;
        const tail = String(sum === 100 ? 0 : sum).padStart(2, '0');
        expect(snilsFault(nine.join('') + tail)).toBeNull();
        const changed = nine.map((digit, index) => (index === place ? (digit + by) % 10 : digit));
        const other = changed.reduce((total, digit, index) => total + digit * (9 - index), 0) % 101;
        // 0 and 100 are written alike: the only pair that the rule cannot tell apart.
        if (sum % 100 !== other % 100 && isChecked(changed))
          expect(snilsFault(changed.join('') + tail)).toBe('checksum');
      }),
    );
  });

  // The rule of the all-Russian classifiers (ПР 50.1.024-2005, appendix B), which charges have too: published codes of enterprises.
  test.each([
    ['0004077', 8, 'Газпром'],
    ['0024276', 6, 'a code that another program tests with'],
    ['0013635', 2, 'Татнефть: ten with the first row of weights'],
    ['4007000', 0, 'ten with both rows'],
  ])('the check digit of %s is %i (%s)', (digits, digit) => expect(uinCheckDigit(digits)).toBe(digit));

  test('the check digit of a charge has two rows of weights, as the rule prints them', () => {
    expect(uinCheckDigit('1881011501230000001')).toBe(4);
    const first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const second = [3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1];
    const rest = (digits: readonly number[], row: readonly number[]) =>
      digits.reduce((sum, digit, place) => sum + digit * (row[place] as number), 0) % 11;
    const seen = { first: 0, second: 0, neither: 0 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 19, maxLength: 19 }), (digits) => {
        fc.pre(digits.some((digit) => digit > 0));
        const [one, two] = [rest(digits, first), rest(digits, second)];
        const digit = one < 10 ? one : two < 10 ? two : 0;
        seen[one < 10 ? 'first' : two < 10 ? 'second' : 'neither'] += 1;
        expect(uinFault(`${digits.join('')}${digit}`)).toBeNull();
        expect(uinFault(`${digits.join('')}${(digit + 1) % 10}`)).toBe('checksum');
      }),
      { numRuns: 3_000, seed: 17 },
    );
    expect(Math.min(seen.first, seen.second, seen.neither)).toBeGreaterThan(0);
  });
});
