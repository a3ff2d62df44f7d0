/** What is written otherwise than it is heard, longest first. */
const HEARD: readonly (readonly [RegExp, string])[] = [
  [/[ъь]/g, ''],
  [/(?:[тд]с|тц|дц)/g, 'ц'],
  [/(?:[сзжш]ч)/g, 'щ'],
  [/(?<=[ст])[тд](?=н)/g, ''],
  [/стл/g, 'сл'],
  [/[оа]/g, 'а'],
  [/[еиыэя]/g, 'и'],
  [/б/g, 'п'],
  [/в/g, 'ф'],
  [/г/g, 'к'],
  [/д/g, 'т'],
  [/ж/g, 'ш'],
  [/з/g, 'с'],
  [/(.)\1+/g, '$1'],
];

/**
 * How a Russian word sounds, roughly: vowels without stress, voiced and voiceless consonants, doubled letters and soft signs are what people
 * who write by ear confuse. Words that sound alike have the same. Others are left as they are.
 */
export function soundOf(word: string): string {
  if (!/^[а-я]+$/.test(word)) return word;
  return HEARD.reduce((left, [written, heard]) => left.replaceAll(written, heard), word);
}
