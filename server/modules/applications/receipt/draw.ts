import { createRequire } from 'node:module';
import bwip from 'bwip-js/node';
import Pdf from 'pdfkit';

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

const require = createRequire(import.meta.url);
const face = (weight: string) => require.resolve(`@expo-google-fonts/golos-text/${weight}/GolosText_${weight}.ttf`);
const FACES = { regular: face('400Regular'), bold: face('600SemiBold') } as const;

const MARGIN = 48;
const NAME_WIDTH = 150;
const CODE_SIDE = 90;
const BODY = 10;
const SMALL = 8;
const A4_WIDTH = 595;
const WIDTH = A4_WIDTH - 2 * MARGIN;

/** Draws a sheet as a PDF, with faces that have Cyrillic. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const code = sheet.code === null ? null : await bwip.toBuffer({ bcid: 'qrcode', text: sheet.code, scale: 4 });
  const document = new Pdf({ size: 'A4', margin: MARGIN, info: { Title: sheet.title }, lang: 'ru-RU' });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  document.registerFont('regular', FACES.regular).registerFont('bold', FACES.bold);
  if (code !== null) document.image(code, MARGIN + WIDTH - CODE_SIDE, MARGIN, { width: CODE_SIDE });
  document.font('regular').fontSize(SMALL).fillColor('#555555');
  for (const line of sheet.heading) document.text(line, { width: WIDTH - CODE_SIDE - 12 });
  document.moveDown(0.6).font('bold').fontSize(15).fillColor('#000000');
  document.text(sheet.title, { width: WIDTH - CODE_SIDE - 12 });
  document.y = Math.max(document.y + 12, MARGIN + (code === null ? 0 : CODE_SIDE + 12));
  document.font('regular').fontSize(BODY).fillColor('#000000');
  for (const paragraph of sheet.paragraphs)
    document.text(paragraph, MARGIN, document.y, { width: WIDTH }).moveDown(0.6);
  drawFacts(document, sheet.facts);
  for (const table of sheet.tables) drawTable(document, table);
  document
    .moveDown(0.8)
    .font('regular')
    .fontSize(SMALL)
    .fillColor('#333333')
    .text(sheet.words, MARGIN, document.y, { width: WIDTH });
  document.moveDown(2).fontSize(BODY).fillColor('#000000');
  for (const name of sheet.signatures)
    document.text(`${name} ______________________________`, MARGIN, document.y, { width: WIDTH }).moveDown(1);
  document.fontSize(SMALL).fillColor('#777777').text(sheet.mark, MARGIN, document.y, { width: WIDTH });
  document.end();
  return whole;
}

function drawFacts(document: PDFKit.PDFDocument, facts: Sheet['facts']): void {
  for (const [name, value] of facts) {
    const top = document.y;
    document
      .font('regular')
      .fontSize(BODY)
      .fillColor('#555555')
      .text(name, MARGIN, top, { width: NAME_WIDTH - 10 });
    const under = document.y;
    document
      .font('bold')
      .fillColor('#000000')
      .text(value, MARGIN + NAME_WIDTH, top, { width: WIDTH - NAME_WIDTH });
    document.y = Math.max(under, document.y) + 3;
  }
}

function drawTable(document: PDFKit.PDFDocument, { title, rows }: Sheet['tables'][number]): void {
  if (rows.length === 0) return;
  document
    .moveDown(0.6)
    .font('bold')
    .fontSize(BODY)
    .fillColor('#000000')
    .text(title, MARGIN, document.y, { width: WIDTH });
  document.moveDown(0.2);
  document.font('regular').fontSize(BODY);
  document.table({
    position: { x: MARGIN, y: document.y },
    maxWidth: WIDTH,
    defaultStyle: { border: 0.5, borderColor: '#bbbbbb', padding: 4 },
    data: rows.map((row) => [...row]),
  });
  document.x = MARGIN;
}
