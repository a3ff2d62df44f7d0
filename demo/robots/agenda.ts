import type { Instant } from '../../core/time/instant.ts';

/** What is to be done when, on the clock of the server. */
export interface Agenda {
  at(when: Instant, work: () => void): void;
  /** When the next thing is due; null when nothing is left. */
  next(): Instant | null;
  /** Does everything that is due by now, in order. */
  runUntil(now: Instant): void;
}

interface Item {
  readonly when: Instant;
  readonly work: () => void;
}

/** A binary heap: the earliest item is on top. */
export function openAgenda(): Agenda {
  const heap: Item[] = [];
  const swap = (a: number, b: number) => {
    const item = heap[a] as Item;
    heap[a] = heap[b] as Item;
    heap[b] = item;
  };
  const earlier = (a: number, b: number) => (heap[a] as Item).when < (heap[b] as Item).when;
  const takeTop = (): Item => {
    const top = heap[0] as Item;
    const last = heap.pop() as Item;
    if (heap.length > 0) heap[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && earlier(child, least)) least = child;
      if (least === at) return top;
      swap(at, least);
      at = least;
    }
  };
  return {
    at: (when, work) => {
      heap.push({ when, work });
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!earlier(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    next: () => heap[0]?.when ?? null,
    runUntil: (now) => {
      while (heap.length > 0 && (heap[0] as Item).when <= now) takeTop().work();
    },
  };
}
