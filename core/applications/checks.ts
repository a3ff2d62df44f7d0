/** What is wrong with a number that somebody typed: too few or too many digits, or digits that do not belong together. */
export type NumberFault = 'length' | 'checksum';

/** Numbers with a rule of their own, each with its check. What is given may hold spaces and hyphens. */
export const NUMBER_CHECKS = {
  snils: snilsFault,
  inn: innFault,
  passport: passportFault,
  ogrn: ogrnFault,
  uin: uinFault,
} as const satisfies Readonly<Record<string, (text: string) => NumberFault | null>>;

export type CheckedNumber = keyof typeof NUMBER_CHECKS;

/** The digits of a number, without spaces, hyphens and points. */
export function digitsOf(text: string): string {
  return text.replaceAll(/[\s.\-–—№]/g, '');
}

/** The insurance number: the last two digits are the sum of the others times 9 … 1, modulo 101, where 100 is 00. */
export function snilsFault(text: string): NumberFault | null {
  const digits = read(text, [11]);
  if (digits === null) return 'length';
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
  const weights = digits.length === 10 ? [INN_10] : [INN_11, INN_12];
  const isRight = weights.every((row) => (weighted(digits, row) % 11) % 10 === digits[row.length]);
  return isRight ? null : 'checksum';
}

/** The passport of a citizen: four digits of the series, six of the number. It has no check digit; a number of noughts there is not. */
export function passportFault(text: string): NumberFault | null {
  const digits = read(text, [10]);
  if (digits === null) return 'length';
  return digits.slice(4).every((digit) => digit === 0) || digits.slice(0, 2).every((digit) => digit === 0)
    ? 'checksum'
    : null;
}

/** The state's number of an organisation (13 digits, modulo 11) or an entrepreneur (15 digits, modulo 13). */
export function ogrnFault(text: string): NumberFault | null {
  const digits = read(text, [13, 15]);
  if (digits === null) return 'length';
  const number = BigInt(digits.slice(0, -1).join(''));
  return Number(number % (digits.length === 13 ? 11n : 13n)) % 10 === digits.at(-1) ? null : 'checksum';
}

/** The identifier of a charge: 20 or 25 digits, the last of which checks the others. */
export function uinFault(text: string): NumberFault | null {
  const digits = read(text, [20, 25]);
  if (digits === null) return 'length';
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
