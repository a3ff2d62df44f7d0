import { KnownWords } from './known-words.ts';
import { isEmptyWord, weightOf } from './meaning.ts';
import { stemOf, wordsOf } from './stem.ts';
import { ASKED_MAX, otherReadings } from './typing.ts';

/** What something is found by. */
export interface Searched {
  /** What it is called, in every language. */
  readonly names: readonly string[];
  /** How people ask for it. */
  readonly askedAs?: readonly string[];
  /** What it belongs to: a group, a situation in life. Found by these too, after everything that is called so. */
  readonly about?: readonly string[];
}

/** Finds in plain words, the best first. Nothing for a question that says nothing. */
export type Find<One> = (asked: string) => One[];

const NAME = 1;
const ASKED = 0.97;
const ABOUT = 0.55;
/** So much of a question has to be found again in something: of two words that weigh alike, one. */
const COVERED_MIN = 0.45;
/** A word that nothing here has says, more than a rare one, that something else is meant. */
const UNKNOWN = 1.25;
/** What is found much worse than the best is not shown. */
const BESIDE_BEST = 0.62;
/** Below this the question may have been meant otherwise: typed on the other keyboard. */
const SURE = 0.75;
/** The number of words of a question that are looked for: a longer one has said by then what it is about. */
const WORDS_MAX = 8;

interface Phrase {
  readonly item: number;
  readonly weight: number;
  readonly stems: readonly number[];
  total: number;
}

interface Word {
  readonly stem: string;
  readonly phrases: number[];
  items: number;
  worth: number;
}

/** Makes things ready to be found: once for a list, however often it is asked. Of equals, the order of the list stays. */
export function searchIn<One>(
  all: readonly One[],
  searchedOf: (one: One) => Searched,
  known = new KnownWords(),
): Find<One> {
  const index = new Index(all.map(searchedOf), known);
  return (written) => {
    const asked = written.slice(0, ASKED_MAX);
    const own = index.find(asked);
    const best = own[0]?.score ?? 0;
    const readings = best >= SURE ? [] : otherReadings(asked).map((one) => index.find(one));
    const found = readings.reduce((a, b) => ((b[0]?.score ?? 0) > (a[0]?.score ?? 0) + 0.1 ? b : a), own);
    return found.map(({ item }) => all[item] as One);
  };
}

interface Match {
  readonly item: number;
  readonly score: number;
}

class Index {
  private readonly words: Word[] = [];
  private readonly phrases: Phrase[] = [];
  private readonly count: number;
  private readonly known: KnownWords;

  constructor(all: readonly Searched[], known: KnownWords) {
    this.known = known;
    this.count = all.length;
    all.forEach(({ names, askedAs = [], about = [] }, item) => {
      const seen = new Set<number>();
      for (const [texts, weight] of [
        [names, NAME],
        [askedAs, ASKED],
        [about, ABOUT],
      ] as const)
        for (const text of texts) this.add(item, weight, text, seen);
      for (const word of seen) (this.words[word] as Word).items += 1;
    });
    for (const word of this.words) word.worth = weightOf(word.stem) * Math.log(1 + this.count / word.items);
    for (const phrase of this.phrases) phrase.total = phrase.stems.reduce((sum, word) => sum + this.worthOf(word), 0);
  }

  private worthOf(word: number): number {
    return (this.words[word] as Word).worth;
  }

  private add(item: number, weight: number, text: string, seen: Set<number>): void {
    const stems = [...new Set(meaningful(text).map((word) => this.wordNamed(stemOf(word))))];
    if (stems.length === 0) return;
    const place = this.phrases.push({ item, weight, stems, total: 0 }) - 1;
    for (const word of stems) {
      (this.words[word] as Word).phrases.push(place);
      seen.add(word);
    }
  }

  private wordNamed(stem: string): number {
    const place = this.known.placeOf(stem);
    this.words[place] ??= { stem, phrases: [], items: 0, worth: 0 };
    return place;
  }

  /** What is found, with how well: 1 is the very words. */
  find(asked: string): Match[] {
    const tokens = this.tokensOf(asked);
    const total = tokens.reduce((sum, { worth }) => sum + worth, 0);
    if (total === 0) return [];
    const inPhrase = new Map<number, { asked: number; own: number }>();
    const inItem = new Map<number, number>();
    for (const { alike, worth } of tokens) this.note(alike, worth, inPhrase, inItem);
    const best = new Map<number, number>();
    for (const [place, got] of inPhrase) {
      const { item, weight, total: whole } = this.phrases[place] as Phrase;
      const score = weight * ((0.72 * got.asked) / total + 0.28 * Math.min(1, got.own / whole));
      if (score > (best.get(item) ?? 0)) best.set(item, score);
    }
    const found = [...best].flatMap(([item, phrase]) => {
      const covered = (inItem.get(item) ?? 0) / total;
      return covered < COVERED_MIN ? [] : [{ item, score: 0.65 * phrase + 0.35 * covered }];
    });
    const sorted = found.toSorted((a, b) => b.score - a.score || a.item - b.item);
    return sorted.filter(({ score }) => score >= BESIDE_BEST * (sorted[0] as Match).score);
  }

  /** Counts one word of the question in every phrase and thing that has it, as well as it has it best. */
  private note(
    alike: ReadonlyMap<number, number>,
    worth: number,
    inPhrase: Map<number, { asked: number; own: number }>,
    inItem: Map<number, number>,
  ): void {
    const phraseBest = new Map<number, readonly [likeness: number, word: number]>();
    for (const [word, likeness] of alike)
      for (const place of (this.words[word] as Word).phrases)
        if (likeness > (phraseBest.get(place)?.[0] ?? 0)) phraseBest.set(place, [likeness, word]);
    const itemBest = new Map<number, number>();
    for (const [place, [likeness, word]] of phraseBest) {
      const got = inPhrase.get(place) ?? { asked: 0, own: 0 };
      inPhrase.set(place, { asked: got.asked + worth * likeness, own: got.own + this.worthOf(word) * likeness });
      const { item, weight } = this.phrases[place] as Phrase;
      const counted = likeness * weight;
      if (counted > (itemBest.get(item) ?? 0)) itemBest.set(item, counted);
    }
    for (const [item, counted] of itemBest) inItem.set(item, (inItem.get(item) ?? 0) + worth * counted);
  }

  private tokensOf(asked: string): { alike: ReadonlyMap<number, number>; worth: number }[] {
    const words = this.joined(meaningful(asked).slice(0, WORDS_MAX));
    return words.map((word, place) => {
      const alike = this.known.alikeTo(word, place === words.length - 1);
      const known = [...alike].reduce((most, [one, likeness]) => Math.max(most, this.worthOf(one) * likeness), 0);
      const unknown = UNKNOWN * weightOf(word) * Math.log(1 + this.count);
      return { alike, worth: alike.size === 0 ? unknown : Math.max(known, 0.2) };
    });
  }

  /** Words that are written in two here and in one there: «гос услуги», «мат капитал». */
  private joined(words: readonly string[]): string[] {
    const all: string[] = [];
    for (let place = 0; place < words.length; place++) {
      const both = `${words[place]}${words[place + 1] ?? ''}`;
      const isOne =
        place + 1 < words.length && !this.known.has(stemOf(words[place] as string)) && this.known.has(stemOf(both));
      all.push(isOne ? both : (words[place] as string));
      if (isOne) place += 1;
    }
    return all;
  }
}

function meaningful(text: string): string[] {
  const words = wordsOf(text);
  const full = words.filter((word) => !isEmptyWord(word));
  return full.length > 0 ? full : [];
}
