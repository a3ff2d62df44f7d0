import CodepageEncoder from '@point-of-sale/codepage-encoder';
import type { Paper } from '../../contract/printing.ts';

const ESC = 0x1b;
const GS = 0x1d;
/** ESC t 17: code page 866, which every receipt printer sold for Cyrillic has. */
const CODE_PAGE = 17;
/** GS !: so many times the width and the height. */
const SIZES: Readonly<Record<Paper['lines'][number]['size'], number>> = {
  small: 0x00,
  plain: 0x01,
  large: 0x11,
  huge: 0x33,
};
const QR_DOTS = 6;

/** What a receipt printer is sent for a paper: ESC/POS as Epson describes it. */
export function escpos({ lines, qr }: Paper): Buffer {
  const parts: Buffer[] = [Buffer.from([ESC, 0x40, ESC, 0x74, CODE_PAGE])];
  for (const { text, size, centred } of lines) {
    parts.push(Buffer.from([ESC, 0x61, centred ? 1 : 0, GS, 0x21, SIZES[size]]), inCodePage(text), Buffer.from([0x0a]));
  }
  if (qr !== null) parts.push(Buffer.from([ESC, 0x61, 1]), qrCode(qr));
  // Feed past the knife, then cut, leaving a corner so that the ticket does not fall.
  parts.push(Buffer.from([0x0a, GS, 0x56, 66, 80]));
  return Buffer.concat(parts);
}

/** Text without signs that would command the printer. */
function inCodePage(text: string): Buffer {
  const printable = [...text].filter((sign) => sign >= ' ' && sign !== '\u007f').join('');
  return Buffer.from(CodepageEncoder.encode(printable, 'cp866'));
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
