import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';

export type Weight = 'regular' | 'bold';

/** A face of letters, opened when it is first needed. */
export interface Face {
  readonly name: string;
  bytes(): Buffer;
  font(): Font;
  /** Whether it has a sign of its own for each of these. */
  has(points: readonly number[]): boolean;
}

const require = createRequire(import.meta.url);
/** In the package the faces are next to the code; in the repository, in the packages they come from. */
const BESIDE = fileURLToPath(new URL('./faces/', import.meta.url));

const GOLOS = '@expo-google-fonts/golos-text';
const NOTO = '@expo-google-fonts/noto-sans';
const script = (name: string, part = name) =>
  `@fontsource/noto-sans-${name}/files/noto-sans-${name}-${part}-400-normal.woff`;

/**
 * The files of the faces, the first that has a sign draws it: the city's own face, then one with all of Latin, Cyrillic and Greek, then one
 * for each script. All are under the Open Font License.
 */
export const FACE_FILES: Readonly<Record<Weight, readonly string[]>> = {
  regular: [
    `${GOLOS}/400Regular/GolosText_400Regular.ttf`,
    `${NOTO}/400Regular/NotoSans_400Regular.ttf`,
    ...['armenian', 'georgian', 'hebrew', 'arabic', 'devanagari', 'bengali'].map((name) => script(name)),
    ...['tamil', 'sinhala', 'thai', 'khmer', 'ethiopic'].map((name) => script(name)),
    script('sc', 'chinese-simplified'),
    script('kr', 'korean'),
  ],
  bold: [`${GOLOS}/600SemiBold/GolosText_600SemiBold.ttf`, `${NOTO}/600SemiBold/NotoSans_600SemiBold.ttf`],
};

const opened: Readonly<Record<Weight, readonly Face[]>> = {
  regular: FACE_FILES.regular.map(faceOf),
  bold: FACE_FILES.bold.map(faceOf),
};

/** The faces in the order in which they are asked; what has no bold letters is drawn in its usual ones. */
export function facesOf(weight: Weight): readonly Face[] {
  return weight === 'bold' ? [...opened.bold, ...opened.regular] : opened.regular;
}

function faceOf(file: string): Face {
  let bytes: Buffer | null = null;
  let font: Font | null = null;
  const read = () => (bytes ??= readFileSync(placeOf(file)));
  const open = () => (font ??= create(read()));
  return {
    name: basename(file).replace(/\.\w+$/, ''),
    bytes: read,
    font: open,
    has: (points) => points.every((point) => open().hasGlyphForCodePoint(point)),
  };
}

function placeOf(file: string): string {
  const beside = join(BESIDE, basename(file));
  return existsSync(beside) ? beside : require.resolve(file);
}
