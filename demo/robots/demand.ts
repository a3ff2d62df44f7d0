import type { Centre } from '../../contract/network.ts';
import { minuteOfDay, type TimeZone } from '../../core/time/civil.ts';
import type { Instant } from '../../core/time/instant.ts';
import { demoGroups } from '../city/groups.ts';

/** How many visitors a window of a demo centre sees on a day: 129 centres then receive about 70,000. */
export const VISITS_A_WINDOW = 15;

/**
 * How the day's visitors spread over its half hours: a quick morning, a peak before noon, a long afternoon,
 * a quiet last hour. Stretched over the centre's own hours.
 */
export const SHAPE_OF_A_DAY = [
  3, 3.9, 4.6, 5, 5.3, 5.5, 5.6, 5.6, 5.4, 5.1, 4.8, 4.6, 4.5, 4.4, 4.4, 4.4, 4.3, 4.2, 4, 3.8, 3.4, 2.9, 2.2, 1.6,
];
const HALF_HOURS_SUM = SHAPE_OF_A_DAY.reduce((sum, weight) => sum + weight, 0);

/** How many visitors an hour a centre expects at this moment; 0 outside its hours. */
export function arrivalsAnHour(centre: Centre, at: Instant): number {
  if (centre.doors === null) return 0;
  const zone = centre.timeZone as TimeZone;
  const opens = minuteOfDay(centre.doors.opens, zone);
  const closes = minuteOfDay(centre.doors.closes, zone);
  const place = (minuteOfDay(at, zone) - opens) / (closes - opens);
  if (place < 0 || place >= 1) return 0;
  const share = (SHAPE_OF_A_DAY[Math.floor(place * SHAPE_OF_A_DAY.length)] ?? 0) / HALF_HOURS_SUM;
  const halfHours = (closes - opens) / 30;
  return 2 * centre.windows * VISITS_A_WINDOW * share * (SHAPE_OF_A_DAY.length / halfHours);
}

/** How many windows to staff: the offered load and a little more than its square root (square-root rule), as far as there are windows. */
export function windowsNeeded(centre: Centre, at: Instant, windows: number): number {
  const load = (arrivalsAnHour(centre, at) / 60) * MINUTES_A_VISIT;
  return Math.max(1, Math.min(windows, Math.ceil(load + 0.6 * Math.sqrt(load))));
}

/** The window's time for a visit on average, with the walk and the rest after it. */
const MINUTES_A_VISIT =
  demoGroups.reduce((sum, { share, serviceMinutesMean }) => sum + (share / 100) * serviceMinutesMean, 0) + 0.6;
