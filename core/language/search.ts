/** The words of a text in one spelling: small letters, е for ё, nothing but letters and digits. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);
}

/** The part of a word that endings leave alone: «паспорта» and «паспорт» have the same. */
function stem(word: string): string {
  return word.slice(0, Math.max(Math.min(4, word.length), word.length - 2));
}

/**
 * What somebody may mean who asks in plain words, best first: everything in which each word of the question begins some
 * word, whatever its ending. Of equals, the order stays.
 */
export function search<One>(all: readonly One[], asked: string, textOf: (one: One) => string): One[] {
  const stems = wordsOf(asked).map(stem);
  if (stems.length === 0) return [];
  const found: { one: One; place: number }[] = [];
  for (const one of all) {
    const words = wordsOf(textOf(one));
    const places = stems.map((part) => words.findIndex((word) => word.startsWith(part)));
    if (places.every((place) => place >= 0)) found.push({ one, place: Math.min(...places) });
  }
  return found.toSorted((a, b) => a.place - b.place).map(({ one }) => one);
}
