import type { ReserveTuning } from '../planning/reserve.ts';
import type { Policy } from '../queue/configuration.ts';
import { FROZEN_CITY } from './frozen-city.ts';
import { meanServiceOf } from './hall.ts';

/**
 * Figures of the reserve rule, each fitted on seed 1 of the frozen city (20 days) by a search that kept a mean of 3 minutes,
 * 25 % of reserve and the limits of long waits. How, and what they reach on other seeds: docs/planning.md.
 */
export const BY_DUE: ReserveTuning = {
  kind: 'foresight',
  plan: { share: 0.745, root: 0.083, offset: 0.301, last: 0 },
  byService: 0.479,
  call: { minutes: 9.178, bySize: 0.03, byCommitted: 3.664, most: 12.573 },
  letGo: { minutes: 2.008, bySize: 0.199, byLoad: 1.357, present: 0.356 },
  late: 1.014,
  ahead: { minutes: 7, lasting: 0.077, waiting: 0.128 },
};

/** The same for a mean of 2.7 minutes: what a city should set out with, because life is worse than any model. */
export const WITH_MARGIN: ReserveTuning = { ...BY_DUE };

interface Ordered {
  readonly order: Policy;
  readonly reserve: ReserveTuning;
}

const shortFirst = (minutes: number, guardMinutes: number): Policy => ({
  kind: 'short-first',
  minutes,
  meanMinutes: meanServiceOf(FROZEN_CITY),
  mostMinutes: 10,
  guardMinutes,
});

/** Short services a little before long ones. */
export const SHORT_FIRST: Ordered = { order: shortFirst(9, 5.3), reserve: BY_DUE };

/** The same where each opening of a window costs five minutes. */
export const AFTER_OPENINGS: Ordered = { ...SHORT_FIRST };
