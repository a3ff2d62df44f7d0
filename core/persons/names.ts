import { DASHES, inOneAlphabet, shapeOf, tidyText } from './written.ts';

/** A name may be this long in the record of a person: names of several words, of peoples that have many, fit. */
export const NAME_MAX = 200;

const APOSTROPHES =
  /[\u0027\u0060\u00B4\u02B9\u02BB-\u02BD\u02BC\u02C8\u02CA\u02CB\u2018-\u201B\u2032\u2035\u055A\uA78C\uFF07\u0384\u1FBD\u1FEF]/gu;
/** What people write where there is no patronymic, or no second name. */
const NOTHING = /^(нет|отсутствует|без отчества|не имеет|н\/д|б\/о|none|no|n\/a|absent)$/i;

/** What is wrong with a name: none was given, or nothing in one of its parts is a letter. */
export type NameFault = 'no-name' | 'no-letters';

/**
 * A name as it is kept and shown: one form of what can be written in many. Composed letters, single spaces, one apostrophe, one hyphen
 * without spaces, each word in one alphabet. Capitals, ё and е stay as they were written.
 */
export function tidyName(text: string): string {
  const plain = tidyText(text).replaceAll(APOSTROPHES, "'").replaceAll(DASHES, '-').replaceAll(/-+/g, '-');
  const joined = plain.replaceAll(/\s*-\s*/g, '-').replaceAll(/\s*'\s*/g, "'");
  return inOneAlphabet(joined).trim();
}

/** A part of a name that may be absent: empty where a dash, dots or «нет» was typed for it. Digits and pictures stay: they are a slip. */
export function tidyOptionalName(text: string): string {
  const tidy = tidyName(text);
  return /[^\p{P}\s]/u.test(tidy) && !NOTHING.test(tidy) ? tidy : '';
}

/** True for a person's name: it has a letter, of any alphabet. «-», «...» and «123» are none. */
export function isName(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** All names of a person in the order in which they are read, without the missing parts. */
export function fullNameOf({ surname = '', name = '', patronymic = '' }: PersonNames): string {
  return [surname, name, patronymic].filter((part) => part !== '').join(' ');
}

export interface PersonNames {
  readonly surname?: string | undefined;
  readonly name?: string | undefined;
  readonly patronymic?: string | undefined;
}

/**
 * What a name is searched by. Alike: capitals and small letters, ё and е, composed and decomposed letters, letters of two alphabets that
 * look the same, a hyphen and a space, with an apostrophe and without, Latin letters with marks and without (José, Jose).
 */
export function nameKey(text: string): string {
  const capitals = shapeOf(folded(tidyName(text)).toUpperCase());
  return capitals.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}

/**
 * The key by which a person is found: the words of surname and name in one order, so that it does not matter which came first, or where a
 * single name was written.
 */
export function nameAndBirthKey({ surname = '', name = '' }: PersonNames, birth: string): string {
  const words = nameKey(`${surname} ${name}`).split(' ').toSorted();
  return `${words.join(' ')}|${birth}`;
}

const SINGLE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ё: 'е',
};

/**
 * Small letters without what writers leave out: the marks of Latin letters, stress, the dots of ё. The marks of й, ў and ї are parts of
 * these letters, and stay.
 */
function folded(text: string): string {
  const small = text.toLowerCase().replaceAll("'", '').normalize('NFD');
  const bare = small.replaceAll(
    /([\p{Script=Latin}\p{Script=Cyrillic}])(\p{M}+)/gu,
    (_all, letter: string, marks: string) => {
      const own = /[иу]/.test(letter) ? '\u0306' : letter === 'і' ? '\u0308' : '';
      return own !== '' && marks.includes(own) ? letter + own : letter;
    },
  );
  return [...bare.normalize('NFC')].map((letter) => SINGLE[letter] ?? letter).join('');
}
