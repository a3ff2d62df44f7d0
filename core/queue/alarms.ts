import type { Alarm, Visit, Window } from './day.ts';

/** The alarms of a window, as its fields say. */
export function alarmsOfWindow({ windowId, readyAt, answerBy }: Window): Alarm[] {
  const alarms: Alarm[] = [];
  if (readyAt !== null) alarms.push({ at: readyAt, kind: 'ready', windowId });
  if (answerBy !== null) alarms.push({ at: answerBy, kind: 'answer', windowId });
  return alarms;
}

/** The alarms of a visit, as its fields say. */
export function alarmsOfVisit({ visitId, wait, hold, boundUntil, comeBy }: Visit): Alarm[] {
  const alarms: Alarm[] = [];
  if (wait.breaksAt !== null) alarms.push({ at: wait.breaksAt, kind: 'promise', visitId });
  if (hold !== null) alarms.push({ at: hold.until, kind: 'hold', visitId });
  if (boundUntil !== null) alarms.push({ at: boundUntil, kind: 'bound', visitId });
  if (comeBy !== null) alarms.push({ at: comeBy, kind: 'come', visitId });
  return alarms;
}

/** At one moment a promise is broken before anything else happens, so that nothing hides it; then one order for all nodes. */
const RANK: Record<Alarm['kind'], number> = { promise: 0, hold: 1, bound: 2, ready: 3, answer: 4, come: 5 };

export function soonerAlarm(a: Alarm, b: Alarm): number {
  return a.at - b.at || RANK[a.kind] - RANK[b.kind] || compare(subjectOf(a), subjectOf(b));
}

function subjectOf(alarm: Alarm): string | number {
  return 'visitId' in alarm ? alarm.visitId : alarm.windowId;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The place of an alarm in the sorted list, or where it would go. */
export function placeOfAlarm(alarms: readonly Alarm[], alarm: Alarm): number {
  let low = 0;
  let high = alarms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (soonerAlarm(alarms[middle] as Alarm, alarm) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
