import { DASHES, shapeOf, tidyText } from './written.ts';

/**
 * Faults of a typed number: too few or too many digits, digits that do not belong together, or a number that is
 * written where there is none and belongs to nobody.
 */
export type NumberFault = 'length' | 'checksum' | 'placeholder';

/** Numbers with a rule of their own, each with its check. What is given may hold spaces, hyphens and signs that cannot be seen. */
export const NUMBER_CHECKS = {
  snils: snilsFault,
  inn: innFault,
  passport: passportFault,
  ogrn: ogrnFault,
  uin: uinFault,
} as const satisfies Readonly<Record<string, (text: string) => NumberFault | null>>;

export type CheckedNumber = keyof typeof NUMBER_CHECKS;

/** The digits of a number, without spaces, hyphens of any kind, points, signs that cannot be seen, and «№». */
export function digitsOf(text: string): string {
  return tidyText(text.replaceAll(DASHES, '').replaceAll('№', '').normalize('NFKC')).replaceAll(/[\s.]/g, '');
}

/**
 * What the number of a document is compared by: its letters and digits alone. Series are typed in either alphabet (ІІ-МЮ, II-MЮ, Ⅱ-МЮ):
 * letters that look the same are one.
 */
export function documentKey(number: string): string {
  const capitals = tidyText(number.replaceAll('№', '').normalize('NFKC')).toUpperCase().replaceAll('Ё', 'Е');
  return shapeOf(capitals).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** True for a number in which nothing but one digit is repeated. */
function isOneDigit(digits: readonly number[]): boolean {
  return digits.every((digit) => digit === digits[0]);
}

/**
 * Numbers of insured people below this have no check digits: they were given before those were introduced (rule of the Pension Fund:
 * numbers up to 001-001-998).
 */
const SNILS_UNCHECKED_MAX = 1_001_998;
/** Written in samples and where there is none. In a number of an insured person no digit occurs three times in a row. */
const SNILS_SAMPLES = new Set(['123456789', '987654321']);

/** The insurance number: the last two digits are the sum of the others times 9 … 1, modulo 101, where 100 is 00. */
export function snilsFault(text: string): NumberFault | null {
  const digits = read(text, [11]);
  if (digits === null) return 'length';
  const nine = digits.slice(0, 9);
  if (isOneDigit(nine) || SNILS_SAMPLES.has(nine.join(''))) return 'placeholder';
  if (Number(nine.join('')) <= SNILS_UNCHECKED_MAX) return null;
  const sum = weighted(digits.slice(0, 9), [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101;
  return (sum === 100 ? 0 : sum) === Number(digits.slice(9).join('')) ? null : 'checksum';
}

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_11 = [7, ...INN_10];
const INN_12 = [3, ...INN_11];

/** The taxpayer's number: ten digits of an organisation with one check digit, twelve of a person with two. */
export function innFault(text: string): NumberFault | null {
  const digits = read(text, [10, 12]);
  if (digits === null) return 'length';
  // The first two digits are a region, and there is none with 00.
  if (isOneDigit(digits) || (digits[0] === 0 && digits[1] === 0)) return 'placeholder';
  const weights = digits.length === 10 ? [INN_10] : [INN_11, INN_12];
  const isRight = weights.every((row) => (weighted(digits, row) % 11) % 10 === digits[row.length]);
  return isRight ? null : 'checksum';
}

/** Passports that nobody has. The third and the fourth digit are a year of printing: of 1997 or later, so 33 … 96 are none yet. */
const PASSPORT_SAMPLES = new Set(['1234567890', '0123456789', '1234123456', '1234567891', '9876543210']);

/**
 * The passport of a citizen: four digits of the series, six of the number. It has no check digit; there is no region 00, no number of
 * zeros, and no blank of one digit alone but those of a year that there was (1111, 2222, 9999).
 */
export function passportFault(text: string): NumberFault | null {
  const digits = read(text, [10]);
  if (digits === null) return 'length';
  const isNobody =
    PASSPORT_SAMPLES.has(digits.join('')) ||
    digits.slice(4).every((digit) => digit === 0) ||
    digits.slice(0, 2).every((digit) => digit === 0) ||
    (isOneDigit(digits) && ![1, 2, 9].includes(digits[0] as number));
  return isNobody ? 'placeholder' : null;
}

/** The state's number of an organisation (13 digits, modulo 11) or an entrepreneur (15 digits, modulo 13). */
export function ogrnFault(text: string): NumberFault | null {
  const digits = read(text, [13, 15]);
  if (digits === null) return 'length';
  if (isOneDigit(digits)) return 'placeholder';
  const number = BigInt(digits.slice(0, -1).join(''));
  return Number(number % (digits.length === 13 ? 11n : 13n)) % 10 === digits.at(-1) ? null : 'checksum';
}

/** The identifier of a charge: 20 or 25 digits, the last of which checks the others. */
export function uinFault(text: string): NumberFault | null {
  const digits = read(text, [20, 25]);
  if (digits === null) return 'length';
  if (isOneDigit(digits)) return 'placeholder';
  return uinCheckDigit(digits.slice(0, -1).join('')) === digits.at(-1) ? null : 'checksum';
}

/** The check digit of a charge: the digits times 1 … 10, modulo 11; where that is 10 the weights begin with 3; where it is 10 again, 0. */
export function uinCheckDigit(digits: string): number {
  const each = [...digits].map(Number);
  const sum = (first: number) =>
    each.reduce((total, digit, index) => total + digit * (((index + first - 1) % 10) + 1), 0) % 11;
  const once = sum(1);
  return once < 10 ? once : sum(3) % 10;
}

function read(text: string, lengths: readonly number[]): readonly number[] | null {
  const digits = digitsOf(text);
  return /^\d+$/.test(digits) && lengths.includes(digits.length) ? [...digits].map(Number) : null;
}

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);
}
