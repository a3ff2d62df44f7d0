import { lognormalParameters, normalDistribution } from './normal.ts';

/** How many are in the hall: `probabilities[n]` is the probability of n. */
export type Distribution = readonly number[];

const SILENT = 1e-15;

/**
 * The distribution after `minutes` in a hall with Poisson arrivals and exponential services, from the one before
 * (uniformisation, Jensen 1953). States past the end of `before` are cut off: give it room.
 */
export function after(
  before: Distribution,
  minutes: number,
  arrivalsPerMinute: number,
  serviceMinutes: number,
  windows: number,
): Distribution {
  const rate = arrivalsPerMinute + windows / serviceMinutes;
  const steps = Math.max(1, Math.ceil((rate * minutes) / 200));
  let state = [...before];
  for (let step = 0; step < steps; step += 1)
    state = jump(state, minutes / steps, arrivalsPerMinute, serviceMinutes, windows);
  return state;
}

function jump(
  before: readonly number[],
  minutes: number,
  arrivalsPerMinute: number,
  serviceMinutes: number,
  windows: number,
): number[] {
  const rate = arrivalsPerMinute + windows / serviceMinutes;
  const mean = rate * minutes;
  const sum = before.map(() => 0);
  let state = [...before];
  let weight = Math.exp(-mean);
  let left = 1;
  for (let jumps = 0; left > SILENT && jumps < 10_000; jumps += 1) {
    for (let n = 0; n < sum.length; n += 1) sum[n] = (sum[n] as number) + weight * (state[n] as number);
    left -= weight;
    weight *= mean / (jumps + 1);
    const next = state.map(() => 0);
    for (let n = 0; n < state.length; n += 1) {
      const probability = state[n] as number;
      const up = n + 1 < state.length ? arrivalsPerMinute / rate : 0;
      const down = Math.min(n, windows) / serviceMinutes / rate;
      if (up > 0) next[n + 1] = (next[n + 1] as number) + probability * up;
      if (n > 0) next[n - 1] = (next[n - 1] as number) + probability * down;
      next[n] = (next[n] as number) + probability * (1 - up - down);
    }
    state = next;
  }
  return sum;
}

/** A hall with exactly so many in it, with room for `states` − 1. */
export function exactly(inHall: number, states: number): Distribution {
  return Array.from({ length: states }, (_, n) => (n === inHall ? 1 : 0));
}

/** The mean number in the hall, the probability that all windows are busy, the mean number who wait. */
export function summary(
  distribution: Distribution,
  windows: number,
): { mean: number; pBusy: number; meanWaiting: number } {
  let mean = 0;
  let pBusy = 0;
  let meanWaiting = 0;
  distribution.forEach((probability, n) => {
    mean += n * probability;
    if (n >= windows) pBusy += probability;
    meanWaiting += Math.max(0, n - windows) * probability;
  });
  return { mean, pBusy, meanWaiting };
}

const HALF_HOUR = 30;

/**
 * The load of a hall at a minute when the arrivals change by the half hour and nobody waits for a window (M_t/G/∞): whom of
 * those who have come is still being served. `perHour` are the arrivals an hour of each half hour from minute 0, before which
 * nobody came; the last one goes on. `spread` null: exponential services; else lognormal ones with this deviation over the mean.
 */
export function offeredLoad(
  perHour: readonly number[],
  serviceMinutes: number,
  spread: number | null,
  atMinute: number,
): number {
  const served = (minutes: number) => expectedUpTo(minutes, serviceMinutes, spread);
  return perHour.reduce((load, arrivals, index) => {
    const from = index * HALF_HOUR;
    const until = index === perHour.length - 1 ? Infinity : from + HALF_HOUR;
    if (atMinute <= from) return load;
    return load + (arrivals / 60) * (served(atMinute - from) - served(Math.max(0, atMinute - until)));
  }, 0);
}

/** E[min(S, x)]: how much of a service falls within its first x minutes. */
function expectedUpTo(minutes: number, mean: number, spread: number | null): number {
  if (minutes <= 0) return 0;
  if (spread === null) return mean * (1 - Math.exp(-minutes / mean));
  const { mu, sigma } = lognormalParameters(mean, spread);
  const z = (Math.log(minutes) - mu) / sigma;
  return mean * normalDistribution(z - sigma) + minutes * (1 - normalDistribution(z));
}

/** Windows for each half hour such that the probability of a wait stays below a share all the time. */
export interface Isa {
  readonly windows: readonly number[];
  /** How often the staffing was computed, the last time only to see that it stays. */
  readonly iterations: number;
  /** The largest probability of a wait in each half hour. */
  readonly pWait: readonly number[];
}

const STATES = 250;
const ITERATIONS_MAX = 30;

/**
 * The iterative staffing algorithm of Feldman, Mandelbaum, Massey and Whitt (2008) for exponential services, on the exact
 * distribution: start with windows for everybody, take in each half hour the fewest with P(in hall ≥ windows) ≤ share, repeat.
 */
export function isa(perHour: readonly number[], serviceMinutes: number, share: number): Isa {
  let windows = perHour.map(() => STATES);
  for (let iteration = 1; iteration <= ITERATIONS_MAX; iteration += 1) {
    const tails = busyTails(perHour, serviceMinutes, windows);
    const next = tails.map((tail) => tail.findIndex((probability) => probability <= share));
    if (next.every((count, index) => count === windows[index])) {
      return {
        windows,
        iterations: iteration,
        pWait: tails.map((tail, index) => tail[windows[index] as number] as number),
      };
    }
    windows = next;
  }
  throw new RangeError('the staffing does not settle');
}

/** For each half hour and each n the largest probability over its minutes that at least n are in the hall. */
function busyTails(perHour: readonly number[], serviceMinutes: number, windows: readonly number[]): number[][] {
  let state = exactly(0, STATES);
  return perHour.map((arrivals, index) => {
    const largest = tailsOf(state);
    for (let minute = 0; minute < HALF_HOUR; minute += 1) {
      state = after(state, 1, arrivals / 60, serviceMinutes, windows[index] as number);
      tailsOf(state).forEach((tail, n) => {
        largest[n] = Math.max(largest[n] as number, tail);
      });
    }
    return largest;
  });
}

function tailsOf(state: Distribution): number[] {
  const tails = state.map(() => 0);
  let sum = 0;
  for (let n = state.length - 1; n >= 0; n -= 1) {
    sum += state[n] as number;
    tails[n] = sum;
  }
  return tails;
}
