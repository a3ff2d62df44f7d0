/** Where a line may end: after spaces, and around each sign of scripts that leave none between words. */
const ALONE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}`;
const WORDS = new RegExp(String.raw`\s+|[${ALONE}]\p{M}*|[^\s${ALONE}]+`, 'gu');
const letters = new Intl.Segmenter('ru', { granularity: 'grapheme' });

/**
 * A text in lines of at most such a width; a word that is wider alone is cut between letters. Each word is measured once, by itself: a
 * line of them is as wide as they are together.
 */
export function linesOf(text: string, widthMax: number, widthOf: (part: string) => number): string[] {
  const known = new Map<string, number>();
  const measured = (part: string) => {
    const width = known.get(part) ?? widthOf(part);
    known.set(part, width);
    return width;
  };
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => broken(paragraph, widthMax, measured));
}

function broken(paragraph: string, widthMax: number, widthOf: (part: string) => number): string[] {
  const lines: string[] = [];
  let [line, width] = ['', 0];
  const next = () => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    [line, width] = ['', 0];
  };
  const add = (part: string) => {
    line += part;
    width += widthOf(part);
  };
  for (const word of paragraph.match(WORDS) ?? []) {
    // Spaces may stand over the edge: they are not drawn there.
    if (word.trim() === '' || width + widthOf(word) <= widthMax) {
      if (word.trim() !== '' || line !== '') add(word);
      continue;
    }
    next();
    if (widthOf(word) <= widthMax) add(word);
    else
      for (const { segment } of letters.segment(word)) {
        if (width + widthOf(segment) > widthMax) next();
        add(segment);
      }
  }
  return [...lines, line.trimEnd()];
}
