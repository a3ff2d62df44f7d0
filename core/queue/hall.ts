import type { CivilDate, TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import {
  type EventBodies,
  type EventKind,
  happenedAt,
  type PauseReason,
  type QueueEvent,
  type StopReason,
} from './events.ts';
import type { Day, DayState, VisitState, Window, WindowState } from './day.ts';
import type { CentreId, GroupId, VisitId, VisitNumber, WindowId } from './ids.ts';
import { readBody } from './versions.ts';

/** What anyone in the hall may see: no specialists, no persons. */
export interface Hall {
  readonly centreId: CentreId;
  readonly day: CivilDate;
  /** The place of the last event that this view knows. */
  readonly seq: number;
  readonly state: DayState;
  readonly timeZone: TimeZone | null;
  readonly doorsOpen: Instant | null;
  readonly doorsClose: Instant | null;
  /** Since when and why the hall is stopped; null while it runs. */
  readonly stopped: { readonly since: Instant; readonly reason: StopReason } | null;
  readonly windows: readonly HallWindow[];
  readonly waiting: readonly HallLine[];
  /** The tickets whose visits are not finished, in the order in which they were taken. */
  readonly tickets: readonly HallTicket[];
  /** The last calls, newest first, at most HALL_CALLS_MAX. */
  readonly calls: readonly HallCall[];
}

export interface HallWindow {
  readonly windowId: WindowId;
  readonly state: WindowState;
  readonly since: Instant;
  readonly pauseReason: PauseReason | null;
  /** What it does after this visitor; null: it goes on. */
  readonly ending: 'close' | PauseReason | null;
  readonly groupIds: readonly GroupId[];
  readonly visit: HallVisit | null;
}

export interface HallVisit {
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  readonly groupId: GroupId;
}

export interface HallLine {
  readonly groupId: GroupId;
  /** How many visits wait. */
  readonly visits: number;
}

/** A ticket of the day whose visit is not finished. */
export interface HallTicket {
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  /** In line; at a window, called or served; aside: held, absent when called, or still on the way; gone: left, and may come back. */
  readonly place: 'line' | 'window' | 'aside' | 'gone';
}

export interface HallCall {
  readonly number: VisitNumber;
  readonly windowId: WindowId;
  readonly at: Instant;
}

export const HALL_CALLS_MAX = 12;

/** The view of a day. */
export function hallOf(day: Day): Hall {
  return {
    centreId: day.key.centreId,
    day: day.key.day,
    seq: day.seq,
    state: day.state,
    timeZone: day.opening?.timeZone ?? null,
    doorsOpen: day.opening?.doorsOpen ?? null,
    doorsClose: day.opening?.doorsClose ?? null,
    stopped: day.stopped,
    windows: [...day.windows.values()].map((window) => hallWindow(day, window)),
    waiting: linesOf(day),
    tickets: ticketsOf(day),
    calls: lastCalls(day),
  };
}

function linesOf(day: Day): HallLine[] {
  const visits = new Map(day.configuration.groups.map(({ groupId }) => [groupId, 0]));
  for (const line of day.lines.values()) {
    for (const { groupId } of line) visits.set(groupId, (visits.get(groupId) ?? 0) + 1);
  }
  return [...visits].map(([groupId, count]) => ({ groupId, visits: count }));
}

const PLACES: Readonly<Record<VisitState, HallTicket['place'] | null>> = {
  expected: 'aside',
  waiting: 'line',
  called: 'window',
  serving: 'window',
  held: 'aside',
  'no-show': 'aside',
  finished: null,
  left: 'gone',
  lapsed: 'gone',
};

function ticketsOf(day: Day): HallTicket[] {
  return [...day.visits.values()].flatMap(({ visitId, number, state }) => {
    const place = PLACES[state];
    return place === null ? [] : [{ visitId, number, place }];
  });
}

function hallWindow(day: Day, { windowId, state, since, pauseReason, ending, skills, visitId }: Window): HallWindow {
  const visit = visitId === null ? undefined : day.visits.get(visitId);
  return {
    windowId,
    state,
    since,
    pauseReason,
    ending,
    groupIds: skills.map(({ groupId }) => groupId),
    visit: visit === undefined ? null : { visitId: visit.visitId, number: visit.number, groupId: visit.groupId },
  };
}

function lastCalls(day: Day): HallCall[] {
  const calls: HallCall[] = [];
  for (const { number, steps } of day.visits.values()) {
    for (const { windowId, lastCallAt } of steps) {
      if (lastCallAt !== null) calls.push({ number, windowId, at: lastCallAt });
    }
  }
  return calls.sort(newestFirst).slice(0, HALL_CALLS_MAX);
}

function newestFirst(a: HallCall, b: HallCall): number {
  return b.at - a.at || (a.number < b.number ? 1 : -1);
}

type Follow<Kind extends EventKind> = (hall: Hall, body: EventBodies[Kind], at: Instant) => Partial<Hall>;

/** Events after which a screen reads the hall again: it has other windows or lines. */
type Anew = 'day-opened' | 'config-changed';

/**
 * The view after one more event: what a screen does with the live stream. The events of one day must come
 * without a gap; null when this one does not follow, and the screen has to read the hall again.
 */
export function followHall(hall: Hall, event: QueueEvent): Hall | null {
  const body = readBody(event.kind, event.v, event.body);
  if (event.seq !== hall.seq + 1 || event.kind === 'day-opened' || event.kind === 'config-changed' || body === null) {
    return null;
  }
  const follow = followers[event.kind] as Follow<EventKind>;
  return { ...hall, ...follow(hall, body, happenedAt(event)), seq: event.seq };
}

const followers: { readonly [Kind in Exclude<EventKind, Anew>]: Follow<Kind> } = {
  'visit-taken': (hall, { visitId, number, groupId, remote }) => ({
    tickets: [...hall.tickets, { visitId, number, place: remote ? 'aside' : 'line' }],
    ...(remote ? {} : { waiting: counted(hall, groupId, 1) }),
  }),
  'visit-checked-in': (hall, body) => inLine(hall, body),
  'visit-held': (hall, { visitId, groupId, windowId }, since) => ({
    ...(windowId === null ? { waiting: counted(hall, groupId, -1) } : resting(hall, windowId, since)),
    tickets: moved(hall, visitId, 'aside'),
  }),
  'visit-back': (hall, body) => inLine(hall, body),
  'visit-transferred': (hall, body, since) => ({ ...resting(hall, body.windowId, since), ...inLine(hall, body) }),
  'visit-changed': (hall, { before, groupId, waiting }) =>
    waiting && before !== groupId
      ? { waiting: counted({ ...hall, waiting: counted(hall, before, -1) }, groupId, 1) }
      : {},
  'visit-unbound': () => ({}),
  'service-added': () => ({}),
  'visit-no-show': (hall, { visitId, windowId }, since) => ({
    ...(windowId === null ? {} : resting(hall, windowId, since)),
    tickets: moved(hall, visitId, 'aside'),
  }),
  'visit-reactivated': (hall, body) => inLine(hall, body),
  'visit-left': (hall, body, since) => gone(hall, body, since),
  'visit-lapsed': (hall, body, since) => gone(hall, body, since),
  'promise-broken': () => ({}),
  'voucher-redeemed': () => ({}),
  'window-opened': (hall, { windowId, skills }, since) =>
    atWindow(hall, windowId, { state: 'not-ready', since, groupIds: skills.map(({ groupId }) => groupId) }),
  'skills-changed': (hall, { windowId, skills }) =>
    atWindow(hall, windowId, { groupIds: skills.map(({ groupId }) => groupId) }),
  'window-ready': (hall, { windowId }, since) => atWindow(hall, windowId, { state: 'free', since, pauseReason: null }),
  'visit-called': (hall, { visitId, number, groupId, windowId }, at) => ({
    ...atWindow(hall, windowId, { state: 'calling', since: at, visit: { visitId, number, groupId } }),
    waiting: counted(hall, groupId, -1),
    tickets: moved(hall, visitId, 'window'),
    calls: withCall(hall.calls, { number, windowId, at }),
  }),
  'visit-recalled': (hall, { number, windowId }, at) => {
    const before = hall.calls.findIndex((call) => call.number === number && call.windowId === windowId);
    return { calls: withCall(before < 0 ? hall.calls : hall.calls.toSpliced(before, 1), { number, windowId, at }) };
  },
  'call-answered': () => ({}),
  'call-withdrawn': (hall, body, since) => ({ ...resting(hall, body.windowId, since), ...inLine(hall, body) }),
  'service-started': (hall, { windowId }, since) => atWindow(hall, windowId, { state: 'serving', since }),
  'service-finished': (hall, { visitId, windowId, next, groupId }, since) => {
    if (next === 'over') return { ...resting(hall, windowId, since), tickets: without(hall, visitId) };
    if (next === 'line') return { ...resting(hall, windowId, since), ...inLine(hall, { visitId, groupId }) };
    const visit = hall.windows.find((window) => window.windowId === windowId)?.visit ?? null;
    return atWindow(hall, windowId, { since, visit: visit === null ? null : { ...visit, groupId } });
  },
  'window-ending': (hall, { windowId, ending }) => atWindow(hall, windowId, { ending }),
  'window-paused': (hall, { windowId, reason }, since) =>
    atWindow(hall, windowId, { state: 'paused', since, pauseReason: reason, ending: null }),
  'window-closed': (hall, { windowId }, since) =>
    atWindow(hall, windowId, { state: 'closed', since, groupIds: [], visit: null, pauseReason: null, ending: null }),
  'home-moved': () => ({}),
  'home-taken': () => ({}),
  'hall-stopped': (_hall, { reason }, since) => ({ stopped: { since, reason } }),
  'hall-resumed': () => ({ stopped: null }),
  'doors-closed': () => ({ state: 'doors-closed' }),
  'doors-opened': () => ({ state: 'open' }),
  'day-closed': () => ({ state: 'closed' }),
};

function atWindow(hall: Hall, windowId: WindowId, patch: Partial<HallWindow>): Partial<Hall> {
  return { windows: hall.windows.map((window) => (window.windowId === windowId ? { ...window, ...patch } : window)) };
}

function resting(hall: Hall, windowId: WindowId, since: Instant): Partial<Hall> {
  return atWindow(hall, windowId, { state: 'not-ready', since, visit: null });
}

function gone(
  hall: Hall,
  { visitId, windowId, groupId, waiting }: EventBodies['visit-left'],
  since: Instant,
): Partial<Hall> {
  const tickets = moved(hall, visitId, 'gone');
  if (waiting) return { tickets, waiting: counted(hall, groupId, -1) };
  return windowId === null ? { tickets } : { tickets, ...resting(hall, windowId, since) };
}

/** A visit joins a line, or joins it again. */
function inLine(
  hall: Hall,
  { visitId, groupId }: { readonly visitId: VisitId; readonly groupId: GroupId },
): Partial<Hall> {
  return { waiting: counted(hall, groupId, 1), tickets: moved(hall, visitId, 'line') };
}

function moved({ tickets }: Hall, visitId: VisitId, place: HallTicket['place']): readonly HallTicket[] {
  return tickets.map((ticket) => (ticket.visitId === visitId ? { ...ticket, place } : ticket));
}

function without({ tickets }: Hall, visitId: VisitId): readonly HallTicket[] {
  return tickets.filter((ticket) => ticket.visitId !== visitId);
}

function withCall(calls: readonly HallCall[], call: HallCall): readonly HallCall[] {
  return [call, ...calls].sort(newestFirst).slice(0, HALL_CALLS_MAX);
}

function counted(hall: Hall, groupId: GroupId, more: number): readonly HallLine[] {
  return hall.waiting.map((line) => (line.groupId === groupId ? { ...line, visits: line.visits + more } : line));
}
