import type { Instant } from '../time/instant.ts';
import { placeOfAlarm, soonerAlarm } from './alarms.ts';
import type { Alarm, Day, Journal, Visit, Window } from './day.ts';
import { dueBefore } from './dispatch.ts';
import type { VisitId, WindowId } from './ids.ts';
import { boundLine, lineName, rulesOf } from './rules.ts';

export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** From now on changes of the day are noted in this journal; null: they are for good. */
export function noteIn(day: Day, journal: Journal | null): void {
  (day as Writable<Day>).journal = journal;
}

/** A journal in which nothing is noted yet. */
export function newJournal(): Journal {
  return { undo: [], changed: [], before: [] };
}

/** Takes back everything that a journal has noted. */
export function takeBack(day: Day, { undo, changed, before }: Journal): void {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) step();
  changed.forEach((target, place) => Object.assign(target, before[place]));
  noteIn(day, null);
}

/** Writes into something of the day. What is written must be known before: inside it is half changed. */
type Write<T> = (its: Writable<T>) => void;

/**
 * Changes something of the day. Fields are written by name and not from a patch: this is the hottest place
 * of the whole queue, and a loop over the names of a patch costs five times as much.
 */
export function change<T extends object>({ journal }: Day, target: T, write: Write<T>): void {
  // What something was before the first change is enough, and a command changes few things.
  if (journal !== null && !journal.changed.includes(target)) {
    journal.changed.push(target);
    journal.before.push({ ...target });
  }
  write(target);
}

export function put<K, V>({ journal }: Day, map: ReadonlyMap<K, V>, key: K, value: V): void {
  const writable = map as Map<K, V>;
  if (journal !== null) {
    const before = writable.get(key);
    journal.undo.push(before === undefined ? () => void writable.delete(key) : () => void writable.set(key, before));
  }
  writable.set(key, value);
}

/** A visit that is over and that nobody will ask about: a rehearsal of a year does not keep what it has counted. */
export function forget({ visits, journal }: Day, visitId: VisitId): void {
  if (journal !== null) throw new Error('what may be taken back is not forgotten');
  (visits as Map<VisitId, Visit>).delete(visitId);
}

/** Changes the day itself. */
export function changeDay(day: Day, write: Write<Day>): void {
  change<Day>(day, day, write);
}

/** Changes a visit; what happens to it by itself follows. */
export function changeVisit(day: Day, visit: Visit, write: Write<Visit>): void {
  const { wait, hold, boundUntil, comeBy } = visit;
  change(day, visit, write);
  const { visitId } = visit;
  moveVisitAlarm(day, wait.breaksAt, visit.wait.breaksAt, 'promise', visitId);
  moveVisitAlarm(day, hold?.until ?? null, visit.hold?.until ?? null, 'hold', visitId);
  moveVisitAlarm(day, boundUntil, visit.boundUntil, 'bound', visitId);
  moveVisitAlarm(day, comeBy, visit.comeBy, 'come', visitId);
}

/** Changes a window; what happens to it by itself, and whether it is among the free ones, follows. */
export function changeWindow(day: Day, window: Window, write: Write<Window>): void {
  const { readyAt, answerBy, state, windowId } = window;
  change(day, window, write);
  moveWindowAlarm(day, readyAt, window.readyAt, 'ready', windowId);
  moveWindowAlarm(day, answerBy, window.answerBy, 'answer', windowId);
  if (state !== window.state) moveAmongFree(day, window, state === 'free');
}

function moveAmongFree(day: Day, window: Window, wasFree: boolean): void {
  const free = day.free as Set<Window>;
  const isFree = window.state === 'free';
  if (wasFree) free.delete(window);
  if (isFree) free.add(window);
  day.journal?.undo.push(() => {
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
  journal?.undo.push(() => void takeAlarm(list, alarm));
}

function dropAlarm({ alarms, journal }: Day, alarm: Alarm): void {
  const list = alarms as Alarm[];
  takeAlarm(list, alarm);
  journal?.undo.push(() => void list.splice(placeOfAlarm(list, alarm), 0, alarm));
}

/** Takes an alarm from the list, if it is there: one that was set aside is not. */
function takeAlarm(list: Alarm[], alarm: Alarm): boolean {
  const place = placeOfAlarm(list, alarm);
  const found = list[place];
  if (found === undefined || soonerAlarm(found, alarm) !== 0) return false;
  list.splice(place, 1);
  return true;
}

/** An alarm that cannot be settled does not ring in this memory of the day, which goes on without it. False where it is not there. */
export function setAside({ alarms }: Day, alarm: Alarm): boolean {
  return takeAlarm(alarms as Alarm[], alarm);
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
  day.journal?.undo.push(() => void waiting.splice(place, 1));
  if (known === undefined) put(day, day.lines, name, waiting);
}

/** Takes a visit out of its line. */
export function unline(day: Day, visit: Visit): void {
  const waiting = day.lines.get(lineOf(day, visit)) as Visit[] | undefined;
  const place = waiting?.indexOf(visit) ?? -1;
  if (waiting === undefined || place < 0) throw new Error(`visit ${visit.number} is not waiting`);
  waiting.splice(place, 1);
  day.journal?.undo.push(() => void waiting.splice(place, 0, visit));
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
