import type { Day, Visit } from '../queue/day.ts';
import { dueBefore } from '../queue/dispatch.ts';
import { type Instant, MINUTE } from '../time/instant.ts';

/** How far the plan of the next half hour counts already, at a minute of this one. */
export function nextShare(minute: number): number {
  return Math.min(Math.max((minute - NEXT_FROM_MINUTE) / NEXT_WITHIN_MINUTES, 0), 1);
}

const NEXT_FROM_MINUTE = 14;
const NEXT_WITHIN_MINUTES = 20;

/** Those who wait in the order of being due, with the minutes left to each. */
export function slacksOf({ lines }: Day, now: Instant): { readonly minutes: number; readonly walkIn: boolean }[] {
  const waiting: Visit[] = [];
  for (const line of lines.values()) waiting.push(...line);
  return waiting
    .sort((a, b) => (dueBefore(a, b) ? -1 : 1))
    .map(({ due, slot }) => ({ minutes: (due - now) / MINUTE, walkIn: slot === null }));
}
