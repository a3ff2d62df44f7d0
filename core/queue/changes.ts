import type { Instant } from '../time/instant.ts';
import { type Alarm, alarmsOfVisit, alarmsOfWindow, placeOfAlarm } from './alarms.ts';
import type { Day, Visit, Window } from './day.ts';
import { dueBefore } from './dispatch.ts';
import type { VisitId, WindowId } from './ids.ts';
import { lineName, rulesOf } from './rules.ts';

/** Takes back what one event changed. Undos run in the reverse order of their events. */
export type Undo = () => void;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export function change<T extends object>(target: T, patch: Partial<T>): Undo {
  const writable = target as Writable<T>;
  const before: Partial<T> = {};
  for (const name in patch) before[name] = target[name];
  Object.assign(writable, patch);
  return () => void Object.assign(writable, before);
}

export function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Undo {
  const writable = map as Map<K, V>;
  const before = writable.get(key);
  writable.set(key, value);
  return before === undefined ? () => void writable.delete(key) : () => void writable.set(key, before);
}

export function inReverse(undos: readonly Undo[]): Undo {
  return () => {
    for (let index = undos.length - 1; index >= 0; index -= 1) (undos[index] as Undo)();
  };
}

/** Changes a visit; what happens to it by itself follows. */
export function changeVisit(day: Day, visit: Visit, patch: Partial<Visit>): Undo {
  const timed = 'wait' in patch || 'hold' in patch || 'boundUntil' in patch || 'comeBy' in patch;
  return timed ? withAlarms(day, visit, patch, alarmsOfVisit) : change(visit, patch);
}

/** Changes a window; what happens to it by itself follows. */
export function changeWindow(day: Day, window: Window, patch: Partial<Window>): Undo {
  const timed = 'readyAt' in patch || 'answerBy' in patch;
  return timed ? withAlarms(day, window, patch, alarmsOfWindow) : change(window, patch);
}

function withAlarms<T extends object>(day: Day, target: T, patch: Partial<T>, alarmsOf: (target: T) => Alarm[]): Undo {
  const before = alarmsOf(target);
  const undo = change(target, patch);
  const after = alarmsOf(target);
  const undos = [undo];
  for (const alarm of before) if (!holds(after, alarm)) undos.push(dropAlarm(day, alarm));
  for (const alarm of after) if (!holds(before, alarm)) undos.push(addAlarm(day, alarm));
  return inReverse(undos);
}

function holds(alarms: readonly Alarm[], { at, kind }: Alarm): boolean {
  return alarms.some((alarm) => alarm.kind === kind && alarm.at === at);
}

export function addAlarm(day: Day, alarm: Alarm): Undo {
  const alarms = day.alarms as Alarm[];
  alarms.splice(placeOfAlarm(alarms, alarm), 0, alarm);
  return () => void alarms.splice(placeOfAlarm(alarms, alarm), 1);
}

function dropAlarm(day: Day, alarm: Alarm): Undo {
  const alarms = day.alarms as Alarm[];
  alarms.splice(placeOfAlarm(alarms, alarm), 1);
  return () => void alarms.splice(placeOfAlarm(alarms, alarm), 0, alarm);
}

/** The line in which a visit waits: that of its group and the skill it takes, or that of the window it is bound to. */
export function lineOf({ configuration }: Day, { groupId, wishes, boundUntil }: Visit): string {
  const [wish] = wishes;
  if (wish === undefined) throw new Error(`a visit of ${groupId} that wants nothing cannot wait`);
  if (boundUntil !== null && wish.windowId !== null) return `window/${wish.windowId}`;
  return lineName(groupId, rulesOf(configuration).services.get(wish.serviceId)?.level ?? 1);
}

/** Puts a visit into its line, which is sorted by the order of being due. */
export function line(day: Day, visit: Visit): Undo {
  const name = lineOf(day, visit);
  const known = day.lines.get(name) as Visit[] | undefined;
  const waiting = known ?? [];
  let place = waiting.length;
  while (place > 0 && dueBefore(visit, waiting[place - 1] as Visit)) place -= 1;
  waiting.splice(place, 0, visit);
  const undo = known === undefined ? put(day.lines, name, waiting) : null;
  return () => {
    waiting.splice(place, 1);
    undo?.();
  };
}

/** Takes a visit out of its line. */
export function unline(day: Day, visit: Visit): Undo {
  const waiting = day.lines.get(lineOf(day, visit)) as Visit[] | undefined;
  const place = waiting?.indexOf(visit) ?? -1;
  if (waiting === undefined || place < 0) throw new Error(`visit ${visit.number} is not waiting`);
  waiting.splice(place, 1);
  return () => void waiting.splice(place, 0, visit);
}

export function visitOf(day: Day, visitId: VisitId): Visit {
  const visit = day.visits.get(visitId);
  if (visit === undefined) throw new Error(`no visit ${visitId}`);
  return visit;
}

export function windowOf(day: Day, windowId: WindowId): Window {
  const window = day.windows.get(windowId);
  if (window === undefined) throw new Error(`no window ${windowId}`);
  return window;
}

/** What applies one kind of event: the day, its body in the newest shape, and when it happened. */
export type Apply<Body> = (day: Day, body: Body, at: Instant) => Undo;
