/** One page of a file: a picture as browsers show it. */
export interface Page {
  readonly contentType: 'image/jpeg' | 'image/png';
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  /** Points an inch. */
  readonly density: number;
}

const POINTS_AN_INCH = 72;

/** Pictures as the pages of one PDF, each as large as it was scanned. */
export async function pdfOfPictures(pages: readonly Page[]): Promise<Buffer> {
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const { bytes, contentType, width, height, density } of pages) {
    const picture = contentType === 'image/png' ? await document.embedPng(bytes) : await document.embedJpg(bytes);
    const size = { width: (width / density) * POINTS_AN_INCH, height: (height / density) * POINTS_AN_INCH };
    document.addPage([size.width, size.height]).drawImage(picture, { x: 0, y: 0, ...size });
  }
  return Buffer.from(await document.save({ useObjectStreams: false }));
}
