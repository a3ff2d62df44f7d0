import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDocument, PDFName, type PDFPage, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { LIMITS, type Examined, Unfit } from './orders.ts';
import { lookForActive } from './pdf-active.ts';
import { unpackStreams } from './pdf-streams.ts';

const END_LOOK_BYTES = 2_048;
/** The largest sheet of ISO 32000, in points. */
const SIDE_MAX = 14_400;
/** A quarter of an inch, in points: no sheet is as small. */
const SIDE_LEAST = 18;

/** Operators that paint or show something (ISO 32000-2, annex A). */
const PAINTS = /(?:^|[\s\])>])(?:Tj|TJ|'|"|Do|S|s|f|F|f\*|B|B\*|b|b\*|sh|EI)(?=$|[\s/[(<])/;

/**
 * Looks into a PDF as a reader does: it is whole, needs no password, has pages that can be drawn and are not all blank, and neither a program, another
 * file nor an address in it. It is kept byte by byte as it came: a signature may rest on it. Throws Unfit.
 */
export async function examinePdf(bytes: Uint8Array): Promise<Examined> {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!pdf.subarray(-END_LOOK_BYTES).includes('%%EOF')) throw new Unfit('cut-off');
  unpackStreams(pdf);
  const document = await opened(pdf);
  lookForActive(pdf, document.context);
  const pages = pagesOf(document);
  if (pages.length === 0) throw new Unfit('empty');
  if (pages.length > LIMITS.pages) throw new Unfit('too-heavy');
  let rest: number = LIMITS.unpackedBytes;
  let isBlank = true;
  for (const page of pages) {
    const drawn = drawnOn(page, rest);
    rest -= drawn.size;
    isBlank &&= drawn.isBlank;
  }
  if (isBlank) throw new Unfit('blank');
  return { kind: 'fit', contentType: 'application/pdf', bytes, pages: pages.length };
}

async function opened(pdf: Buffer): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, { updateMetadata: false, password: '', throwOnInvalidObject: false });
  } catch (error) {
    const { message } = error as Error;
    throw new Unfit(/password|encrypt/i.test(message) ? 'locked' : 'broken');
  }
}

function pagesOf(document: PDFDocument): PDFPage[] {
  try {
    return document.getPages();
  } catch {
    throw new Unfit('broken');
  }
}

interface Drawn {
  readonly size: number;
  readonly isBlank: boolean;
}

/** The size of what a page draws, unpacked, and whether it draws nothing. Throws Unfit for a page that cannot be drawn. */
function drawnOn(page: PDFPage, most: number): Drawn {
  const { width, height } = page.getMediaBox();
  const isSane = [width, height].every((side) => Number.isFinite(side) && side > 0 && side <= SIDE_MAX);
  if (!isSane) throw new Unfit('broken');
  if (Math.min(width, height) < SIDE_LEAST) throw new Unfit('too-small');
  const contents = page.node.Contents();
  const parts = contents instanceof PDFArray ? contents.asArray() : contents === undefined ? [] : [contents];
  let size = 0;
  // The fields of a form and the stamps of an office are notes on the page.
  let isBlank = (page.node.Annots()?.size() ?? 0) === 0;
  for (const part of parts) {
    const stream = part instanceof PDFRef ? page.doc.context.lookup(part) : part;
    if (stream === undefined) throw new Unfit('broken');
    if (!(stream instanceof PDFRawStream)) continue;
    const { bytes, isRead } = unpacked(stream, most - size);
    size += bytes.length;
    isBlank &&= isRead && !PAINTS.test(bytes.toString('latin1'));
  }
  return { size, isBlank };
}

/** What a stream holds; not read: it is packed in a way that nobody here unpacks. */
function unpacked(stream: PDFRawStream, most: number): { readonly bytes: Buffer; readonly isRead: boolean } {
  const filter = stream.dict.lookup(PDFName.of('Filter'));
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
  if (!(only instanceof PDFName) || only.decodeText() !== 'FlateDecode')
    return { bytes: Buffer.from(stream.contents), isRead: filter === undefined };
  try {
    return { bytes: inflateSync(stream.contents, { maxOutputLength: Math.max(most, 1) }), isRead: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new Unfit('too-heavy');
    // Some programs leave the last bytes of a stream away; every reader shows such a page.
    if (code === 'Z_BUF_ERROR') return { bytes: Buffer.alloc(0), isRead: false };
    throw new Unfit('broken');
  }
}
