import { type HallLoad, shareWaitingOver } from './erlang.ts';
import { normalDensity, normalDistribution } from './normal.ts';

/** The probability of any wait in the limit of large halls staffed with `load + beta √load` (Halfin and Whitt 1981). */
export function halfinWhittWait(beta: number): number {
  return 1 / (1 + (beta * normalDistribution(beta)) / normalDensity(beta));
}

/** The beta at which the probability of any wait is `share` (0 to 1, both excluded), by bisection. */
export function halfinWhittBeta(share: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (halfinWhittWait(middle) > share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Windows by the square-root rule: the load and `beta` times its square root, rounded up. */
export function squareRootRule(load: number, beta = 1): number {
  return Math.ceil(load + beta * Math.sqrt(load) - 1e-9);
}

/**
 * Windows for one half hour by what a breach is worth: the n with the least 0.5 n + theta · visitors · P(W > 15).
 * `theta` is the price of a breach in window hours, found by simulation; it saves the few permitted breaches where they cost most.
 */
export function windowsByBreachPrice(hall: Omit<HallLoad, 'windows'>, theta: number, limitMinutes = 15): number {
  const visitors = (30 * hall.load) / hall.serviceMinutes;
  const price = (windows: number) =>
    0.5 * windows + theta * visitors * shareWaitingOver({ ...hall, windows }, limitMinutes);
  let best = Math.max(1, Math.floor(hall.load));
  for (let windows = best + 1; 0.5 * windows <= price(best); windows += 1)
    if (price(windows) < price(best)) best = windows;
  return best;
}

/** The mean waits of classes served in order of rank without interruption, one exponential service for all (Cobham 1954). */
export function priorityWaits(
  arrivalsPerMinute: readonly number[],
  serviceMinutes: number,
  windows: number,
  pWait: number,
): number[] {
  const perServer = (pWait * serviceMinutes) / windows;
  let used = 0;
  return arrivalsPerMinute.map((arrivals) => {
    const before = used;
    used += (arrivals * serviceMinutes) / windows;
    return perServer / ((1 - before) * (1 - used));
  });
}
