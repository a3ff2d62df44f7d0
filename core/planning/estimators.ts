/** A first-come hall with a fixed number of windows, as it happened: minutes from its beginning. */
export interface Path {
  readonly windows: number;
  readonly serviceMinutes: number;
  /** When visitors came, in order, and how long each was served. */
  readonly arrivals: readonly number[];
  readonly services: readonly number[];
}

/** What halls tell a visitor who comes now, and what came true. Null: there is nothing to tell from. */
export interface Estimates {
  /** The visitors who already wait, without the one who asks. */
  readonly queue: number;
  /** (Queue + 1) services over the windows. */
  readonly queueLengthMin: number;
  /** What the first in the queue has waited so far. */
  readonly headOfLineMin: number | null;
  /** What the last one who was called waited. */
  readonly lastToEnterMin: number | null;
  /** What the last one who was served to the end waited. */
  readonly lastCompletedMin: number | null;
  readonly actualMin: number | null;
}

/** When each visitor of a path is called: the first to come goes to the first window that is free. */
export function callsOf({ windows, arrivals, services }: Path): number[] {
  const freeAt = Array.from({ length: windows }, () => 0);
  return arrivals.map((arrival, index) => {
    const next = freeAt.indexOf(Math.min(...freeAt));
    const called = Math.max(arrival, freeAt[next] as number);
    freeAt[next] = called + (services[index] ?? 0);
    return called;
  });
}

/**
 * The estimates at a minute, for a visitor who comes then (Ibrahim and Whitt 2009: queue length, head of line, last to enter
 * service, last to complete). A visitor who leaves at that very minute has gone; one who comes then is the one who asks.
 */
export function estimatesAt(path: Path, minute: number): Estimates {
  const { windows, serviceMinutes, arrivals, services } = path;
  const calls = callsOf(path);
  const visits = arrivals.map((arrival, index) => {
    const called = calls[index] as number;
    return { arrival, called, left: called + (services[index] ?? 0), wait: called - arrival };
  });
  const waiting = visits.filter(({ arrival, called }) => arrival < minute && called > minute);
  const entered = visits.filter(({ arrival, called }) => called <= minute && arrival < minute);
  const left = visits.filter((visit) => visit.left <= minute);
  const last = <Visit extends { wait: number }>(of: readonly Visit[], at: (visit: Visit) => number) =>
    of.reduce<Visit | null>((best, visit) => (best === null || at(visit) >= at(best) ? visit : best), null)?.wait ??
    null;
  const [head] = waiting;
  return {
    queue: waiting.length,
    queueLengthMin: ((waiting.length + 1) * serviceMinutes) / windows,
    headOfLineMin: head === undefined ? null : minute - head.arrival,
    lastToEnterMin: last(entered, ({ called }) => called),
    lastCompletedMin: last(left, (visit) => visit.left),
    actualMin: visits.find(({ arrival }) => arrival === minute)?.wait ?? null,
  };
}

/**
 * Fixed queue ratio (Gurvich and Whitt 2009): the queue to serve next is the one that is longest beyond its share of all who wait.
 * Gives its place, of equals the first, with every queue's score; `shares` sum up to 1. Place −1 when nobody waits.
 */
export function fixedQueueRatio(
  queues: readonly number[],
  shares: readonly number[],
): { readonly next: number; readonly scores: readonly number[] } {
  const waiting = queues.reduce((sum, queue) => sum + queue, 0);
  const scores = queues.map((queue, index) => queue - (shares[index] ?? 0) * waiting);
  let next = -1;
  scores.forEach((score, index) => {
    const best = scores[next];
    if ((queues[index] ?? 0) > 0 && (best === undefined || score > best + 1e-9)) next = index;
  });
  return { next, scores };
}
