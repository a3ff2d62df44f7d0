import CodepageEncoder from '@point-of-sale/codepage-encoder';
import type { Paper } from '../../contract/printing.ts';

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
/** ESC t 17: code page 866, which every receipt printer sold for Cyrillic has. */
const CODE_PAGE = 17;
const CODE_PAGE_NAME = 'cp866';
type Size = Paper['lines'][number]['size'];
/** GS !: so many times the width and the height. */
const SIZES: Readonly<Record<Size, number>> = { small: 0x00, plain: 0x01, large: 0x11, huge: 0x33 };
/** How high drawn letters are, in dots. */
const LETTER_DOTS: Readonly<Record<Size, number>> = { small: 22, plain: 30, large: 46, huge: 90 };
/** What the narrowest rolls (58 mm) take: a picture that is wider than the paper loses its end. */
const PAPER_DOTS = 384;
const QR_DOTS = 6;
const FIRST_SIGN = 0x20;
/** Spaces of all kinds are one to a printer. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
const UNPRINTED = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
/** What is printed for a sign that could be neither set nor drawn. */
const NEAREST: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('‐‑‒–—―−', (sign) => [sign, '-'])),
  ...Object.fromEntries(Array.from('«»“”„‟″', (sign) => [sign, '"'])),
  ...Object.fromEntries(Array.from('‘’‚‛ʻʼʹ′`', (sign) => [sign, "'"])),
  '…': '...',
  '→': '->',
  '←': '<-',
  '₽': 'р.',
  '•': '·',
};

/**
 * The bytes that a receipt printer is sent for a paper: ESC/POS as Epson describes it. A line of characters that the code page has is set by the printer
 * itself; any other is drawn and sent as a picture, so that no language has question marks on its tickets.
 */
export async function escpos({ lines, qr }: Paper): Promise<Buffer> {
  // FS .: many printers begin in Chinese and take two Cyrillic letters for one sign of it.
  const parts: Buffer[] = [Buffer.from([ESC, 0x40, FS, 0x2e, ESC, 0x74, CODE_PAGE])];
  for (const { text, size, centred } of lines) {
    parts.push(Buffer.from([ESC, 0x61, centred ? 1 : 0, GS, 0x21, SIZES[size]]));
    const printable = text.replaceAll(SPACES, ' ').replaceAll(UNPRINTED, '').normalize('NFC');
    const set = inCodePage(printable);
    if (set === null) parts.push(await drawn(printable, size));
    else parts.push(set, Buffer.from([0x0a]));
  }
  if (qr !== null) parts.push(Buffer.from([ESC, 0x61, 1]), qrCode(qr));
  // Feed past the knife, then cut, leaving a corner so that the ticket does not fall.
  parts.push(Buffer.from([0x0a, GS, 0x56, 66, 80]));
  return Buffer.concat(parts);
}

/** The text by the printer's own letters; null when it does not have all of them. */
function inCodePage(text: string): Buffer | null {
  const bytes = Buffer.from(CodepageEncoder.encode(text, CODE_PAGE_NAME));
  // The encoder gives a question mark for what the page has not, and for some signs a byte that is a command.
  const isWhole = Array.from(text).every(
    (sign, place) => (bytes[place] ?? 0) >= FIRST_SIGN && (sign === '?' || bytes[place] !== 0x3f),
  );
  return isWhole && bytes.length === Array.from(text).length ? bytes : null;
}

/** The text in dots, in as many lines as it needs; where it cannot be drawn, the nearest that the printer has. */
async function drawn(text: string, size: Size): Promise<Buffer> {
  try {
    // Most tickets need none of it, and it is large.
    const { inkOf, linesOf, widthOf } = await import('../../server/modules/lettering/index.ts');
    const weight = size === 'huge' || size === 'large' ? 'bold' : 'regular';
    const dots = LETTER_DOTS[size];
    const parts: Buffer[] = [];
    for (const line of linesOf(text, PAPER_DOTS - 8, (part) => widthOf(part, weight, dots))) {
      const { width, height, rows } = await inkOf(line, weight, dots);
      const bytes = width / 8;
      // GS v 0: rows of dots, eight a byte.
      const head = [GS, 0x76, 0x30, 0, bytes & 0xff, bytes >> 8, height & 0xff, height >> 8];
      parts.push(Buffer.from([...head]), rows);
    }
    return Buffer.concat(parts);
  } catch {
    const nearest = Array.from(text.normalize('NFKD').replaceAll(/\p{M}/gu, ''), (sign) => NEAREST[sign] ?? sign).join(
      '',
    );
    return Buffer.concat([Buffer.from(CodepageEncoder.encode(nearest, CODE_PAGE_NAME)), Buffer.from([0x0a])]);
  }
}

/** GS ( k: model 2, dots, correction M, the data, print. */
function qrCode(text: string): Buffer {
  const data = Buffer.from(text, 'utf8');
  const length = data.length + 3;
  const command = (...bytes: number[]) => Buffer.from([GS, 0x28, 0x6b, ...bytes]);
  return Buffer.concat([
    command(4, 0, 49, 65, 50, 0),
    command(3, 0, 49, 67, QR_DOTS),
    command(3, 0, 49, 69, 49),
    command(length & 0xff, length >> 8, 49, 80, 48),
    data,
    command(3, 0, 49, 81, 48),
  ]);
}
