const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** A Russian place name in Latin letters, as on street signs: `Хамовники` → `Khamovniki`. */
export function inLatin(name: string): string {
  return [...name]
    .map((letter) => sign(letter))
    .join('')
    .replaceAll(/(iy|yy)(?=\b|$)/g, 'y');
}

function sign(letter: string): string {
  const latin = LETTERS[letter.toLowerCase()];
  if (latin === undefined) return letter;
  return letter === letter.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
}
