/**
 * Text as people write it, in one form: composed letters (NFC), one space between words, none around, and nothing that cannot be seen:
 * marks of direction, zero-width signs, soft hyphens, controls.
 */
export function tidyText(text: string): string {
  return withoutUnseen(text).normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

/** The same with lines kept: for what is written in several. */
export function tidyLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(tidyText)
    .join('\n')
    .trim();
}

/** Every hyphen, minus and dash that a keyboard, a word processor or a web page makes. */
export const DASHES =
  /[\u00AD\u02D7\u058A\u05BE\u2010-\u2015\u2043\u207B\u208B\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D-]/gu;

/**
 * Signs that are there and cannot be seen. A soft hyphen is one; so are the marks that a messenger or a word processor puts around
 * a number. A line feed and a tab are spaces, not signs of this kind.
 */
function withoutUnseen(text: string): string {
  return text
    .replaceAll(/[\t\n\v\f\r]/g, ' ')
    .replaceAll(/[\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0]/gu, '');
}

/** Cyrillic letters and the Latin ones that look the same, capitals and small ones. */
const CYRILLIC = 'АВЕКМНОРСТХУІЈЅаеорсхуіјѕ';
const LATIN = 'ABEKMHOPCTXYIJSaeopcxyijs';
const LATIN_FOR = new Map([...CYRILLIC].map((letter, index) => [letter, LATIN[index] as string]));
const CYRILLIC_FOR = new Map([...LATIN].map((letter, index) => [letter, CYRILLIC[index] as string]));

/**
 * A text in which each word is of one alphabet where it can be: a Latin letter among Cyrillic ones that looks like a Cyrillic one was
 * meant as that, and the reverse. Which alphabet was meant is said by the letters that exist in one alone, else by most of the letters.
 */
export function inOneAlphabet(text: string): string {
  return text.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) => {
    const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
    const latin = word.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (cyrillic === 0 || latin === 0) return word;
    const canBeCyrillic = [...word].every((letter) => !/\p{Script=Latin}/u.test(letter) || CYRILLIC_FOR.has(letter));
    const canBeLatin = [...word].every((letter) => !/\p{Script=Cyrillic}/u.test(letter) || LATIN_FOR.has(letter));
    if (canBeCyrillic && (!canBeLatin || cyrillic >= latin)) return swapped(word, CYRILLIC_FOR);
    return canBeLatin ? swapped(word, LATIN_FOR) : word;
  });
}

/** Capital letters that look alike in one alphabet, the Latin one: what is left is the shape of a text. */
export function shapeOf(capitals: string): string {
  return swapped(capitals, LATIN_FOR);
}

function swapped(text: string, letters: ReadonlyMap<string, string>): string {
  return [...text].map((letter) => letters.get(letter) ?? letter).join('');
}
