import { MINUTE, type Instant } from '../time/instant.ts';
import type { Day } from './day.ts';
import { isWorking } from './dispatch.ts';
import type { Wish } from './events.ts';
import { minutesOf } from './rules.ts';

export const HALF_HOUR = 30 * MINUTE;

/**
 * True while a visitor who came now with these wishes would be served by closing and the grace after it. What is left of
 * the plan (or of the windows that are open, where there is no plan) must be enough for everybody still to be served.
 */
export function isTimeLeft(day: Day, wishes: readonly Wish[], persons: number, now: Instant): boolean {
  return isTimeFor(day, minutesOf(day.configuration, wishes, persons), now);
}

/** The same for a visitor who needs this many minutes of service. */
export function isTimeFor(day: Day, minutes: number, now: Instant): boolean {
  const { opening, configuration } = day;
  const grace = configuration.closingGraceMinutes;
  if (opening === null || grace === null) return true;
  const until = opening.doorsClose + grace * MINUTE;
  const capacity = windowMinutes(day, Math.max(now, opening.doorsOpen), until);
  return capacity === null || workAhead(day) + minutes <= capacity;
}

/** The window minutes between two moments: by the plan until the doors close, then by the windows that stay. */
function windowMinutes(day: Day, from: Instant, until: Instant): number | null {
  const { plannedWindows } = day.configuration;
  const open = [...day.windows.values()].filter(isWorking).length;
  if (plannedWindows.length === 0) return open === 0 ? null : (open * Math.max(0, until - from)) / MINUTE;
  let minutes = 0;
  for (let at = from; at < until;) {
    const next = Math.min(until, nextHalfHour(day, at));
    minutes += (plannedAt(day, at) * (next - at)) / MINUTE;
    at = next;
  }
  return minutes;
}

/** How many windows the plan has at a moment; after its end as many as in its last half hour. */
export function plannedAt({ opening, configuration }: Day, at: Instant): number {
  const half = Math.floor((at - (opening?.doorsOpen ?? at)) / HALF_HOUR);
  const { plannedWindows } = configuration;
  return plannedWindows[Math.min(Math.max(half, 0), plannedWindows.length - 1)] ?? 0;
}

/** The end of the half hour of the plan that contains a moment. */
export function nextHalfHour({ opening }: Day, at: Instant): Instant {
  const start = opening?.doorsOpen ?? at;
  return start + (Math.floor((at - start) / HALF_HOUR) + 1) * HALF_HOUR;
}

/** The minutes of service that everybody in the hall still needs; a visitor at a window counts as half done. */
function workAhead(day: Day): number {
  let minutes = 0;
  for (const line of day.lines.values()) {
    for (const { wishes, persons } of line) minutes += minutesOf(day.configuration, wishes, persons);
  }
  for (const { visitId } of day.windows.values()) {
    const visit = visitId === null ? undefined : day.visits.get(visitId);
    if (visit !== undefined) minutes += minutesOf(day.configuration, visit.wishes, visit.persons) / 2;
  }
  return minutes;
}
