import type { Instant } from '../time/instant.ts';

/** What happens next in a rehearsal. */
export interface Item {
  readonly at: Instant;
  readonly kind: number;
  readonly subject: number;
}

/** Kinds are below this, and moments below 2⁴⁹ ms. */
const KINDS = 8;

/** What is still to happen: the soonest first; at one moment by kind, and of one kind in the order in which it was added. */
export class Agenda {
  readonly #keys: number[] = [];
  readonly #orders: number[] = [];
  readonly #subjects: number[] = [];
  #added = 0;

  add(at: Instant, kind: number, subject: number): void {
    const key = at * KINDS + kind;
    this.#added += 1;
    let place = this.#keys.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#goesBefore(key, this.#added, parent)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, key, this.#added, subject);
  }

  /** When the next one is; Infinity when nothing is left. */
  get nextAt(): Instant {
    const key = this.#keys[0];
    return key === undefined ? Infinity : Math.floor(key / KINDS);
  }

  /** Takes the next one away; null when nothing is left. */
  take(): Item | null {
    const key = this.#keys[0];
    if (key === undefined) return null;
    const subject = this.#subjects[0] as number;
    const lastKey = this.#keys.pop() as number;
    const lastOrder = this.#orders.pop() as number;
    const lastSubject = this.#subjects.pop() as number;
    if (this.#keys.length > 0) this.#sink(lastKey, lastOrder, lastSubject);
    return { at: Math.floor(key / KINDS), kind: key % KINDS, subject };
  }

  /** Nothing happens any more. */
  clear(): void {
    this.#keys.length = 0;
    this.#orders.length = 0;
    this.#subjects.length = 0;
  }

  #sink(key: number, order: number, subject: number): void {
    const size = this.#keys.length;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      const other = child + 1;
      if (other < size && this.#goesBefore(this.#keys[other] as number, this.#orders[other] as number, child))
        child = other;
      if (this.#goesBefore(key, order, child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, key, order, subject);
  }

  #goesBefore(key: number, order: number, place: number): boolean {
    const there = this.#keys[place] as number;
    return key !== there ? key < there : order < (this.#orders[place] as number);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#keys[from] as number, this.#orders[from] as number, this.#subjects[from] as number);
  }

  #put(place: number, key: number, order: number, subject: number): void {
    this.#keys[place] = key;
    this.#orders[place] = order;
    this.#subjects[place] = subject;
  }
}
