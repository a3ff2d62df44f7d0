/** The number of characters of a question that are read. */
export const ASKED_MAX = 100;

/** What is typed when the keyboard is set to the other alphabet: the same keys. */
const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбю';
const TO_RUSSIAN = new Map([...LATIN_KEYS].map((key, index) => [key, RUSSIAN_KEYS[index] as string]));
const TO_LATIN = new Map([...RUSSIAN_KEYS].map((key, index) => [key, LATIN_KEYS[index] as string]));

/** Russian words in Latin letters, longest first: what people write who have no other keyboard. */
const FROM_LATIN: readonly (readonly [string, string])[] = [
  ['shch', 'щ'],
  ['sch', 'щ'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['ch', 'ч'],
  ['sh', 'ш'],
  ['yo', 'е'],
  ['yu', 'ю'],
  ['ju', 'ю'],
  ['ya', 'я'],
  ['ja', 'я'],
  ['ye', 'е'],
  ['iy', 'ий'],
  ['yy', 'ый'],
  ...[...'abvgdeziklmnoprstufhcyjwx'].map(
    (letter, index) => [letter, [...'абвгдезиклмнопрстуфхцыйвкс'][index] as string] as const,
  ),
  ["'", 'ь'],
];

/** Other readings of a text that finds little as typed: on the other keyboard layout, or in Latin letters. */
export function otherReadings(asked: string): string[] {
  const small = asked.toLowerCase();
  const readings = /[a-z]/.test(small) ? [mapped(small, TO_RUSSIAN), inCyrillic(small)] : [mapped(small, TO_LATIN)];
  return readings.filter((one) => one !== small);
}

function mapped(text: string, keys: ReadonlyMap<string, string>): string {
  return [...text].map((key) => keys.get(key) ?? key).join('');
}

function inCyrillic(text: string): string {
  return FROM_LATIN.reduce((left, [latin, letter]) => left.replaceAll(latin, letter), text);
}

/** A set of the letters of a word, as bits: words that differ in more letters than may be wrong need not be compared. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

/** How many letters differ at least, by their sets. */
export function lettersApart(one: number, other: number): number {
  let bits = one ^ other;
  let count = 0;
  for (; bits !== 0; count++) bits &= bits - 1;
  return Math.ceil(count / 2);
}

/** The number of slips forgiven in a word of this length. */
export function slipsAllowed(length: number): number {
  return length < 4 ? 0 : length < 7 ? 1 : 2;
}

/**
 * How many slips are between two words: a letter too many, too few, another one, or two in the wrong order. More than `most` is
 * `most + 1`: nobody asks how many.
 */
export function slipsBetween(one: string, other: string, most: number): number {
  const far = most + 1;
  if (Math.abs(one.length - other.length) > most) return far;
  let [beforeLast, last, now] = ROWS;
  // Further from the diagonal than `most` there is nothing to know.
  for (let column = 0; column <= Math.min(other.length, far); column++) last[column] = column;
  for (let row = 1; row <= one.length; row++) {
    const from = Math.max(1, row - most);
    const to = Math.min(other.length, row + most);
    now[from - 1] = from === 1 ? row : far;
    now[to + 1] = far;
    let least = now[from - 1] as number;
    for (let column = from; column <= to; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let slips = Math.min(
        (last[column] as number) + 1,
        (now[column - 1] as number) + 1,
        (last[column - 1] as number) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        slips = Math.min(slips, (beforeLast[column - 2] as number) + 1);
      now[column] = slips;
      if (slips < least) least = slips;
    }
    if (least > most) return far;
    [beforeLast, last, now] = [last, now, beforeLast];
  }
  return Math.min(last[other.length] as number, far);
}

/** Written over by every comparison: words are compared by the hundred. */
const ROWS: readonly [number[], number[], number[]] = [[], [], []];
