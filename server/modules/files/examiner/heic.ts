import { LIMITS, Unfit } from './orders.ts';

/** The points of a HEIC picture as telephones take them, red, green, blue and cover, turned as its own word says. Throws Unfit. */
export async function heicPoints(bytes: Uint8Array): Promise<{ width: number; height: number; points: Buffer }> {
  // It is large, and few scans come in it.
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((one) => one.is_primary()) ?? images[0];
  if (image === undefined) throw new Unfit('broken');
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > LIMITS.points) throw new Unfit('too-heavy');
  if (width < 1 || height < 1) throw new Unfit('empty');
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  const decoded = await new Promise<{ readonly data: Uint8ClampedArray } | null>((resolve) =>
    image.display(target, resolve),
  );
  for (const one of images) one.free();
  // The reader tells no reason: a file that ends too early is by far the likeliest.
  if (decoded === null) throw new Unfit('cut-off');
  return { width, height, points: Buffer.from(decoded.data.buffer) };
}
