import type { Day, Visit, Window } from './day.ts';
import type { GroupId } from './ids.ts';

/** The order of calling: earliest due first; of equals, the one who took a ticket first, then by number. */
export function callsBefore(a: Visit, b: Visit): boolean {
  if (a.due !== b.due) return a.due < b.due;
  if (a.takenAt !== b.takenAt) return a.takenAt < b.takenAt;
  return a.number.length !== b.number.length ? a.number.length < b.number.length : a.number < b.number;
}

/** Whom a window that serves these groups calls next: the first in the order of calling, or nobody. */
export function nextVisit(day: Day, groupIds: readonly GroupId[]): Visit | null {
  let next: Visit | null = null;
  for (const groupId of groupIds) {
    const head = day.waiting.get(groupId)?.[0];
    if (head !== undefined && (next === null || callsBefore(head, next))) next = head;
  }
  return next;
}

/**
 * The free window that a visitor of this group goes to: the least flexible one, so that those who can
 * do more stay free for those who need it; then the one longest idle; then the lowest number.
 */
export function freeWindow(day: Day, groupId: GroupId): Window | null {
  let best: Window | null = null;
  for (const window of day.windows.values()) {
    if (window.state !== 'free' || !window.groupIds.includes(groupId)) continue;
    if (best === null || preferred(window, best)) best = window;
  }
  return best;
}

function preferred(a: Window, b: Window): boolean {
  if (a.groupIds.length !== b.groupIds.length) return a.groupIds.length < b.groupIds.length;
  if (a.since !== b.since) return a.since < b.since;
  return a.windowId < b.windowId;
}
