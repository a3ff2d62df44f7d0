import bidiFactory, { type Bidi } from 'bidi-js';
import { type Face, facesOf, type Weight } from './faces.ts';

/** A piece of a line that one face draws in one direction. */
export interface Run {
  readonly face: Face;
  readonly text: string;
}

// Its types say a module where Node finds the function itself.
const bidi = (bidiFactory as unknown as () => Bidi)();
const clusters = new Intl.Segmenter('ru', { granularity: 'grapheme' });
/** Joiners and marks of a form say how others are drawn, and are drawn by nobody. */
const SILENT = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
/** Stands for a sign that no face has: better than a box, and nobody takes it for a letter. */
const UNKNOWN = '?';
const STRONG_RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

interface Piece extends Run {
  readonly level: number;
}

/**
 * A line as it is drawn from left to right: each piece by the first face that has all of its characters, pieces of scripts that go from the
 * right in their order on paper (Unicode's bidirectional algorithm, UAX 9). Characters that are written in parts are put together first.
 */
export function runsOf(line: string, weight: Weight): Run[] {
  const text = line.normalize('NFC');
  const { levels } = bidi.getEmbeddingLevels(text);
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const faces = facesOf(weight);
  const pieces: Piece[] = [];
  for (const { segment, index } of clusters.segment(text)) {
    const drawn = visible(mirrored.get(index) ?? segment);
    if (drawn === '') continue;
    const level = levels[index] ?? 0;
    const last = pieces.at(-1);
    const points = pointsOf(drawn);
    // A space or a full stop within a word of another script stays with it.
    const goesOn = last !== undefined && last.level === level && last.face.has(points) && isNeutral(drawn);
    const face = goesOn ? last.face : faces.find((one) => one.has(points));
    const piece = face === undefined ? { face: faces[0] as Face, text: UNKNOWN } : { face, text: drawn };
    if (last !== undefined && last.level === level && last.face === piece.face)
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    else pieces.push({ ...piece, level });
  }
  return inVisualOrder(pieces).map(({ face, text: shown, level }) => {
    // What has no direction of its own would be laid out from the left.
    const directed = level % 2 === 1 && !STRONG_RTL.test(shown) ? reversed(shown) : shown;
    return isDrawable(face, directed) ? { face, text: directed } : { face: faces[0] as Face, text: UNKNOWN };
  });
}

/** Rule L2: from the highest level to the lowest odd one, what is at least as high is turned round. */
function inVisualOrder(pieces: readonly Piece[]): Piece[] {
  const order = [...pieces];
  const highest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1)
    for (let from = 0; from < order.length; from += 1) {
      let to = from;
      while (to < order.length && (order[to] as Piece).level >= level) to += 1;
      if (to - from > 1) order.splice(from, to - from, ...order.slice(from, to).toReversed());
      from = to;
    }
  return order;
}

/** Whether a face can be laid out with these letters: the reader of faces falls over some rare joins, and a receipt must not. */
function isDrawable(face: Face, text: string): boolean {
  try {
    return face
      .font()
      .layout(text)
      .glyphs.every(({ id }) => id !== 0);
  } catch {
    return false;
  }
}

function isNeutral(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

/** Without what is not drawn; joiners stay between letters that they shape. */
function visible(cluster: string): string {
  if (/\p{L}/u.test(cluster)) return cluster.replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '');
  return Array.from(cluster, (sign) => (SILENT.test(sign) ? '' : /\s/u.test(sign) ? ' ' : sign)).join('');
}

function pointsOf(text: string): number[] {
  return Array.from(text).flatMap((sign) => (SILENT.test(sign) ? [] : [sign.codePointAt(0) as number]));
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}

/** The width of a line, in the unit of `size`. */
export function widthOf(line: string, weight: Weight, size: number): number {
  let width = 0;
  for (const { face, text } of runsOf(line, weight)) {
    const font = face.font();
    width += (font.layout(text).advanceWidth * size) / font.unitsPerEm;
  }
  return width;
}
