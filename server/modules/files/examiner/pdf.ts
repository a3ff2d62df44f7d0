import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { LIMITS, type Examined, Unfit } from './orders.ts';
import { unpackStreams } from './pdf-streams.ts';

const END_LOOK_BYTES = 2_048;
/** The largest sheet of ISO 32000, in points. */
const SIDE_MAX = 14_400;
const DEPTH_MAX = 60;

/** Names of dictionary keys and of actions, notes and trees that do something, carry something or ask for a program (ISO 32000-2). */
const ACTIVE_KEYS = new Set(['JS', 'JavaScript', 'XFA', 'EmbeddedFiles', 'EF', 'RichMediaContent']);
const ACTIVE_KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  S: new Set(['JavaScript', 'Launch', 'ImportData', 'SubmitForm', 'GoToE', 'Rendition', 'Movie', 'RichMediaExecute']),
  Type: new Set(['EmbeddedFile']),
  Subtype: new Set(['FileAttachment', 'RichMedia', 'Movie', 'Screen', 'Sound', '3D']),
};

/**
 * Looks into a PDF as a reader does: it is whole, needs no password, has pages that can be drawn, and neither a program nor another file
 * in it. It is kept byte by byte as it came: a signature may rest on it. Throws Unfit.
 */
export async function examinePdf(bytes: Uint8Array): Promise<Examined> {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!pdf.subarray(-END_LOOK_BYTES).includes('%%EOF')) throw new Unfit('cut-off');
  unpackStreams(pdf);
  const document = await opened(pdf);
  for (const [, object] of document.context.enumerateIndirectObjects()) lookForActive(object, 0);
  const pages = pagesOf(document);
  if (pages.length === 0) throw new Unfit('empty');
  if (pages.length > LIMITS.pages) throw new Unfit('too-heavy');
  let rest: number = LIMITS.unpackedBytes;
  for (const page of pages) rest -= drawnSize(page, rest);
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

/** Every dictionary of the file is looked at, also one that no page names: readers find them by other ways. */
function lookForActive(object: PDFObject, depth: number): void {
  if (depth > DEPTH_MAX) throw new Unfit('broken');
  if (object instanceof PDFRawStream) return lookForActive(object.dict, depth + 1);
  if (object instanceof PDFArray) for (const one of object.asArray()) lookForActive(one, depth + 1);
  if (!(object instanceof PDFDict)) return;
  for (const [key, value] of object.entries()) {
    const name = key.decodeText();
    if (ACTIVE_KEYS.has(name)) throw new Unfit('active');
    if (value instanceof PDFName && ACTIVE_KINDS[name]?.has(value.decodeText()) === true) throw new Unfit('active');
    lookForActive(value, depth + 1);
  }
}

/** The size of what a page draws, unpacked. Throws Unfit for a page that cannot be drawn. */
function drawnSize(page: PDFPage, most: number): number {
  const { width, height } = page.getMediaBox();
  const isSane = [width, height].every((side) => Number.isFinite(side) && side > 0 && side <= SIDE_MAX);
  if (!isSane) throw new Unfit('broken');
  const contents = page.node.Contents();
  const parts = contents instanceof PDFArray ? contents.asArray() : contents === undefined ? [] : [contents];
  let size = 0;
  for (const part of parts) {
    const stream = part instanceof PDFRef ? page.doc.context.lookup(part) : part;
    if (stream === undefined) throw new Unfit('broken');
    if (stream instanceof PDFRawStream) size += unpacked(stream, most - size);
  }
  return size;
}

function unpacked(stream: PDFRawStream, most: number): number {
  const filter = stream.dict.lookup(PDFName.of('Filter'));
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
  if (!(only instanceof PDFName) || only.decodeText() !== 'FlateDecode') return stream.contents.length;
  try {
    return inflateSync(stream.contents, { maxOutputLength: Math.max(most, 1) }).length;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new Unfit('too-heavy');
    // Some programs leave the last bytes of a stream away; every reader shows such a page.
    if (code === 'Z_BUF_ERROR') return 0;
    throw new Unfit('broken');
  }
}
