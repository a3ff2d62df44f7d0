import { addDays, type CivilTime, civilDateOf, instantOf, minuteOfDay, type TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';

/** Hours without calls: from one wall-clock time to another, over midnight where the beginning is later than the end. */
export interface QuietHours {
  readonly from: CivilTime;
  readonly to: CivilTime;
}

export const USUAL_QUIET: QuietHours = { from: '21:00', to: '09:00' };

/** The first moment from this one on that is not quiet. */
export function afterQuiet({ from, to }: QuietHours, at: Instant, zone: TimeZone): Instant {
  if (from === to) return at;
  const minute = minuteOfDay(at, zone);
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  const isQuiet = begins < ends ? minute >= begins && minute < ends : minute >= begins || minute < ends;
  if (!isQuiet) return at;
  const today = civilDateOf(at, zone);
  return instantOf(minute < ends ? today : addDays(today, 1), to, zone);
}

function minuteOf(time: CivilTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** How often a message is tried before a person has to look. */
export const ATTEMPTS_MAX = 10;

/** How long to wait after so many attempts that failed: half a minute, then twice as long each time, an hour at most. */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
}
