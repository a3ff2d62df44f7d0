import { planOf } from '../core/planning/reserve.ts';
import type { RosterProblem } from '../core/planning/roster.ts';
import { patternsOf } from '../core/planning/shifts.ts';
import { FROZEN_CITY } from '../core/rehearsal/frozen-city.ts';
import { loadOf, unitLoad } from '../core/rehearsal/hall.ts';
import { BY_DUE } from '../core/rehearsal/tuned.ts';
import { inThread } from '../server/modules/planning/index.ts';
import { type Bench, figure } from './bench.ts';

const ROUNDS = 5;
const SLOTS = 24;

/** Shifts of so many half hours without breaks, as the references count them. */
const plain = (halfHours: number) =>
  Array.from({ length: SLOTS - halfHours + 1 }, (_, start) => ({
    slots: Array.from({ length: halfHours }, (_unused, slot) => start + slot),
    cost: halfHours / 2,
  }));

/** The rosters of all 129 centres for a day: shifts of 12, 8 and 6 hours, and with 4 hours and breaks. In a thread; the loop stays free. */
export const benchRoster: Bench = async ({ quick }) => {
  const unit = unitLoad(FROZEN_CITY);
  const needs = FROZEN_CITY.sites.map((site) => planOf(loadOf(unit, site), BY_DUE, site.windows));
  const simple = needs.map((need): RosterProblem => ({ need, shifts: [24, 16, 12].flatMap(plain) }));
  const whole = needs.map((need): RosterProblem => ({ need, shifts: patternsOf(SLOTS) }));
  const seconds: number[] = [];
  const withBreaks: number[] = [];
  const blocked: number[] = [];
  let overNeed = 0;
  for (let round = 0; round < (quick ? 1 : ROUNDS); round += 1) {
    const watch = watchLoop();
    const begun = performance.now();
    const rosters = await inThread('rosters', simple);
    const between = performance.now();
    await inThread('rosters', whole);
    seconds.push((between - begun) / 1_000);
    withBreaks.push((performance.now() - between) / 1_000);
    blocked.push(watch.stop());
    const paid = rosters.reduce((sum, { cost }) => sum + cost, 0);
    overNeed = paid / needs.reduce((sum, need) => sum + need.reduce((hours, windows) => hours + windows / 2, 0), 0);
  }
  return [
    figure('129 centres, shifts of 12, 8 and 6 hours', 's', seconds, { atMost: 10 }),
    figure('129 centres, with 4 hours, breaks and their places', 's', withBreaks),
    figure('paid hours over the need, 12, 8 and 6 hours', '×', [overNeed]),
    figure('longest time that the event loop was blocked', 'ms', blocked, { atMost: 50 }),
  ];
};

/** Looks at the loop every few milliseconds; gives the longest time that it did not come round, less the waiting itself. */
function watchLoop(): { stop(): number } {
  const EVERY_MS = 5;
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - EVERY_MS);
    last = now;
  }, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return longest;
    },
  };
}
