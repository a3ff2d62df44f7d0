import { MINUTE, SECOND, type Instant } from '../time/instant.ts';
import type { ConfigurationOf, Day, Visit, VisitState, Window } from './day.ts';
import { callsBefore } from './dispatch.ts';
import { type EventBodies, type EventKind, happenedAt, type QueueEvent } from './events.ts';
import type { VisitId, WindowId } from './ids.ts';

/** Takes back what one event changed. Undos run in the reverse order of their events. */
export type Undo = () => void;

/** A fold met an event that it cannot read: the day is unreadable from there on. */
export class UnreadableEvent extends Error {
  readonly seq: number;

  constructor(seq: number, reason: string, options?: ErrorOptions) {
    super(`event ${seq}: ${reason}`, options);
    this.name = 'UnreadableEvent';
    this.seq = seq;
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Apply<Kind extends EventKind> = (day: Day, body: EventBodies[Kind], at: Instant, rules: ConfigurationOf) => Undo;

/**
 * Changes the day by one event, in place, and gives back how to take it back.
 * Throws UnreadableEvent, with the day unchanged, when the event does not follow or is of an unknown kind or version.
 */
export function evolve(day: Day, event: QueueEvent, rules: ConfigurationOf): Undo {
  if (event.seq !== day.seq + 1) throw new UnreadableEvent(event.seq, `does not follow ${day.seq}`);
  if (event.v !== 1 || !(event.kind in appliers)) {
    throw new UnreadableEvent(event.seq, `unknown kind ${event.kind} version ${event.v}`);
  }
  const undos: Undo[] = [];
  try {
    const apply = appliers[event.kind] as Apply<EventKind>;
    undos.push(apply(day, event.body, happenedAt(event), rules));
  } catch (error) {
    throw new UnreadableEvent(event.seq, 'does not fit the day', { cause: error });
  }
  undos.push(change<Day>(day, { seq: event.seq, at: event.at, epoch: event.epoch }));
  if (event.command !== null) {
    undos.push(put(day.commands, event.command.id, { ...event.command, seq: event.seq }));
  }
  return inReverse(undos);
}

/** Folds events one after another; gives back one undo for all. On an unreadable event those before it stay. */
export function evolveAll(day: Day, events: Iterable<QueueEvent>, rules: ConfigurationOf): Undo {
  const undos: Undo[] = [];
  for (const event of events) undos.push(evolve(day, event, rules));
  return inReverse(undos);
}

const appliers: { readonly [Kind in EventKind]: Apply<Kind> } = {
  'day-opened': (day, body, at, rules) => {
    const configuration = rules(body.configuration);
    const windows = configuration.windows.map(
      ({ windowId, groupIds }) => [windowId, closedWindow(windowId, groupIds, at)] as const,
    );
    return change<Day>(day, {
      state: 'open',
      opening: body,
      configuration,
      windows: new Map(windows),
      waiting: new Map(configuration.groups.map(({ groupId }) => [groupId, []])),
      given: new Map(configuration.groups.map(({ groupId }) => [groupId, 0])),
    });
  },

  'visit-taken': (day, body, at) => {
    const visit: Visit = {
      ...body,
      takenAt: at,
      state: 'waiting',
      calledAt: null,
      startedAt: null,
      endedAt: null,
      windowId: null,
      specialistId: null,
    };
    return inReverse([
      put(day.visits, visit.visitId, visit),
      put(day.given, body.groupId, (day.given.get(body.groupId) ?? 0) + 1),
      line(day, visit),
    ]);
  },

  'window-opened': (day, { windowId, specialistId, groupIds }, at) =>
    change(windowOf(day, windowId), { state: 'not-ready', since: at, specialistId, groupIds, readyAt: null }),

  'window-ready': (day, { windowId }, at) =>
    change(windowOf(day, windowId), { state: 'free', since: at, readyAt: null, pauseReason: null }),

  'visit-called': (day, { visitId, windowId }, at) => {
    const visit = visitOf(day, visitId);
    const window = windowOf(day, windowId);
    return inReverse([
      unline(day, visit),
      change(visit, { state: 'called', calledAt: at, windowId, specialistId: window.specialistId }),
      change(window, { state: 'calling', since: at, visitId }),
    ]);
  },

  'service-started': (day, { visitId, windowId }, at) =>
    inReverse([
      change(visitOf(day, visitId), { state: 'serving', startedAt: at }),
      change(windowOf(day, windowId), { state: 'serving', since: at }),
    ]),

  'service-finished': (day, body, at) => leave(day, body, 'finished', at),

  'visit-no-show': (day, body, at) => leave(day, body, 'no-show', at),

  'visit-lapsed': (day, { visitId }, at) => {
    const visit = visitOf(day, visitId);
    const undos = [change<Visit>(visit, { endedAt: at })];
    if (visit.state === 'waiting') undos.push(unline(day, visit));
    else if (visit.windowId !== null) undos.push(rest(day, visit.windowId, at));
    undos.push(change<Visit>(visit, { state: 'lapsed' }));
    return inReverse(undos);
  },

  'window-paused': (day, { windowId, reason }, at) =>
    change(windowOf(day, windowId), { state: 'paused', since: at, pauseReason: reason, readyAt: null }),

  'window-closed': (day, { windowId }, at) => {
    const window = windowOf(day, windowId);
    return change(window, closedWindow(windowId, [...window.equippedFor], at));
  },

  'doors-closed': (day) => change<Day>(day, { state: 'doors-closed' }),

  'day-closed': (day) => change<Day>(day, { state: 'closed' }),
};

function closedWindow(windowId: WindowId, groupIds: readonly string[], at: Instant): Window {
  return {
    windowId,
    equippedFor: new Set(groupIds),
    state: 'closed',
    since: at,
    specialistId: null,
    groupIds: [],
    visitId: null,
    pauseReason: null,
    readyAt: null,
  };
}

/** The visitor goes away from the window, which rests until it is ready again. */
function leave(day: Day, at: { visitId: VisitId; windowId: WindowId }, state: VisitState, when: Instant): Undo {
  return inReverse([change(visitOf(day, at.visitId), { state, endedAt: when }), rest(day, at.windowId, when)]);
}

function rest(day: Day, windowId: WindowId, at: Instant): Undo {
  const { readyAfterSeconds } = day.configuration;
  const readyAt = readyAfterSeconds === null ? null : at + readyAfterSeconds * SECOND;
  return change(windowOf(day, windowId), { state: 'not-ready', since: at, visitId: null, readyAt });
}

/** Puts a visit into its group's line, which is sorted by the order of calling. */
function line(day: Day, visit: Visit): Undo {
  const waiting = lineOf(day, visit);
  let place = waiting.length;
  while (place > 0 && callsBefore(visit, waiting[place - 1] as Visit)) place -= 1;
  waiting.splice(place, 0, visit);
  return () => void waiting.splice(place, 1);
}

function unline(day: Day, visit: Visit): Undo {
  const waiting = lineOf(day, visit);
  const place = waiting.indexOf(visit);
  if (place < 0) throw new Error(`visit ${visit.number} is not waiting`);
  waiting.splice(place, 1);
  return () => void waiting.splice(place, 0, visit);
}

function lineOf(day: Day, visit: Visit): Visit[] {
  const waiting = day.waiting.get(visit.groupId);
  if (waiting === undefined) throw new Error(`no group ${visit.groupId}`);
  return waiting as Visit[];
}

function visitOf(day: Day, visitId: VisitId): Visit {
  const visit = day.visits.get(visitId);
  if (visit === undefined) throw new Error(`no visit ${visitId}`);
  return visit;
}

function windowOf(day: Day, windowId: WindowId): Window {
  const window = day.windows.get(windowId);
  if (window === undefined) throw new Error(`no window ${windowId}`);
  return window;
}

function change<T extends object>(target: T, patch: Partial<T>): Undo {
  const writable = target as Writable<T>;
  const before: Partial<T> = {};
  for (const name in patch) before[name] = target[name];
  Object.assign(writable, patch);
  return () => void Object.assign(writable, before);
}

function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Undo {
  const writable = map as Map<K, V>;
  const before = writable.get(key);
  writable.set(key, value);
  return before === undefined ? () => void writable.delete(key) : () => void writable.set(key, before);
}

function inReverse(undos: readonly Undo[]): Undo {
  return () => {
    for (let index = undos.length - 1; index >= 0; index -= 1) (undos[index] as Undo)();
  };
}

/** When a walk-in that takes a ticket now should be called by. */
export function walkInDue(day: Day, now: Instant): Instant {
  return now + day.configuration.walkInLimitMinutes * MINUTE;
}
