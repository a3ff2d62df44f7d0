/** How the bytes of a file become text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

/** A line of a file cannot be read as text. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

const SAVE_AS = 'save the file as “CSV UTF-8” and take it again';

/**
 * The text of a file in any encoding that spreadsheets write: UTF-8, UTF-16 (with or without a mark), Windows-1251; without the mark.
 * Throws UnreadableText for the first line that is in none of them: a sign that was lost is never taken for a name.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = readable(new TextDecoder(encoding).decode(bytes));
  if (encoding !== 'windows-1251') return text;
  const foreign = text.split(LINE_END).findIndex((line) => !isRussian(line));
  if (foreign < 0) return text;
  throw new UnreadableText(foreign + 1, `it is in an encoding that is not known here; ${SAVE_AS}`);
}

const LINE_END = /\r\n|\r|\n/;

/** A text in which no sign was lost before it came here. Throws UnreadableText. */
export function readable(text: string): string {
  const broken = text.split(LINE_END).findIndex((line) => /[\uFFFD\0]/.test(line));
  if (broken < 0) return text;
  throw new UnreadableText(broken + 1, `it has signs that cannot be read; ${SAVE_AS}`);
}

/** The encoding of a file, or of a good piece of its beginning. */
export function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const nulls = [0, 0];
  const head = bytes.subarray(0, 4_096);
  head.forEach((byte, index) => {
    if (byte === 0) nulls[index % 2] = (nulls[index % 2] as number) + 1;
  });
  const [even = 0, odd = 0] = nulls;
  if (odd > head.length / 50 && even === 0) return 'utf-16le';
  if (even > head.length / 50 && odd === 0) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1251';
}

/** Whether it is UTF-8, one broken sign or a cut end aside: such a file is UTF-8 that was damaged, and no other encoding. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  if (broken === 0) return true;
  let whole = 0;
  for (const sign of text) if (sign > '\u007F' && sign !== '\uFFFD') whole += 1;
  return whole > broken;
}

/** Whether the signs beyond Latin are those of Russian texts, in words as people write them: letters of other encodings give neither. */
function isRussian(line: string): boolean {
  const beyond = [...line].filter((sign) => sign > '\u007F');
  const known = beyond.filter((sign) => /[А-Яа-яЁёІіЇїЄєЎў«»„“”‘’–—№§°…·\u00A0\u00AD©®±€]/.test(sign));
  if (known.length < beyond.length) return false;
  const words = line.match(/[А-Яа-яЁё]{3,}/g) ?? [];
  const odd = words.filter((word) => /^[а-яё][А-ЯЁ]{2,}/.test(word) || /^[А-ЯЁ]?[а-яё]+[А-ЯЁ]/.test(word));
  return odd.length * 3 <= words.length;
}
