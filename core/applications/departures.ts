import {
  addDays,
  type CivilDate,
  civilDateOf,
  type CivilTime,
  instantOf,
  type TimeZone,
  type Weekday,
  weekdayOf,
} from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';

/** When a courier leaves for an agency: each week on that day, by the clock on the centre's wall. */
export interface Departure {
  readonly agencyId: string;
  readonly weekday: Weekday;
  readonly leavesAt: CivilTime;
}

const WEEK = 7;

/** When the next courier leaves for an agency; null where none ever does. A paper that comes in that very minute is too late. */
export function nextDeparture(
  departures: readonly Departure[],
  agencyId: string,
  now: Instant,
  zone: TimeZone,
): Instant | null {
  const today = civilDateOf(now, zone);
  const days = Array.from({ length: WEEK + 1 }, (_, ahead) => addDays(today, ahead));
  const leaving = days.flatMap((day) =>
    departures
      .filter((one) => one.agencyId === agencyId && one.weekday === weekdayOf(day))
      .map(({ leavesAt }) => instantOf(day, leavesAt, zone)),
  );
  return leaving.filter((at) => at > now).toSorted((a, b) => a - b)[0] ?? null;
}

/** True when what has to leave by a day would go only later. */
export function leavesTooLate(leavesAt: Instant | null, dispatchBy: CivilDate | null, zone: TimeZone): boolean {
  return leavesAt !== null && dispatchBy !== null && civilDateOf(leavesAt, zone) > dispatchBy;
}
