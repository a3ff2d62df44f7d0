import { inflateSync } from 'node:zlib';
import { LIMITS, Unfit } from './orders.ts';

const HEAD_LOOK_BYTES = 4_096;

/**
 * Unpacks every packed stream of a PDF as it is in the file, with the limits of `LIMITS`, before any reader of PDF sees it: such
 * readers unpack without a limit, so that a file of some hundred kilobytes takes all the memory that there is. What a stream
 * says of itself is believed only where that makes the limit lower. Throws Unfit.
 */
export function unpackStreams(pdf: Buffer): void {
  let [rest, pictures] = [LIMITS.unpackedBytes as number, LIMITS.picturesBytes as number];
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    const start = bodyAt(pdf, at);
    if (start === null) continue;
    const head = headOf(pdf, at);
    const isPicture = /\/Subtype\s*\/Image\b/.test(head) && !/ObjStm|XRef/.test(head);
    if (/ObjStm|XRef/.test(head) && isOddlyPacked(head)) throw new Unfit('broken');
    const most = isPicture ? Math.min(LIMITS.pictureBytes, pictures) : rest;
    const size = unpackedSize(pdf, start, most);
    if (isPicture) pictures -= size;
    else rest -= size;
  }
}

/** Where the bytes of a stream begin; null where the word is no stream, such as in `endstream`. */
function bodyAt(pdf: Buffer, at: number): number | null {
  if (at >= 3 && pdf.toString('latin1', at - 3, at) === 'end') return null;
  const next = at + 6;
  if (pdf[next] === 0x0d) return next + (pdf[next + 1] === 0x0a ? 2 : 1);
  return pdf[next] === 0x0a ? next + 1 : null;
}

/** The text before a stream, from its object on, with its names written plainly. */
function headOf(pdf: Buffer, at: number): string {
  const text = pdf.toString('latin1', Math.max(0, at - HEAD_LOOK_BYTES), at);
  return text
    .slice(text.lastIndexOf(' obj') + 1)
    .replaceAll(/#([\da-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}

/** Objects are packed once or not at all by every program that writes PDF; anything else is made to get past a limit. */
function isOddlyPacked(head: string): boolean {
  const [, filter] = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(head) ?? [];
  return filter !== undefined && !/^(\[\s*)?\/(FlateDecode|Fl)(\s*\])?$/.test(filter.trim());
}

/** What each stream of packed objects holds, unpacked: also one that a later object replaces. Only after `unpackStreams`. */
export function* packedObjects(pdf: Buffer): Generator<Buffer> {
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    const start = bodyAt(pdf, at);
    if (start === null || !headOf(pdf, at).includes('ObjStm')) continue;
    const end = pdf.indexOf('endstream', start);
    yield inflated(pdf.subarray(start)) ?? pdf.subarray(start, end < 0 ? pdf.length : end);
  }
}

function inflated(bytes: Buffer): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: LIMITS.unpackedBytes });
  } catch {
    return null;
  }
}

function unpackedSize(pdf: Buffer, start: number, most: number): number {
  // The first two bytes of what zlib packs (RFC 1950).
  if (((pdf[start] ?? 0) & 0x0f) !== 8 || pdf.readUInt16BE(Math.min(start, pdf.length - 2)) % 31 !== 0) return 0;
  try {
    return inflateSync(pdf.subarray(start), { maxOutputLength: Math.max(most, 1) }).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Unfit('too-heavy');
    // Sealed streams look like anything; whether a page can be read is asked later.
    return 0;
  }
}
