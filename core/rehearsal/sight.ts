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
  const used = [...lines.values()].filter((line) => line.length > 0);
  // A line is in the order of being due; only several have to be put together.
  const waiting: readonly Visit[] =
    used.length === 1 ? (used[0] as readonly Visit[]) : used.flat().sort((a, b) => (dueBefore(a, b) ? -1 : 1));
  return waiting.map(({ due, slot }) => ({ minutes: (due - now) / MINUTE, walkIn: slot === null }));
}
