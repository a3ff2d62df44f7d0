import type { Weight } from './faces.ts';
import { runsOf, widthOf } from './runs.ts';

/** A picture of one colour: rows of dots, eight a byte, 1 is ink. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly rows: Buffer;
}

/** Of the size of the letters: how high a line is, and where they stand in it. */
const HEIGHT = 1.3;
const BASELINE = 1;
const DARK = 128;

/** A line drawn in dots, for printers that do not have its characters; `size` is the height of its letters in dots. */
export async function inkOf(line: string, weight: Weight, size: number): Promise<Ink> {
  // Only where it is needed: it is large.
  const { default: sharp } = await import('sharp');
  const width = Math.max(8, Math.ceil((widthOf(line, weight, size) + 2) / 8) * 8);
  const height = Math.ceil(size * HEIGHT);
  const paths: string[] = [];
  let x = 1;
  for (const { face, text } of runsOf(line, weight)) {
    const font = face.font();
    const scale = size / font.unitsPerEm;
    const { glyphs, positions } = font.layout(text);
    for (const [place, glyph] of glyphs.entries()) {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[place] ?? {};
      const at = `${x + xOffset * scale} ${size * BASELINE - yOffset * scale}`;
      paths.push(`<path transform="translate(${at}) scale(${scale} ${-scale})" d="${glyph.path.toSVG()}"/>`);
      x += xAdvance * scale;
    }
  }
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${paths.join('')}</svg>`;
  const { data } = await sharp(Buffer.from(drawing)).greyscale().raw().toBuffer({ resolveWithObject: true });
  const rows = Buffer.alloc((width / 8) * height);
  for (let dot = 0; dot < width * height; dot += 1)
    if ((data[dot] as number) < DARK) rows[dot >> 3] = (rows[dot >> 3] as number) | (0x80 >> (dot & 7));
  return { width, height, rows };
}
