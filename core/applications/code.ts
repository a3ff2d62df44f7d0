/** Letters and digits that are not taken for one another: what codes for people are made of. */
export const CODE_SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Letters of a Russian keyboard that look like those of a code. */
const ALIKE: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** A code as it was typed: lower case, spaces, dashes and a Russian keyboard do not matter. */
export function readCode(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll(/[А-Я]/g, (letter) => ALIKE[letter] ?? letter);
}

/** A code in groups of four, as it is read out. */
export function codeInGroups(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
