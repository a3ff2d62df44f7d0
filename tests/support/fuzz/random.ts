/** Chance by a seed: the same seed makes the same requests. */
export interface Chance {
  /** From 0 on, less than 1. */
  next(): number;
  /** A whole number from 0 on, less than `below`. */
  below(below: number): number;
  of<Value>(values: readonly Value[]): Value;
  happens(probability: number): boolean;
}

/** Mulberry32: small, quick, and good enough to choose what to send. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  return {
    next,
    below,
    of: <Value>(values: readonly Value[]) => values[below(values.length)] as Value,
    happens: (probability) => next() < probability,
  };
}
