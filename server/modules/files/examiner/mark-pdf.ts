import type { PDFDocument as Document, PDFFont } from '@cantoo/pdf-lib';
import * as fontkit from 'fontkit';
import { runsOf } from '../../lettering/index.ts';

type Fontkit = Parameters<Document['registerFontkit']>[0];

/** Points between two marks, across and down; the size of the letters; how strong they are. */
const STEP = { x: 260, y: 140 };
const SIZE = 14;
const OPACITY = 0.3;
const ANGLE = 24;

/**
 * A PDF with a mark all over each of its pages, each sign by a face that has it. Throws an Error for one that is locked with a password or
 * broken.
 */
export async function markPdf(bytes: Uint8Array, words: string): Promise<Uint8Array> {
  const { degrees, PDFDocument, rgb } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.load(bytes, { updateMetadata: false, password: '' });
  // Ours declares no more of it than we use.
  document.registerFontkit(fontkit as unknown as Fontkit);
  const fonts = new Map<string, PDFFont>();
  const pieces: { readonly text: string; readonly font: PDFFont }[] = [];
  for (const { face, text } of runsOf(words, 'regular')) {
    const font = fonts.get(face.name) ?? (await document.embedFont(face.bytes(), { subset: true }));
    fonts.set(face.name, font);
    pieces.push({ text, font });
  }
  const [along, up] = [Math.cos((ANGLE * Math.PI) / 180), Math.sin((ANGLE * Math.PI) / 180)];
  const manner = { size: SIZE, color: rgb(0.35, 0.35, 0.35), opacity: OPACITY, rotate: degrees(ANGLE) };
  for (const page of document.getPages()) {
    const { x: left, y: bottom, width, height } = page.getCropBox();
    for (let y = bottom + STEP.y / 3; y < bottom + height; y += STEP.y)
      for (let x = left; x < left + width; x += STEP.x) {
        let from = 0;
        for (const { text, font } of pieces) {
          page.drawText(text, { ...manner, font, x: x + from * along, y: y + from * up });
          from += font.widthOfTextAtSize(text, SIZE);
        }
      }
  }
  return document.save({ useObjectStreams: false });
}
