/** Points between two marks, across and down; the size of the letters; how strong they are. */
const STEP = { x: 260, y: 140 };
const SIZE = 14;
const OPACITY = 0.3;
const ANGLE = 24;

/** A PDF with a mark all over each of its pages. Throws an Error for one that is locked with a password or broken. */
export async function markPdf(bytes: Uint8Array, words: string): Promise<Uint8Array> {
  const { degrees, PDFDocument, rgb, StandardFonts } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.load(bytes, { updateMetadata: false, password: '' });
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const page of document.getPages()) {
    const { x: left, y: bottom, width, height } = page.getCropBox();
    for (let y = bottom + STEP.y / 3; y < bottom + height; y += STEP.y)
      for (let x = left; x < left + width; x += STEP.x)
        page.drawText(words, {
          x,
          y,
          size: SIZE,
          font,
          color: rgb(0.35, 0.35, 0.35),
          opacity: OPACITY,
          rotate: degrees(ANGLE),
        });
  }
  return document.save({ useObjectStreams: false });
}
