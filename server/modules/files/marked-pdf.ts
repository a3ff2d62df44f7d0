import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

interface Order {
  readonly bytes: Uint8Array;
  readonly words: string;
}

const PATIENCE_MS = 15_000;
const MEMORY_MIB = 512;
/** Points between two marks, across and down; the size of the letters; how strong they are. */
const STEP = { x: 260, y: 140 };
const SIZE = 14;
const OPACITY = 0.3;
const ANGLE = 24;

/**
 * A PDF with a mark all over each of its pages. Null when that cannot be done: it is locked with a password, broken, or too much for a
 * thread of its own, in which it is drawn so that the halls of this node never wait for somebody's scan.
 */
export function markedPdf(bytes: Buffer, words: string): Promise<Buffer | null> {
  const order: Order = { bytes, words };
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { pdf: order },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  });
  return new Promise<Buffer | null>((resolve) => {
    const nothing = () => resolve(null);
    const timer = setTimeout(nothing, PATIENCE_MS);
    worker.once('message', (drawn: Uint8Array | null) => resolve(drawn === null ? null : Buffer.from(drawn)));
    worker.once('error', nothing).once('exit', () => {
      clearTimeout(timer);
      nothing();
    });
  }).finally(() => worker.terminate());
}

async function draw({ bytes, words }: Order): Promise<Uint8Array> {
  // Only the thread needs it, and it is large.
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

const order = isMainThread ? null : (workerData as { pdf?: Order }).pdf;
if (order !== null && order !== undefined)
  draw(order).then(
    (drawn) => parentPort?.postMessage(drawn),
    () => parentPort?.postMessage(null),
  );
