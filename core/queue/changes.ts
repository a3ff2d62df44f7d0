import type { Instant } from '../time/instant.ts';
import { type Alarm, placeOfAlarm } from './alarms.ts';
import type { Day, Journal, Visit, Window } from './day.ts';
import { dueBefore } from './dispatch.ts';
import type { VisitId, WindowId } from './ids.ts';
import { boundLine, lineName, rulesOf } from './rules.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** From now on changes of the day are noted in this journal; null: they are for good. */
export function noteIn(day: Day, journal: Journal | null): void {
  (day as Writable<Day>).journal = journal;
}

/** Takes back everything that a journal has noted. */
export function takeBack(journal: Journal): void {
  for (let undo = journal.pop(); undo !== undefined; undo = journal.pop()) undo();
}

export function change<T extends object>({ journal }: Day, target: T, patch: Partial<T>): void {
  const writable = target as Writable<T>;
  if (journal !== null) {
    const before: Partial<T> = {};
    for (const name in patch) before[name] = target[name];
    journal.push(() => void Object.assign(writable, before));
  }
  for (const name in patch) writable[name] = patch[name] as T[typeof name];
}

export function put<K, V>({ journal }: Day, map: ReadonlyMap<K, V>, key: K, value: V): void {
  const writable = map as Map<K, V>;
  if (journal !== null) {
    const before = writable.get(key);
    journal.push(before === undefined ? () => void writable.delete(key) : () => void writable.set(key, before));
  }
  writable.set(key, value);
}

/** Changes a visit; what happens to it by itself follows. */
export function changeVisit(day: Day, visit: Visit, patch: Partial<Visit>): void {
  const { wait, hold, boundUntil, comeBy } = visit;
  change(day, visit, patch);
  const { visitId } = visit;
  moveVisitAlarm(day, wait.breaksAt, visit.wait.breaksAt, 'promise', visitId);
  moveVisitAlarm(day, hold?.until ?? null, visit.hold?.until ?? null, 'hold', visitId);
  moveVisitAlarm(day, boundUntil, visit.boundUntil, 'bound', visitId);
  moveVisitAlarm(day, comeBy, visit.comeBy, 'come', visitId);
}

/** Changes a window; what happens to it by itself, and whether it is among the free ones, follows. */
export function changeWindow(day: Day, window: Window, patch: Partial<Window>): void {
  const { readyAt, answerBy, state, windowId } = window;
  change(day, window, patch);
  moveWindowAlarm(day, readyAt, window.readyAt, 'ready', windowId);
  moveWindowAlarm(day, answerBy, window.answerBy, 'answer', windowId);
  if (state !== window.state) moveAmongFree(day, window, state === 'free');
}

function moveAmongFree(day: Day, window: Window, wasFree: boolean): void {
  const free = day.free as Set<Window>;
  const isFree = window.state === 'free';
  if (wasFree) free.delete(window);
  if (isFree) free.add(window);
  day.journal?.push(() => {
    if (isFree) free.delete(window);
    if (wasFree) free.add(window);
  });
}

type OfVisit = Extract<Alarm, { visitId: VisitId }>;
type OfWindow = Extract<Alarm, { windowId: WindowId }>;

function moveVisitAlarm(day: Day, before: Instant | null, at: Instant | null, kind: OfVisit['kind'], visitId: VisitId) {
  if (before === at) return;
  if (before !== null) dropAlarm(day, { at: before, kind, visitId });
  if (at !== null) addAlarm(day, { at, kind, visitId });
}

function moveWindowAlarm(
  day: Day,
  before: Instant | null,
  at: Instant | null,
  kind: OfWindow['kind'],
  windowId: WindowId,
) {
  if (before === at) return;
  if (before !== null) dropAlarm(day, { at: before, kind, windowId });
  if (at !== null) addAlarm(day, { at, kind, windowId });
}

function addAlarm({ alarms, journal }: Day, alarm: Alarm): void {
  const list = alarms as Alarm[];
  list.splice(placeOfAlarm(list, alarm), 0, alarm);
  journal?.push(() => void list.splice(placeOfAlarm(list, alarm), 1));
}

function dropAlarm({ alarms, journal }: Day, alarm: Alarm): void {
  const list = alarms as Alarm[];
  list.splice(placeOfAlarm(list, alarm), 1);
  journal?.push(() => void list.splice(placeOfAlarm(list, alarm), 0, alarm));
}

/** The line in which a visit waits: that of its group and the skill it takes, or that of the window it is bound to. */
export function lineOf({ configuration }: Day, { groupId, wishes, boundUntil }: Visit): string {
  const [wish] = wishes;
  if (wish === undefined) throw new Error(`a visit of ${groupId} that wants nothing cannot wait`);
  if (boundUntil !== null && wish.windowId !== null) return boundLine(wish.windowId);
  return lineName(groupId, rulesOf(configuration).services.get(wish.serviceId)?.level ?? 1);
}

/** Puts a visit into its line, which is sorted by the order of being due. */
export function line(day: Day, visit: Visit): void {
  const name = lineOf(day, visit);
  const known = day.lines.get(name) as Visit[] | undefined;
  const waiting = known ?? [];
  let place = waiting.length;
  while (place > 0 && dueBefore(visit, waiting[place - 1] as Visit)) place -= 1;
  waiting.splice(place, 0, visit);
  day.journal?.push(() => void waiting.splice(place, 1));
  if (known === undefined) put(day, day.lines, name, waiting);
}

/** Takes a visit out of its line. */
export function unline(day: Day, visit: Visit): void {
  const waiting = day.lines.get(lineOf(day, visit)) as Visit[] | undefined;
  const place = waiting?.indexOf(visit) ?? -1;
  if (waiting === undefined || place < 0) throw new Error(`visit ${visit.number} is not waiting`);
  waiting.splice(place, 1);
  day.journal?.push(() => void waiting.splice(place, 0, visit));
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
export type Apply<Body> = (day: Day, body: Body, at: Instant) => void;
