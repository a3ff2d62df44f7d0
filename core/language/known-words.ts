import { groupNear, groupOf } from './meaning.ts';
import { soundOf } from './sound.ts';
import { stemOf } from './stem.ts';
import { lettersApart, lettersOf, slipsAllowed, slipsBetween } from './typing.ts';

interface Known {
  readonly stem: string;
  readonly letters: number;
  readonly group: number | null;
}

type Note = (place: number, likeness: number) => void;

/** A word that another was written together with has so many letters at least; the other so many, and no more. */
const PART_MIN = 5;
const OTHER_PART_MIN = 2;
const OTHER_PART_MAX = 8;

/**
 * The words that something is found by, each with a place of its own. They are put in order once, so that a typed word is compared with
 * few of them: those that begin alike are neighbours, those of one length are together, all others are looked up.
 */
export class KnownWords {
  /** How often two words were compared letter by letter: what a question costs. */
  compared = 0;
  private readonly words: Known[] = [];
  private readonly byStem = new Map<string, number>();
  private readonly bySound = new Map<string, number[]>();
  private readonly byGroup = new Map<number, number[]>();
  private readonly byLength = new Map<number, number[]>();
  private inOrder: readonly number[] | null = null;

  /** The place of a word; one that is not known yet gets the next. */
  placeOf(stem: string): number {
    const known = this.byStem.get(stem);
    if (known !== undefined) return known;
    const group = groupOf(stem);
    const place = this.words.push({ stem, letters: lettersOf(stem), group }) - 1;
    this.inOrder = null;
    this.byStem.set(stem, place);
    put(this.byLength, stem.length, place);
    const sound = soundOf(stem);
    if (sound.length >= 3) put(this.bySound, sound, place);
    if (group !== null) put(this.byGroup, group, place);
    return place;
  }

  has(stem: string): boolean {
    return this.byStem.has(stem);
  }

  /** The known words that a typed word may mean, each with how close it is. The last word may not be finished yet. */
  alikeTo(word: string, isLast: boolean): Map<number, number> {
    const stem = stemOf(word);
    const alike = new Map<number, number>();
    const note: Note = (place, likeness) => {
      if (likeness > (alike.get(place) ?? 0)) alike.set(place, likeness);
    };
    const exact = this.byStem.get(stem);
    if (exact !== undefined) note(exact, 1);
    this.noteBeginnings(stem, isLast && exact === undefined ? 0.9 : 0.75, note);
    // Also of a word that is known: it may be known as a slip.
    for (const place of this.bySound.get(soundOf(stem)) ?? []) note(place, 0.9);
    if (exact === undefined) {
      this.noteSlips(word, stem, alike.size > 0, note);
      if (alike.size === 0) this.noteParts(stem, note);
    }
    const own = groupOf(stem) ?? (alike.size === 0 ? groupNear(stem) : null);
    const groups = new Set([own, ...[...alike].map(([one]) => (this.words[one] as Known).group)]);
    for (const group of groups) if (group !== null) for (const place of this.byGroup.get(group) ?? []) note(place, 0.7);
    return alike;
  }

  /** Words that begin with this one, and those of four letters and more that it begins with. */
  private noteBeginnings(stem: string, longer: number, note: Note): void {
    const found: [place: number, likeness: number][] = [];
    if (stem.length >= 3) for (const place of this.beginningWith(stem)) found.push([place, longer]);
    for (let length = Math.max(4, stem.length - 4); length < stem.length; length++) {
      const place = this.byStem.get(stem.slice(0, length));
      if (place !== undefined) found.push([place, 0.75]);
    }
    for (const [place, likeness] of found.toSorted(([a], [b]) => a - b)) note(place, likeness);
  }

  private beginningWith(stem: string): number[] {
    this.inOrder ??= [...this.byStem].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
    const stemAt = (index: number) => (this.words[(this.inOrder as readonly number[])[index] as number] as Known).stem;
    let from = 0;
    for (let to = this.inOrder.length; from < to;) {
      const middle = (from + to) >> 1;
      if (stemAt(middle) < stem) from = middle + 1;
      else to = middle;
    }
    let to = from;
    while (to < this.inOrder.length && stemAt(to).startsWith(stem)) to += 1;
    return this.inOrder.slice(from, to);
  }

  /** Words that are written as one with another before them or after: «маткапитал», «медполис». */
  private noteParts(stem: string, note: Note): void {
    const found: number[] = [];
    for (let others = OTHER_PART_MIN; others <= OTHER_PART_MAX && stem.length - others >= PART_MIN; others++)
      for (const part of [stem.slice(others), stem.slice(0, stem.length - others)]) {
        const place = this.byStem.get(part);
        if (place !== undefined) found.push(place);
      }
    for (const place of found.toSorted((a, b) => a - b)) note(place, 0.75);
  }

  private noteSlips(word: string, stem: string, isKnown: boolean, note: Note): void {
    const letters = lettersOf(stem);
    // Of three letters none may be another: «ИИН», «НИН».
    if (stem.length === 3)
      for (const place of this.byLength.get(3) ?? [])
        if ((this.words[place] as Known).letters === letters) note(place, 0.8);
    const most = isKnown
      ? Math.min(1, slipsAllowed(stem.length))
      : slipsAllowed(Math.max(stem.length, word.length - 1));
    if (most === 0) return;
    const found: [place: number, slips: number][] = [];
    for (let length = Math.max(3, stem.length - most); length <= stem.length + most; length++)
      for (const place of this.byLength.get(length) ?? []) {
        const known = this.words[place] as Known;
        if (lettersApart(letters, known.letters) > most) continue;
        this.compared += 1;
        const slips = slipsBetween(stem, known.stem, most);
        if (slips <= most) found.push([place, slips]);
      }
    for (const [place, slips] of found.toSorted(([a], [b]) => a - b)) note(place, slips === 1 ? 0.85 : 0.68);
  }
}

function put<Key>(all: Map<Key, number[]>, key: Key, place: number): void {
  const known = all.get(key);
  if (known === undefined) all.set(key, [place]);
  else known.push(place);
}
