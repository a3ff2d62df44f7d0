/** White space and delimiters of PDF (ISO 32000-2, 7.2.3), as character codes. */
const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((one) => one.charCodeAt(0)));
const [BACKSLASH, OPEN, CLOSE, SLASH, PERCENT, LESS, GREATER] = [...'\\()/%<>'].map((one) => one.charCodeAt(0));

const isEnd = (code: number) => WHITE.has(code) || DELIMITERS.has(code);

/**
 * The names of every object that is written plainly in a PDF, in their order, each without its slash and with its `#` escapes read. An object
 * that a later one replaces is read too: which of them a reader sees is the reader's choice. The words of strings and the bytes of streams are
 * no names.
 */
export function* namesOfObjects(pdf: Buffer): Generator<readonly string[]> {
  for (let at = pdf.indexOf(' obj'); at >= 0; at = pdf.indexOf(' obj', at + 4)) yield [...namesFrom(pdf, at + 4)];
  // White space before the word may also be a line end or a tab.
  for (const word of ['\nobj', '\robj', '\tobj'])
    for (let at = pdf.indexOf(word); at >= 0; at = pdf.indexOf(word, at + 4)) yield [...namesFrom(pdf, at + 4)];
}

/** The names from one place on, up to the end of the object or to its stream. */
export function* namesFrom(bytes: Buffer, from: number): Generator<string> {
  let at = from;
  while (at < bytes.length) {
    const code = bytes[at] ?? 0;
    if (code === PERCENT) at = endOfLine(bytes, at);
    else if (code === OPEN) at = endOfString(bytes, at);
    else if (code === LESS) at = bytes[at + 1] === LESS ? at + 2 : endOfHex(bytes, at);
    else if (isEnd(code) && code !== SLASH) at += 1;
    else {
      const end = endOfWord(bytes, at + 1);
      const word = bytes.toString('latin1', at, end);
      if (code === SLASH) yield plain(word.slice(1));
      else if (word === 'endobj' || word === 'stream') return;
      at = end;
    }
  }
}

function plain(name: string): string {
  return name.replaceAll(/#([\da-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}

function endOfWord(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && !isEnd(bytes[at] ?? 0)) at += 1;
  return at;
}

function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at += 1;
  return at;
}

function endOfHex(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(GREATER ?? 0, from);
  return end < 0 ? bytes.length : end + 1;
}

function endOfString(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === BACKSLASH) at += 1;
    else if (code === OPEN) depth += 1;
    else if (code === CLOSE && (depth -= 1) === 0) return at + 1;
  }
  return bytes.length;
}
