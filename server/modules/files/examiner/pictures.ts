import sharp, { type Sharp } from 'sharp';
import { type Examined, LIMITS, Unfit } from './orders.ts';
import { heicPoints } from './heic.ts';
import { type Page, pdfOfPictures } from './pdf-of-pictures.ts';
import { endsTooEarly } from './whole.ts';

// Only what scans are made of is read; whatever a file calls itself, no other reader of the library sees it.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Heif'].map((kind) => `VipsForeignLoad${kind}`),
});
sharp.cache(false);
sharp.concurrency(1);

const JPEG_QUALITY = 90;
/** Points an inch where a picture does not say. */
const USUAL_DENSITY = 200;
const DENSITY = { least: 50, most: 1_200 } as const;
/** How closely a picture is looked at for anything on it, and how many shades of 256 an empty sheet has. */
const BLANK_LOOK_POINTS = 400;
const BLANK_SHADES = 14;
/** A copy that keeps every point is given up for a smaller one beyond this. */
const LOSSLESS_BYTES_MAX = 12 * 1_024 * 1_024;

/**
 * Redraws a picture: upright, in the colours of screens, without anything that a camera wrote into it (place, time, device, small
 * picture). A TIFF of several pages becomes a PDF. Throws Unfit.
 */
export async function examinePicture(contentType: string, bytes: Uint8Array): Promise<Examined> {
  if (endsTooEarly(contentType, bytes)) throw new Unfit('cut-off');
  const isHeic = /^image\/hei[cf]/.test(contentType);
  const pages = isHeic ? [await heicPage(bytes)] : await pagesOf(bytes);
  const [first] = pages;
  if (first === undefined) throw new Unfit('empty');
  if (pages.every(({ isBlank }) => isBlank)) throw new Unfit('blank');
  if (pages.length === 1) return { kind: 'fit', contentType: first.contentType, bytes: first.bytes, pages: 1 };
  return { kind: 'fit', contentType: 'application/pdf', bytes: await pdfOfPictures(pages), pages: pages.length };
}

interface LookedAt extends Page {
  readonly isBlank: boolean;
}

/** Whether a picture has one shade all over. It is made small first, so that the grain of a scanner is even. */
async function blank(picture: Sharp): Promise<boolean> {
  const small = picture.flatten({ background: '#ffffff' }).resize(BLANK_LOOK_POINTS, BLANK_LOOK_POINTS, {
    fit: 'inside',
    withoutEnlargement: true,
  });
  const { data } = await told(small.toColourspace('srgb').png().toBuffer({ resolveWithObject: true }));
  const { channels } = await told(sharp(data).stats());
  return channels.every(({ min, max }) => max - min <= BLANK_SHADES);
}

const reading = (bytes: Uint8Array, page: number) =>
  sharp(bytes, { page, pages: 1, limitInputPixels: LIMITS.points, failOn: 'error', sequentialRead: false });

async function pagesOf(bytes: Uint8Array): Promise<LookedAt[]> {
  const head = await told(sharp(bytes, { limitInputPixels: LIMITS.points, failOn: 'error' }).metadata());
  const count = head.format === 'tiff' ? (head.pages ?? 1) : 1;
  if (count > LIMITS.pages) throw new Unfit('too-heavy');
  const pages: LookedAt[] = [];
  let points = 0;
  for (let page = 0; page < count; page += 1) {
    const { width, height } = await told(reading(bytes, page).metadata());
    points += width * height;
    if (width * height > LIMITS.points || points > LIMITS.pointsTogether) throw new Unfit('too-heavy');
    if (Math.min(width, height) < LIMITS.sideLeast) throw new Unfit('too-small');
    pages.push({ ...(await drawn(reading(bytes, page))), isBlank: await blank(reading(bytes, page)) });
  }
  return pages;
}

async function drawn(picture: Sharp): Promise<Page> {
  const { format, density, hasAlpha, channels, depth } = await told(picture.metadata());
  const upright = picture.autoOrient();
  const isDrawing = format === 'png' || (format === 'tiff' && channels === 1 && depth === 'uchar');
  if (isDrawing) {
    const kept = await told(upright.clone().png({ compressionLevel: 6 }).toBuffer({ resolveWithObject: true }));
    if (kept.data.length <= LOSSLESS_BYTES_MAX) return pageOf('image/png', kept, density);
  }
  const flat = hasAlpha ? upright.flatten({ background: '#ffffff' }) : upright;
  const made = await told(flat.jpeg({ quality: JPEG_QUALITY }).toBuffer({ resolveWithObject: true }));
  return pageOf('image/jpeg', made, density);
}

async function heicPage(bytes: Uint8Array): Promise<LookedAt> {
  const { width, height, points } = await heicPoints(bytes);
  if (Math.min(width, height) < LIMITS.sideLeast) throw new Unfit('too-small');
  const raw = sharp(points, { raw: { width, height, channels: 4 }, limitInputPixels: LIMITS.points });
  const isBlank = await blank(raw.clone());
  const made = await told(
    raw.flatten({ background: '#ffffff' }).jpeg({ quality: JPEG_QUALITY }).toBuffer({ resolveWithObject: true }),
  );
  return { ...pageOf('image/jpeg', made, undefined), isBlank };
}

function pageOf(
  contentType: Page['contentType'],
  { data, info }: { readonly data: Buffer; readonly info: { readonly width: number; readonly height: number } },
  density: number | undefined,
): Page {
  const known = density !== undefined && density >= DENSITY.least && density <= DENSITY.most;
  return {
    contentType,
    bytes: data,
    width: info.width,
    height: info.height,
    density: known ? density : USUAL_DENSITY,
  };
}

/** What the library says of a picture, in our words. */
async function told<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const said = (error as Error).message;
    if (/pixel limit|too large|too many|dimensions/i.test(said)) throw new Unfit('too-heavy');
    // As the readers of JPEG, PNG, WebP and TIFF say it.
    if (/premature end|truncated|end of (file|stream)|not enough data|read error|unable to read|short/i.test(said))
      throw new Unfit('cut-off');
    throw new Unfit('broken');
  }
}
