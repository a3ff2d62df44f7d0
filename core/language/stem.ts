import { stemmer } from '@orama/stemmers/russian';
import { inOneAlphabet, tidyText } from '../persons/written.ts';

/** The words of a text in one spelling: small letters, е for ё, each in one alphabet, nothing but letters and digits. */
export function wordsOf(text: string): string[] {
  return inOneAlphabet(tidyText(text).toLowerCase().replaceAll('ё', 'е'))
    .replaceAll(/[’']/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);
}

/** The part of a word that endings leave alone (Snowball): «паспорта», «паспортом» and «паспорт» have the same. */
export function stemOf(word: string): string {
  // Three letters are a word without endings, or an abbreviation: «инн» has none to lose.
  if (word.length <= 3) return word;
  if (/^[а-я]+$/.test(word)) return withoutFleetingVowel(stemmer(word) as string);
  return /^[a-z]{4,}$/.test(word) ? word.replace(/(?<=[a-z]{3})(?:ies|es|s|ing|ed|y)$/, '') : word;
}

/** «Ребёнок» and «ребёнка» are one word, and so are all in -ок and -ек. */
function withoutFleetingVowel(stem: string): string {
  return stem.length > 4 ? stem.replace(/(?<=[бвгджзклмнпрстфхцчшщ])[ое]к$/, 'к') : stem;
}
