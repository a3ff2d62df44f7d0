import { MINUTE, type Instant } from '../time/instant.ts';
import type { Day } from './day.ts';
import { isWorking, mayServe } from './dispatch.ts';

/** What a hall should keep to; a breach is an alert until it is over. */
export const NORMS = ['long-wait', 'long-line', 'no-window'] as const;
export type Norm = (typeof NORMS)[number];

export interface NormLimits {
  /** Minutes that a visitor has waited: early enough to act before the promise is broken. */
  readonly waitMinutes: number;
  /** Waiting visitors for each window at work. */
  readonly perWindow: number;
}

export const USUAL_NORMS: NormLimits = { waitMinutes: 10, perWindow: 3 };

/** A norm that is not kept now. `value` in minutes, visits a window, or visits. */
export interface NormBreach {
  readonly norm: Norm;
  readonly value: number;
  readonly limit: number;
}

/** Which norms a hall does not keep. A hall at rest, or standing still, keeps them all. */
export function normBreaches(day: Day, { waitMinutes, perWindow }: NormLimits, now: Instant): NormBreach[] {
  if (day.state === 'unopened' || day.state === 'closed' || day.stopped !== null) return [];
  const working = [...day.windows.values()].filter(isWorking);
  let longest = 0;
  let waiting = 0;
  let unserved = 0;
  for (const line of day.lines.values()) {
    waiting += line.length;
    for (const visit of line) {
      const { from, before } = visit.wait;
      longest = Math.max(longest, before + (from === null ? 0 : Math.max(0, now - from)));
      if (!working.some((window) => mayServe(day, window, visit))) unserved += 1;
    }
  }
  const breaches: NormBreach[] = [];
  const minutes = Math.floor(longest / MINUTE);
  if (minutes >= waitMinutes) breaches.push({ norm: 'long-wait', value: minutes, limit: waitMinutes });
  const each = Math.ceil(waiting / Math.max(1, working.length));
  if (each > perWindow) breaches.push({ norm: 'long-line', value: each, limit: perWindow });
  if (unserved > 0) breaches.push({ norm: 'no-window', value: unserved, limit: 0 });
  return breaches;
}
