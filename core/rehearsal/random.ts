/** Numbers from 0 to 1 (excluded) that look random and are the same for the same seed. */
export type Random = () => number;

/** A generator of numbers (mulberry32). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed of its own for each combination of whole numbers, so that what is drawn for one moves nothing of another. */
export function streamOf(...parts: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part >>> 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** The time to the next of events that come at this rate, in the rate's unit. */
export function exponential(draw: Random, rate: number): number {
  return -Math.log(1 - draw()) / rate;
}

/** A draw from the standard normal distribution (Box and Muller 1958). */
export function normal(draw: Random): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** A lognormal with this mean and this standard deviation over the mean. */
export function lognormal(draw: Random, mean: number, spread: number): number {
  const variance = Math.log(1 + spread * spread);
  return mean * Math.exp(Math.sqrt(variance) * normal(draw) - variance / 2);
}
