import { reserveWindows } from '../planning/waiting.ts';
import type { Instant } from '../time/instant.ts';
import type { Day } from './day.ts';
import { isWorking } from './dispatch.ts';
import { minutesOf } from './rules.ts';

/** What a hall should do now, and why. A person decides. */
export interface Advice {
  readonly kind: 'open-windows';
  readonly windows: number;
  readonly why: {
    readonly waiting: number;
    readonly open: number;
    readonly workMinutes: number;
    readonly targetMinutes: number;
  };
}

/** Looks at a day and says what should be done. Changes nothing. */
export type Suggest = (day: Day, now: Instant) => readonly Advice[];

/** The wait that a hall aims at: half the promise, so that a reserve window still comes in time. */
const TARGET_MINUTES = 7;

/** Open so many reserve windows that everything that waits is begun within the target (rule r*). */
export const suggestReserve: Suggest = (day) => {
  let waiting = 0;
  let workMinutes = 0;
  for (const line of day.lines.values()) {
    for (const { wishes, persons } of line) {
      waiting += 1;
      workMinutes += minutesOf(day.configuration, wishes.slice(0, 1), persons);
    }
  }
  if (waiting === 0) return [];
  const open = [...day.windows.values()].filter(isWorking).length;
  const windows = reserveWindows(waiting, open, workMinutes / waiting, TARGET_MINUTES);
  if (windows === 0) return [];
  return [{ kind: 'open-windows', windows, why: { waiting, open, workMinutes, targetMinutes: TARGET_MINUTES } }];
};
