import { groupNear, groupOf, isEmptyWord, weightOf } from './meaning.ts';
import { soundOf } from './sound.ts';
import { stemOf, wordsOf } from './stem.ts';
import { lettersApart, lettersOf, otherReadings, slipsAllowed, slipsBetween } from './typing.ts';

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

interface Phrase {
  readonly item: number;
  readonly weight: number;
  readonly stems: readonly number[];
  total: number;
}

interface Word {
  readonly stem: string;
  readonly letters: number;
  readonly group: number | null;
  readonly phrases: number[];
  items: number;
  worth: number;
}

/** Makes things ready to be found: once for a list, however often it is asked. Of equals, the order of the list stays. */
export function searchIn<One>(all: readonly One[], searchedOf: (one: One) => Searched): Find<One> {
  const index = new Index(all.map(searchedOf));
  return (asked) => {
    const own = index.find(asked.slice(0, 200));
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
  private readonly byStem = new Map<string, number>();
  private readonly bySound = new Map<string, number[]>();
  private readonly byGroup = new Map<number, number[]>();
  private readonly phrases: Phrase[] = [];
  private readonly count: number;

  constructor(all: readonly Searched[]) {
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
    const known = this.byStem.get(stem);
    if (known !== undefined) return known;
    const group = groupOf(stem);
    const place = this.words.push({ stem, letters: lettersOf(stem), group, phrases: [], items: 0, worth: 0 }) - 1;
    this.byStem.set(stem, place);
    const sound = soundOf(stem);
    if (sound.length >= 3) this.bySound.set(sound, [...(this.bySound.get(sound) ?? []), place]);
    if (group !== null) this.byGroup.set(group, [...(this.byGroup.get(group) ?? []), place]);
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
    const words = this.joined(meaningful(asked));
    return words.map((word, place) => {
      const alike = this.alikeTo(word, place === words.length - 1);
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
        place + 1 < words.length && !this.byStem.has(stemOf(words[place] as string)) && this.byStem.has(stemOf(both));
      all.push(isOne ? both : (words[place] as string));
      if (isOne) place += 1;
    }
    return all;
  }

  /** The known words that a typed word may mean, each with how close it is. The last word may not be finished yet. */
  private alikeTo(word: string, isLast: boolean): Map<number, number> {
    const stem = stemOf(word);
    const alike = new Map<number, number>();
    const note = (place: number, likeness: number) => {
      if (likeness > (alike.get(place) ?? 0)) alike.set(place, likeness);
    };
    const exact = this.byStem.get(stem);
    if (exact !== undefined) note(exact, 1);
    this.words.forEach((known, place) => {
      if (stem.length >= 3 && known.stem.startsWith(stem)) note(place, isLast && exact === undefined ? 0.9 : 0.75);
      else if (known.stem.length >= 4 && stem.startsWith(known.stem) && stem.length - known.stem.length <= 4)
        note(place, 0.75);
    });
    // Also of a word that is known: it may be known as a slip.
    for (const place of this.bySound.get(soundOf(stem)) ?? []) note(place, 0.9);
    if (exact === undefined) {
      this.noteSlips(word, stem, alike.size > 0, note);
      if (alike.size === 0) this.noteParts(stem, note);
    }
    const own = groupOf(stem) ?? (alike.size === 0 ? groupNear(stem) : null);
    const groups = new Set([own, ...[...alike].map(([one]) => (this.words[one] as Word).group)]);
    for (const group of groups) if (group !== null) for (const place of this.byGroup.get(group) ?? []) note(place, 0.7);
    return alike;
  }

  /** Words that are written as one with another before them or after: «маткапитал», «медполис». */
  private noteParts(stem: string, note: (place: number, likeness: number) => void): void {
    this.words.forEach((known, place) => {
      const others = stem.length - known.stem.length;
      if (known.stem.length < 5 || others < 2 || others > 8) return;
      if (stem.endsWith(known.stem) || stem.startsWith(known.stem)) note(place, 0.75);
    });
  }

  private noteSlips(
    word: string,
    stem: string,
    isKnown: boolean,
    note: (place: number, likeness: number) => void,
  ): void {
    const letters = lettersOf(stem);
    if (stem.length === 3)
      this.words.forEach((known, place) => {
        // Of three letters none may be another: «ИИН», «НИН».
        if (known.stem.length === 3 && known.letters === letters) note(place, 0.8);
      });
    const most = isKnown
      ? Math.min(1, slipsAllowed(stem.length))
      : slipsAllowed(Math.max(stem.length, word.length - 1));
    if (most === 0) return;
    this.words.forEach((known, place) => {
      if (known.stem.length < 3 || lettersApart(letters, known.letters) > most) return;
      const slips = slipsBetween(stem, known.stem, most);
      if (slips <= most) note(place, slips === 1 ? 0.85 : 0.68);
    });
  }
}

function meaningful(text: string): string[] {
  const words = wordsOf(text);
  const full = words.filter((word) => !isEmptyWord(word));
  return full.length > 0 ? full : [];
}
