import type { Instant } from '../time/instant.ts';
import type { Day } from './day.ts';
import { readyWindow } from './decide.ts';
import type { Draft } from './events.ts';

/** Something that happens by itself: what, and when. */
export interface Timer {
  readonly dueAt: Instant;
  readonly drafts: readonly Draft[];
}

/** When the day next has something due by itself; null when it never has. */
export function nextDueAt(day: Day): Instant | null {
  if (day.opening === null || day.state === 'closed') return null;
  let next = day.state === 'open' ? day.opening.doorsClose : day.opening.end;
  for (const { readyAt } of day.windows.values()) {
    if (readyAt !== null && readyAt < next) next = readyAt;
  }
  return next;
}

/** The first thing that is due by `now`, or null. Settling takes it, applies it and asks again. */
export function dueTimer(day: Day, now: Instant): Timer | null {
  const dueAt = nextDueAt(day);
  if (dueAt === null || dueAt > now) return null;
  for (const window of day.windows.values()) {
    if (window.readyAt === dueAt) return { dueAt, drafts: readyWindow(day, window) };
  }
  if (day.state === 'open') return { dueAt, drafts: [{ kind: 'doors-closed', body: { day: day.key.day } }] };
  return { dueAt, drafts: closing(day) };
}

/** The day ends: who was not served lapses, every window closes, and nothing follows. */
function closing(day: Day): Draft[] {
  const drafts: Draft[] = [];
  for (const { visitId, groupId, windowId, state } of day.visits.values()) {
    if (state === 'waiting' || state === 'called' || state === 'serving') {
      drafts.push({ kind: 'visit-lapsed', body: { visitId, groupId, windowId } });
    }
  }
  for (const { windowId, state } of day.windows.values()) {
    if (state !== 'closed') drafts.push({ kind: 'window-closed', body: { windowId } });
  }
  drafts.push({ kind: 'day-closed', body: { day: day.key.day } });
  return drafts;
}
