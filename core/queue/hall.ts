import type { CivilDate, TimeZone } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import { type EventBodies, type EventKind, happenedAt, type PauseReason, type QueueEvent } from './events.ts';
import type { Day, DayState, Window, WindowState } from './day.ts';
import type { CentreId, GroupId, VisitId, VisitNumber, WindowId } from './ids.ts';

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
  readonly windows: readonly HallWindow[];
  readonly waiting: readonly HallLine[];
  /** The last calls, newest first, at most HALL_CALLS_MAX. */
  readonly calls: readonly HallCall[];
}

export interface HallWindow {
  readonly windowId: WindowId;
  readonly state: WindowState;
  readonly since: Instant;
  readonly pauseReason: PauseReason | null;
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
    windows: [...day.windows.values()].map((window) => hallWindow(day, window)),
    waiting: [...day.waiting].map(([groupId, visits]) => ({ groupId, visits: visits.length })),
    calls: lastCalls(day),
  };
}

function hallWindow(day: Day, { windowId, state, since, pauseReason, groupIds, visitId }: Window): HallWindow {
  const visit = visitId === null ? undefined : day.visits.get(visitId);
  return {
    windowId,
    state,
    since,
    pauseReason,
    groupIds,
    visit: visit === undefined ? null : { visitId: visit.visitId, number: visit.number, groupId: visit.groupId },
  };
}

function lastCalls(day: Day): HallCall[] {
  const calls: HallCall[] = [];
  for (const { number, windowId, calledAt } of day.visits.values()) {
    if (calledAt !== null && windowId !== null) calls.push({ number, windowId, at: calledAt });
  }
  return calls.sort(newestFirst).slice(0, HALL_CALLS_MAX);
}

function newestFirst(a: HallCall, b: HallCall): number {
  return b.at - a.at || (a.number < b.number ? 1 : -1);
}

type Follow<Kind extends EventKind> = (hall: Hall, body: EventBodies[Kind], at: Instant) => Partial<Hall>;

/**
 * The view after one more event: what a screen does with the live stream. The events of one day must come
 * without a gap; null when this one does not follow, and the screen has to read the hall again.
 */
export function followHall(hall: Hall, event: QueueEvent): Hall | null {
  if (event.seq !== hall.seq + 1 || event.kind === 'day-opened') return null;
  const follow = followers[event.kind] as Follow<EventKind>;
  return { ...hall, ...follow(hall, event.body, happenedAt(event)), seq: event.seq };
}

const followers: { readonly [Kind in Exclude<EventKind, 'day-opened'>]: Follow<Kind> } = {
  'visit-taken': (hall, { groupId }) => ({ waiting: counted(hall, groupId, 1) }),
  'window-opened': (hall, { windowId, groupIds }, since) =>
    atWindow(hall, windowId, { state: 'not-ready', since, groupIds }),
  'window-ready': (hall, { windowId }, since) => atWindow(hall, windowId, { state: 'free', since, pauseReason: null }),
  'visit-called': (hall, { visitId, number, groupId, windowId }, at) => ({
    ...atWindow(hall, windowId, { state: 'calling', since: at, visit: { visitId, number, groupId } }),
    waiting: counted(hall, groupId, -1),
    calls: [{ number, windowId, at }, ...hall.calls].sort(newestFirst).slice(0, HALL_CALLS_MAX),
  }),
  'service-started': (hall, { windowId }, since) => atWindow(hall, windowId, { state: 'serving', since }),
  'service-finished': (hall, { windowId }, since) =>
    atWindow(hall, windowId, { state: 'not-ready', since, visit: null }),
  'visit-no-show': (hall, { windowId }, since) => atWindow(hall, windowId, { state: 'not-ready', since, visit: null }),
  'visit-lapsed': (hall, { groupId, windowId }, since) =>
    windowId === null
      ? { waiting: counted(hall, groupId, -1) }
      : atWindow(hall, windowId, { state: 'not-ready', since, visit: null }),
  'window-paused': (hall, { windowId, reason }, since) =>
    atWindow(hall, windowId, { state: 'paused', since, pauseReason: reason }),
  'window-closed': (hall, { windowId }, since) =>
    atWindow(hall, windowId, { state: 'closed', since, groupIds: [], visit: null, pauseReason: null }),
  'doors-closed': () => ({ state: 'doors-closed' }),
  'day-closed': () => ({ state: 'closed' }),
};

function atWindow(hall: Hall, windowId: WindowId, patch: Partial<HallWindow>): Partial<Hall> {
  return { windows: hall.windows.map((window) => (window.windowId === windowId ? { ...window, ...patch } : window)) };
}

function counted(hall: Hall, groupId: GroupId, more: number): readonly HallLine[] {
  return hall.waiting.map((line) => (line.groupId === groupId ? { ...line, visits: line.visits + more } : line));
}
