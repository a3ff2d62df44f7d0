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
  plan: { share: 0.8919, root: 0.0052, offset: -0.8987, last: -0.0243 },
  byService: 0.5463,
  call: { minutes: 9.9867, bySize: -0.0179, byCommitted: 3.2138, most: 12.2842 },
  letGo: { minutes: 2.8511, bySize: 0.1237, byLoad: 2.9982, present: 0.802 },
  late: 0.9537,
  tooLate: 2.5,
  ahead: { minutes: 4, lasting: 0.3769, waiting: -0.0472 },
};

/** The same for a mean of 2.7 minutes: what a city should set out with, because life is worse than any model. */
export const WITH_MARGIN: ReserveTuning = {
  kind: 'foresight',
  plan: { share: 0.8879, root: -0.0155, offset: -0.7307, last: -0.0174 },
  byService: 0.3401,
  call: { minutes: 9.2227, bySize: -0.0332, byCommitted: 3.3007, most: 13.4556 },
  letGo: { minutes: 2.402, bySize: 0.209, byLoad: 3.1808, present: 0.8607 },
  late: 0.9444,
  tooLate: 2.5,
  ahead: { minutes: 6, lasting: 0.3683, waiting: -0.0504 },
};

interface Ordered {
  readonly order: Policy;
  readonly reserve: ReserveTuning;
}

/** Short services a little before long ones: `minutes` for each e-fold of the difference from the city's mean, at most so many. */
const shortFirst = (
  minutes: number,
  guardMinutes: number,
  appointmentGuardMinutes: number,
  mostMinutes: number,
): Policy => ({
  kind: 'short-first',
  minutes,
  meanMinutes: meanServiceOf(FROZEN_CITY),
  mostMinutes,
  guardMinutes,
  appointmentGuardMinutes,
});

export const SHORT_FIRST: Ordered = {
  order: shortFirst(7.6695, 5.2189, 2.9667, 10),
  reserve: {
    kind: 'foresight',
    plan: { share: 0.8595, root: 0.1355, offset: -1.0752, last: 0.0207 },
    byService: 0.6089,
    call: { minutes: 10.8999, bySize: 0.0117, byCommitted: 3.2263, most: 13.2479 },
    letGo: { minutes: 2.5984, bySize: 0.1356, byLoad: 1.1266, present: 0.2601 },
    late: 0.9032,
    tooLate: 2.5,
    ahead: { minutes: 4, lasting: 0.3502, waiting: -0.0476 },
  },
};

/** The same where each opening of a window costs five minutes. */
export const AFTER_OPENINGS: Ordered = {
  order: shortFirst(9.49, 4.6137, 2.9067, 8.58),
  reserve: {
    kind: 'foresight',
    plan: { share: 0.8257, root: 0.1915, offset: -0.9081, last: 0.0235 },
    byService: 0.6482,
    call: { minutes: 10.2704, bySize: 0.0965, byCommitted: 3.3239, most: 13.1505 },
    letGo: { minutes: 1.3263, bySize: 0.2307, byLoad: 1.8384, present: 0.6538 },
    late: 1.0168,
    tooLate: 3.3933,
    ahead: { minutes: 6, lasting: 0.2007, waiting: -0.0564 },
  },
};
