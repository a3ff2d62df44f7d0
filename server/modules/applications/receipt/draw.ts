import bwip from 'bwip-js/node';
import Pdf from 'pdfkit';
import { linesOf, runsOf, type Weight, widthOf } from '../../lettering/index.ts';

/** A sheet as it is drawn: a heading, paragraphs, lines of a name and a value, tables, small print, places to sign. */
export interface Sheet {
  readonly title: string;
  readonly heading: readonly string[];
  /** What the square code says; null: none. */
  readonly code: string | null;
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[];
  readonly words: string;
  readonly signatures: readonly string[];
  /** Drawn across the sheet: who printed it, and when. */
  readonly mark: string;
}

const MARGIN = 48;
const NAME_WIDTH = 150;
const CODE_SIDE = 90;
const BODY = 10;
const SMALL = 8;
const A4_WIDTH = 595;
const WIDTH = A4_WIDTH - 2 * MARGIN;

const LINE_HEIGHT = 1.28;
/** Where the letters of a line stand, from its top. */
const BASELINE = 0.95;
const CELL_PADDING = 4;
const NAME_GAP = 10;

/** How a piece of text is drawn. */
interface Manner {
  readonly weight?: Weight;
  readonly size?: number;
  readonly colour?: string;
  readonly x?: number;
  readonly width?: number;
}

/** Draws a sheet as a PDF, each sign by a face that has it. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const code = sheet.code === null ? null : await bwip.toBuffer({ bcid: 'qrcode', text: sheet.code, scale: 4 });
  const document = new Pdf({ size: 'A4', margin: MARGIN, info: { Title: sheet.title }, lang: 'ru-RU' });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  if (code !== null) document.image(code, MARGIN + WIDTH - CODE_SIDE, MARGIN, { width: CODE_SIDE });
  const beside = WIDTH - CODE_SIDE - 12;
  for (const line of sheet.heading) write(document, line, { size: SMALL, colour: '#555555', width: beside });
  leave(document, 6);
  write(document, sheet.title, { weight: 'bold', size: 15, width: beside });
  document.y = Math.max(document.y + 12, MARGIN + (code === null ? 0 : CODE_SIDE + 12));
  for (const paragraph of sheet.paragraphs) {
    write(document, paragraph, {});
    leave(document, 7);
  }
  drawFacts(document, sheet.facts);
  for (const table of sheet.tables) drawTable(document, table);
  leave(document, 9);
  write(document, sheet.words, { size: SMALL, colour: '#333333' });
  leave(document, 22);
  for (const name of sheet.signatures) {
    write(document, `${name} ______________________________`, {});
    leave(document, 12);
  }
  write(document, sheet.mark, { size: SMALL, colour: '#777777' });
  document.end();
  return whole;
}

/** Writes a text below the existing ones, on the next sheet when this one is full. */
function write(document: PDFKit.PDFDocument, text: string, manner: Manner): void {
  const { weight = 'regular', size = BODY, colour = '#000000', x = MARGIN, width = WIDTH } = manner;
  for (const line of linesOf(text, width, (part) => widthOf(part, weight, size))) {
    if (document.y + size * LINE_HEIGHT > document.page.height - MARGIN) document.addPage();
    const top = document.y;
    drawLine(document, line, { weight, size, colour, x, y: top + size * BASELINE });
    document.y = top + size * LINE_HEIGHT;
  }
}

function drawLine(
  document: PDFKit.PDFDocument,
  line: string,
  { weight, size, colour, x, y }: { weight: Weight; size: number; colour: string; x: number; y: number },
): void {
  let at = x;
  for (const { face, text } of runsOf(line, weight)) {
    // With features named, even none, a run is laid out whole: word by word, Arabic would stand in the wrong order.
    const options = { lineBreak: false, baseline: 'alphabetic', features: [] } as const;
    document.registerFont(face.name, face.bytes()).font(face.name).fontSize(size).fillColor(colour);
    document.text(text, at, y, options as unknown as PDFKit.Mixins.TextOptions);
    const font = face.font();
    at += (font.layout(text).advanceWidth * size) / font.unitsPerEm;
  }
}

function leave(document: PDFKit.PDFDocument, space: number): void {
  document.y += space;
}

function drawFacts(document: PDFKit.PDFDocument, facts: Sheet['facts']): void {
  for (const [name, value] of facts) {
    const manners = [
      { text: name, colour: '#555555', x: MARGIN, width: NAME_WIDTH - NAME_GAP, weight: 'regular' },
      { text: value, colour: '#000000', x: MARGIN + NAME_WIDTH, width: WIDTH - NAME_WIDTH, weight: 'bold' },
    ] as const;
    drawBeside(document, manners);
    leave(document, 3);
  }
}

/** Texts side by side, all from the same height; on the next sheet when one of them has no context on this one. */
function drawBeside(
  document: PDFKit.PDFDocument,
  texts: readonly (Manner & { readonly text: string; readonly width: number; readonly weight: Weight })[],
): number {
  const height = Math.max(...texts.map((one) => heightOf(one.text, one.width, one.weight)));
  const context = document.page.height - 2 * MARGIN;
  if (document.y + height > document.page.height - MARGIN && height < context) document.addPage();
  const top = document.y;
  let [bottom, page] = [top, document.page];
  for (const { text, ...manner } of texts) {
    // What is longer than a sheet has gone on to another: the next begins there.
    document.y = document.page === page ? top : document.y;
    write(document, text, manner);
    bottom = document.page === page ? Math.max(bottom, document.y) : document.y;
    page = document.page;
  }
  document.y = bottom;
  return top;
}

function heightOf(text: string, width: number, weight: Weight): number {
  return linesOf(text, width, (part) => widthOf(part, weight, BODY)).length * BODY * LINE_HEIGHT;
}

function drawTable(document: PDFKit.PDFDocument, { title, rows }: Sheet['tables'][number]): void {
  if (rows.length === 0) return;
  leave(document, 7);
  write(document, title, { weight: 'bold' });
  leave(document, 2);
  for (const row of rows) {
    const wide = WIDTH / row.length;
    const cells = row.map((text, place) => ({
      text,
      weight: 'regular' as const,
      x: MARGIN + place * wide + CELL_PADDING,
      width: wide - 2 * CELL_PADDING,
    }));
    leave(document, CELL_PADDING);
    const top = drawBeside(document, cells) - CELL_PADDING;
    leave(document, CELL_PADDING);
    if (document.y > top)
      for (const place of row.keys())
        document
          .lineWidth(0.5)
          .rect(MARGIN + place * wide, top, wide, document.y - top)
          .stroke('#bbbbbb');
  }
}
