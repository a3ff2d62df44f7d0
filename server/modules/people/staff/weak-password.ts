import { dictionary } from '@zxcvbn-ts/language-common';

/** The passwords that are tried first, the most used first: so many of the list count. */
const TOP = 10_000;
/** A shorter one is part of too many good passwords. */
const PART_SIGNS_MIN = 4;
/** The number of different characters that must remain without the parts that are guessed first. */
const LEFT_MIN = 5;
const DIFFERENT_MIN = 6;
/** A passphrase of four usual words is a good one; of two it is not. */
const WORDS_TAKEN_MAX = 2;

const TOP_PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common'].slice(0, TOP));
const LONGEST = Math.max(...Array.from(TOP_PASSWORDS, ({ length }) => length));

/** Words that the list of English ones has not, and what people here take. */
const OURS = [
  'password',
  'qwerty',
  'administrator',
  'пароль',
  'йцукен',
  '12345',
  'abcdef',
  'okno',
  'окно',
  'мфц',
  'admin',
];

/** What a Russian word becomes when it is typed with the keyboard left in Latin. */
const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё';
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const typedInLatin = (word: string) => word.replaceAll(/[а-яё]/g, (sign) => LATIN[RUSSIAN.indexOf(sign)] ?? sign);

/**
 * True for what is guessed first: few different signs, a password of the list with little else, or the person's own words: login,
 * name, centre, city. `own` in any letters.
 */
export function isWeakPassword(password: string, own: readonly string[]): boolean {
  const small = password.normalize('NFC').toLowerCase();
  if (new Set(small).size < DIFFERENT_MIN) return true;
  const texts = own.map((text) => text.normalize('NFC').toLowerCase());
  const words = texts
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter(({ length }) => length >= PART_SIGNS_MIN);
  const known = [...words, ...OURS].flatMap((word) => [word, typedInLatin(word)]);
  const rest = known.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ' '), small);
  return [rest, withoutListed(rest), withoutListed(small), withoutLongest(small)].some(hasLittle);
}

/** A number of four digits is a year or as good as one; signs between are put where everybody puts them. */
function hasLittle(rest: string): boolean {
  const letters = new Set(rest.match(/\p{L}/gu));
  const digits = rest.match(/\p{N}/gu) ?? [];
  const numbers = digits.length <= 4 ? Math.min(new Set(digits).size, 2) : new Set(digits).size;
  const signs = /[^\p{L}\p{N} ]/u.test(rest) ? 1 : 0;
  return letters.size + numbers + signs < LEFT_MIN;
}

/** Without the passwords of the list that it is made of: all numbers, and the longest words, one or two of them. */
function withoutListed(text: string): string {
  const parts = partsOf(text);
  const listed = [...new Set(parts)].filter((part) => TOP_PASSWORDS.has(part));
  const numbers = listed.filter((part) => /^\d+$/.test(part));
  const words = listed.filter((part) => !numbers.includes(part)).toSorted((a, b) => b.length - a.length);
  const taken = new Set([...numbers, ...words.slice(0, WORDS_TAKEN_MAX)]);
  return parts.filter((part) => !taken.has(part)).join('');
}

/** Without the longest password of the list that it holds anywhere. */
function withoutLongest(text: string): string {
  for (let length = Math.min(LONGEST, text.length); length >= PART_SIGNS_MIN; length -= 1)
    for (let from = 0; from + length <= text.length; from += 1) {
      const part = text.slice(from, from + length);
      if (TOP_PASSWORDS.has(part)) return text.replaceAll(part, ' ');
    }
  return text;
}

/** The text cut into the fewest parts: passwords of the list, and single signs. */
function partsOf(text: string): string[] {
  const best: { readonly count: number; readonly part: string }[] = [{ count: 0, part: '' }];
  for (let end = 1; end <= text.length; end += 1) {
    let found = { count: (best[end - 1]?.count ?? 0) + 1, part: text.slice(end - 1, end) };
    for (let length = PART_SIGNS_MIN; length <= Math.min(LONGEST, end); length += 1) {
      const part = text.slice(end - length, end);
      const count = (best[end - length]?.count ?? 0) + 1;
      if (count < found.count && TOP_PASSWORDS.has(part)) found = { count, part };
    }
    best.push(found);
  }
  const parts: string[] = [];
  for (let end = text.length; end > 0;) {
    const { part = '' } = best[end] ?? {};
    parts.unshift(part);
    end -= Math.max(1, part.length);
  }
  return parts;
}
