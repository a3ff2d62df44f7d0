import { normalDistribution } from './normal.ts';

/** The wait of a visitor with `ahead` others before them when all `windows` are busy: a sum of exponentials (Erlang's distribution). */
export interface WaitAhead {
  readonly meanMinutes: number;
  readonly pOver: number;
  readonly q50Minutes: number;
  readonly q90Minutes: number;
}

export function waitAhead(ahead: number, windows: number, serviceMinutes: number, overMinutes = 15): WaitAhead {
  const over = (minutes: number) => poissonUpTo(ahead, (minutes * windows) / serviceMinutes);
  return {
    meanMinutes: ((ahead + 1) * serviceMinutes) / windows,
    pOver: over(overMinutes),
    q50Minutes: quantile(over, 0.5),
    q90Minutes: quantile(over, 0.9),
  };
}

/** The probability of at most `count` events when `mean` are expected. */
function poissonUpTo(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let events = 1; events <= count; events += 1) {
    term *= mean / events;
    sum += term;
  }
  return sum;
}

function quantile(over: (minutes: number) => number, share: number): number {
  let low = 0;
  let high = 1;
  while (over(high) > 1 - share) high *= 2;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (over(middle) > 1 - share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The number of windows from a moment on, in minutes from now. The first begins at 0. */
export interface Capacity {
  readonly fromMinute: number;
  readonly windows: number;
}

/**
 * When a visitor with `ahead` others before them is called: when the windows planned from now on have done the work of
 * ahead + 1 services. Infinity when the plan ends without a window before that.
 */
export function expectedCallMinutes(ahead: number, serviceMinutes: number, plan: readonly Capacity[]): number {
  let work = (ahead + 1) * serviceMinutes;
  for (const [index, { fromMinute, windows }] of plan.entries()) {
    const until = plan[index + 1]?.fromMinute ?? Infinity;
    if (windows > 0 && work <= windows * (until - fromMinute)) return fromMinute + work / windows;
    work -= windows * (until === Infinity ? 0 : until - fromMinute);
  }
  return Infinity;
}

/** The probability that a wait expected to be `expectedMinutes` with a standard deviation passes the limit (normal). */
export function breachProbability(expectedMinutes: number, deviationMinutes: number, limitMinutes = 15): number {
  if (deviationMinutes === 0) return expectedMinutes > limitMinutes ? 1 : 0;
  return 1 - normalDistribution((limitMinutes - expectedMinutes) / deviationMinutes);
}

/** How many windows to open in addition to the open ones so that those who wait are called within `targetMinutes`. */
export function reserveWindows(waiting: number, open: number, serviceMinutes: number, targetMinutes: number): number {
  return Math.max(0, Math.ceil((waiting * serviceMinutes) / targetMinutes - 1e-9) - open);
}

/** How many to book for a capacity when each comes with probability `show`: the newsvendor's answer. */
export interface Overbooking {
  readonly book: number;
  readonly cost: number;
  /** The probability that more come than there is room for. */
  readonly pOver: number;
}

/** `idleCost` for each free place, `overCost` for each visitor too many. */
export function overbook(capacity: number, show: number, idleCost: number, overCost: number): Overbooking {
  let best = overbooked(capacity, capacity, show, idleCost, overCost);
  for (let book = capacity + 1; book <= capacity * 4 + 10; book += 1) {
    const next = overbooked(book, capacity, show, idleCost, overCost);
    if (next.cost >= best.cost) break;
    best = next;
  }
  return best;
}

function overbooked(book: number, capacity: number, show: number, idleCost: number, overCost: number): Overbooking {
  let cost = 0;
  let pOver = 0;
  let probability = (1 - show) ** book;
  for (let come = 0; come <= book; come += 1) {
    if (come > 0)
      probability =
        show === 1 ? (come === book ? 1 : 0) : (probability * (book - come + 1) * show) / (come * (1 - show));
    cost += probability * (idleCost * Math.max(0, capacity - come) + overCost * Math.max(0, come - capacity));
    if (come > capacity) pOver += probability;
  }
  return { book, cost, pOver };
}
