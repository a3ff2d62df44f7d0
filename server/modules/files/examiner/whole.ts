const WORD = 4;

/** Whether a picture ends before the place that its own head names: it was cut off on the way. Says nothing of JPEG and PNG, whose readers do. */
export function endsTooEarly(contentType: string, bytes: Uint8Array): boolean {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (picture.length < 3 * WORD) return true;
  if (contentType === 'image/webp') return picture.readUInt32LE(WORD) + 2 * WORD > picture.length;
  if (contentType === 'image/tiff') return directoryOf(picture) + 2 > picture.length;
  return /^image\/(hei[cf]|avif)/.test(contentType) && boxesEnd(picture) > picture.length;
}

/** Where a TIFF has its first directory; its readers find nothing without. */
function directoryOf(picture: Buffer): number {
  return picture.toString('latin1', 0, 2) === 'MM' ? picture.readUInt32BE(WORD) : picture.readUInt32LE(WORD);
}

/** Where the last box of a file of ISO 14496-12 ends, such as a HEIC picture or a film; more than there is when it was cut off. */
export function boxesEnd(file: Buffer): number {
  let at = 0;
  while (at + 2 * WORD <= file.length) {
    const short = file.readUInt32BE(at);
    // 0: to the end of the file; 1: a long size follows.
    if (short === 0) return file.length;
    const long = short === 1 && at + 4 * WORD <= file.length ? Number(file.readBigUInt64BE(at + 2 * WORD)) : short;
    if (long < 2 * WORD) return file.length + 1;
    at += long;
  }
  return at === file.length ? at : Math.max(at, file.length + 1);
}
