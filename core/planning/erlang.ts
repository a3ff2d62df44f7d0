/**
 * Queues with c equal windows and Poisson arrivals. Throughout: `load` is the offered load in Erlangs (arrivals a minute
 * times the mean service in minutes), `serviceMinutes` the mean service, times are minutes.
 * Source: A. K. Erlang (1917) and Palm (1943) as in any textbook; the recursion is the numerically stable one.
 */

/** The share of arrivals that find all windows busy when nobody may wait (Erlang B). `load` > 0, `windows` ≥ 0 whole. */
export function erlangB(load: number, windows: number): number {
  let blocked = 1;
  for (let count = 1; count <= windows; count += 1) blocked = (load * blocked) / (count + load * blocked);
  return blocked;
}

/** The probability of any wait (Erlang C); 1 when the windows cannot carry the load. */
export function erlangC(load: number, windows: number): number {
  if (windows <= load) return 1;
  const blocked = erlangB(load, windows);
  return (windows * blocked) / (windows - load * (1 - blocked));
}

/** What a hall has to carry and with how many windows, of which each serves a visitor in `serviceMinutes` on average. */
export interface HallLoad {
  readonly load: number;
  readonly windows: number;
  readonly serviceMinutes: number;
  /** The squared coefficient of variation of the service time: 1 for exponential (the exact case). */
  readonly cs2?: number;
}

/** The mean wait in minutes; Infinity when overloaded. With `cs2` other than 1 the approximation of Allen and Cunneen. */
export function meanWaitMinutes({ load, windows, serviceMinutes, cs2 = 1 }: HallLoad): number {
  if (windows <= load) return Infinity;
  return ((erlangC(load, windows) * serviceMinutes) / (windows - load)) * ((1 + cs2) / 2);
}

/** The share of visitors who wait longer than `minutes`; with `cs2` the same approximation, with an exponential tail. */
export function shareWaitingOver({ load, windows, serviceMinutes, cs2 = 1 }: HallLoad, minutes: number): number {
  if (windows <= load) return 1;
  const rate = (windows - load) / serviceMinutes;
  return erlangC(load, windows) * Math.exp((-2 * rate * minutes) / (1 + cs2));
}

/** The fewest windows with which `holds` is true; it must stay true with more. */
export function leastWindows(load: number, holds: (windows: number) => boolean): number {
  let windows = Math.floor(load) + 1;
  while (!holds(windows)) windows += 1;
  return windows;
}

/** What impatience does: visitors who wait leave after a while, exponentially distributed (Erlang A, Palm 1946). */
export interface ErlangA {
  readonly pWait: number;
  readonly pAbandon: number;
  readonly meanWaitMinutes: number;
}

/** `arrivalsPerMinute` > 0, `patienceMinutes` > 0. The state space is summed until its terms vanish. */
export function erlangA(
  arrivalsPerMinute: number,
  serviceMinutes: number,
  windows: number,
  patienceMinutes: number,
): ErlangA {
  let weight = 1;
  let sum = 1;
  let sumWaiting = windows === 0 ? 1 : 0;
  let waiting = 0;
  for (let inSystem = 1; ; inSystem += 1) {
    const leaving = Math.min(inSystem, windows) / serviceMinutes + Math.max(0, inSystem - windows) / patienceMinutes;
    weight *= arrivalsPerMinute / leaving;
    sum += weight;
    if (inSystem >= windows) sumWaiting += weight;
    waiting += Math.max(0, inSystem - windows) * weight;
    if (inSystem > windows && weight * inSystem < sum * 1e-18) break;
    if (weight > 1e200) {
      weight /= 1e200;
      sum /= 1e200;
      sumWaiting /= 1e200;
      waiting /= 1e200;
    }
  }
  const queue = waiting / sum;
  return {
    pWait: sumWaiting / sum,
    pAbandon: queue / patienceMinutes / arrivalsPerMinute,
    meanWaitMinutes: queue / arrivalsPerMinute,
  };
}
