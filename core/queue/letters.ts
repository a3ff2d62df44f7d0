/** A letter of a number: how it is said, and how it is written where there is no Cyrillic. */
export interface NumberLetter {
  readonly letter: string;
  readonly spoken: { readonly ru: string; readonly en: string };
  readonly latin: string;
}

/** 23 letters that are neither alike nor hard to say: without Ё Й Ъ Ы Ь З О Ч Б Щ. No two have the same Latin twin. */
export const NUMBER_LETTERS: readonly NumberLetter[] = [
  { letter: 'А', spoken: { ru: 'а', en: 'A' }, latin: 'A' },
  { letter: 'В', spoken: { ru: 'вэ', en: 'V' }, latin: 'V' },
  { letter: 'Г', spoken: { ru: 'гэ', en: 'G' }, latin: 'G' },
  { letter: 'Д', spoken: { ru: 'дэ', en: 'D' }, latin: 'D' },
  { letter: 'Е', spoken: { ru: 'е', en: 'E' }, latin: 'E' },
  { letter: 'Ж', spoken: { ru: 'жэ', en: 'J' }, latin: 'J' },
  { letter: 'И', spoken: { ru: 'и', en: 'I' }, latin: 'I' },
  { letter: 'К', spoken: { ru: 'ка', en: 'K' }, latin: 'K' },
  { letter: 'Л', spoken: { ru: 'эль', en: 'L' }, latin: 'L' },
  { letter: 'М', spoken: { ru: 'эм', en: 'M' }, latin: 'M' },
  { letter: 'Н', spoken: { ru: 'эн', en: 'N' }, latin: 'N' },
  { letter: 'П', spoken: { ru: 'пэ', en: 'P' }, latin: 'P' },
  { letter: 'Р', spoken: { ru: 'эр', en: 'R' }, latin: 'R' },
  { letter: 'С', spoken: { ru: 'эс', en: 'S' }, latin: 'S' },
  { letter: 'Т', spoken: { ru: 'тэ', en: 'T' }, latin: 'T' },
  { letter: 'У', spoken: { ru: 'у', en: 'U' }, latin: 'U' },
  { letter: 'Ф', spoken: { ru: 'эф', en: 'F' }, latin: 'F' },
  { letter: 'Х', spoken: { ru: 'ха', en: 'H' }, latin: 'H' },
  { letter: 'Ц', spoken: { ru: 'цэ', en: 'C' }, latin: 'C' },
  { letter: 'Ш', spoken: { ru: 'ша', en: 'W' }, latin: 'W' },
  { letter: 'Э', spoken: { ru: 'э', en: 'X' }, latin: 'X' },
  { letter: 'Ю', spoken: { ru: 'ю', en: 'Q' }, latin: 'Q' },
  { letter: 'Я', spoken: { ru: 'я', en: 'Y' }, latin: 'Y' },
];

const byLetter = new Map(NUMBER_LETTERS.map((row) => [row.letter, row]));

/** True for one or two letters that may stand before a number. */
export function isNumberSeries(letters: string): boolean {
  return (letters.length === 1 || letters.length === 2) && [...letters].every((letter) => byLetter.has(letter));
}

/** The series after those in use: the first free letter, then the first free pair; null when all 552 are used. */
export function nextSeries(used: ReadonlySet<string>): string | null {
  const single = NUMBER_LETTERS.find(({ letter }) => !used.has(letter));
  if (single !== undefined) return single.letter;
  for (const first of NUMBER_LETTERS) {
    const second = NUMBER_LETTERS.find(({ letter }) => !used.has(first.letter + letter));
    if (second !== undefined) return first.letter + second.letter;
  }
  return null;
}

/** The first so many series: letters, then pairs. */
export function numberSeries(count: number): string[] {
  const used = new Set<string>();
  for (let next = nextSeries(used); next !== null && used.size < count; next = nextSeries(used)) used.add(next);
  return [...used];
}

/** A number where there is no Cyrillic: `В142` is `V142`. */
export function latinNumber(number: string): string {
  return [...number].map((sign) => byLetter.get(sign)?.latin ?? sign).join('');
}

/** The letters of a number as they are said: `В142` begins with «вэ». */
export function spokenLetters(number: string, language: 'ru' | 'en'): string[] {
  return [...number].flatMap((sign) => byLetter.get(sign)?.spoken[language] ?? []);
}
