import { MINUTE, SECOND, type Instant } from '../time/instant.ts';
import type { Policy } from './configuration.ts';
import { ORDINARY } from './configuration.ts';
import type { Day, Visit, Window } from './day.ts';
import type { GroupId, VisitNumber, WindowId } from './ids.ts';
import { boundLine, isInHall, linesFor, maySkillsServe, rulesOf } from './rules.ts';

/** The order of being due: earliest first; of equals, the one who took a ticket first, then by number. */
export function dueBefore(a: Visit, b: Visit): boolean {
  return a.due !== b.due ? a.due < b.due : cameBefore(a, b);
}

/** The order of coming: an appointment comes at its time. Of equals, by number. */
function cameBefore(a: Visit, b: Visit): boolean {
  const aCame = a.slot ?? a.takenAt;
  const bCame = b.slot ?? b.takenAt;
  return aCame !== bCame ? aCame < bCame : numberBefore(a.number, b.number);
}

function numberBefore(a: VisitNumber, b: VisitNumber): boolean {
  return a.length !== b.length ? a.length < b.length : a < b;
}

/** A call to be made: whom, and at which window. */
export interface Match {
  readonly visit: Visit;
  readonly window: Window;
}

/**
 * The next call that the hall owes: the first in the order of calling whom a free window may serve, at the least flexible
 * free window that may. Null when nobody can be called. The same day gives the same answer on every node.
 */
export function nextMatch(day: Day, now: Instant): Match | null {
  if (day.stopped !== null || day.free.size === 0 || !isAnybodyWaiting(day)) return null;
  const goesBefore = orderOf(day, now);
  let first: Visit | null = null;
  for (const window of day.free) {
    if (!isInHall(day.configuration, window.windowId)) continue;
    const visit = firstFor(day, window, goesBefore);
    if (visit !== null && (first === null || goesBefore(visit, first))) first = visit;
  }
  if (first === null) return null;
  const window = freeWindow(day, first);
  return window === null ? null : { visit: first, window };
}

function isAnybodyWaiting({ lines }: Day): boolean {
  for (const line of lines.values()) if (line.length > 0) return true;
  return false;
}

/**
 * The free window that a visitor goes to: the least flexible one, so that those who can do more stay free for those
 * who need it; then the one longest idle; then the lowest number.
 */
function freeWindow(day: Day, visit: Visit): Window | null {
  let best: Window | null = null;
  for (const window of day.free) {
    if (!mayServe(day, window, visit)) continue;
    if (best === null || preferred(window, best)) best = window;
  }
  return best;
}

function preferred(a: Window, b: Window): boolean {
  const flexible = ({ skills }: Window) => skills.reduce((sum, { level }) => sum + level, 0);
  const difference = flexible(a) - flexible(b);
  if (difference !== 0) return difference < 0;
  if (a.since !== b.since) return a.since < b.since;
  return a.windowId < b.windowId;
}

/** True when the window is open with the skill that the visitor's service takes, and the visitor is not bound to another one. */
export function mayServe({ configuration }: Day, { windowId, skills }: Window, { wishes, boundUntil }: Visit): boolean {
  const [wish] = wishes;
  if (wish === undefined || !isInHall(configuration, windowId)) return false;
  if (boundUntil !== null) return wish.windowId === windowId;
  const service = rulesOf(configuration).services.get(wish.serviceId);
  return service !== undefined && maySkillsServe(skills, service);
}

const NOBODY: readonly Visit[] = [];

/** Whether the first visit goes before the second. */
type Order = (a: Visit, b: Visit) => boolean;

function firstFor(day: Day, window: Window, goesBefore: Order): Visit | null {
  let first = firstOf(day, boundLine(window.windowId), null, goesBefore);
  for (const name of linesFor(window.skills)) first = firstOf(day, name, first, goesBefore);
  return first;
}

function firstOf({ lines, configuration }: Day, name: string, before: Visit | null, goesBefore: Order): Visit | null {
  let first = before;
  for (const visit of lines.get(name) ?? NOBODY) {
    if (first === null || goesBefore(visit, first)) first = visit;
    // A line is in the order of being due, so its first is the one that counts.
    if (configuration.policy.kind === 'due-time') break;
  }
  return first;
}

/** The order of calling by the day's policy. Each is a pure function of the day and the moment. */
export function orderOf(day: Day, now: Instant): Order {
  const make = orders[day.configuration.policy.kind] as (day: Day, now: Instant, policy: Policy) => Order;
  return make(day, now, day.configuration.policy);
}

type Kind = Policy['kind'];

const orders: { readonly [K in Kind]: (day: Day, now: Instant, policy: Extract<Policy, { kind: K }>) => Order } = {
  'due-time': () => dueBefore,

  'short-first': ({ configuration }, now, { minutes: each, meanMinutes, mostMinutes, guardMinutes, ...policy }) => {
    const { services } = rulesOf(configuration);
    const { appointmentGuardMinutes: ofAppointments } = policy;
    const shift = ({ wishes, slot, classLetter }: Visit) => {
      if ((slot !== null && ofAppointments === undefined) || classLetter !== ORDINARY) return 0;
      const minutes = services.get(wishes[0]?.serviceId ?? '')?.minutes ?? meanMinutes;
      return Math.min(Math.max(each * Math.log(minutes / meanMinutes), -mostMinutes), mostMinutes) * MINUTE;
    };
    const isNear = ({ due, slot }: Visit) =>
      due - now < (slot === null ? guardMinutes : (ofAppointments ?? guardMinutes)) * MINUTE;
    return (a, b) => {
      const [aNear, bNear] = [isNear(a), isNear(b)];
      if (aNear || bNear) return aNear && bNear ? dueBefore(a, b) : aNear;
      const difference = a.due + shift(a) - (b.due + shift(b));
      return difference !== 0 ? difference < 0 : dueBefore(a, b);
    };
  },

  fifo: () => cameBefore,

  'priority-weights': ({ configuration }, now) => {
    const { classes } = rulesOf(configuration);
    const score = ({ classLetter, slot, takenAt }: Visit) =>
      ((classes.get(classLetter)?.weight ?? 0) + 1) * (now - Math.max(slot ?? takenAt, takenAt));
    return (a, b) => {
      const difference = score(a) - score(b);
      return difference !== 0 ? difference > 0 : cameBefore(a, b);
    };
  },

  'appointments-first': (_day, now, { lookAheadSeconds }) => {
    const isNear = ({ slot }: Visit) => slot !== null && slot <= now + lookAheadSeconds * SECOND;
    const rank = (visit: Visit) => (isNear(visit) ? 0 : visit.slot === null ? 1 : 2);
    return (a, b) => (rank(a) !== rank(b) ? rank(a) < rank(b) : cameBefore(a, b));
  },

  ratio: ({ ordinaryInARow }, _now, { ordinary }) => {
    const first = ordinaryInARow >= ordinary;
    const rank = ({ classLetter }: Visit) => ((classLetter === ORDINARY) === first ? 1 : 0);
    return (a, b) => (rank(a) !== rank(b) ? rank(a) < rank(b) : cameBefore(a, b));
  },
};

/** Which groups would have no window left if this one stopped now; those for which it is not the last are left out. */
export function lastWindowFor(day: Day, windowId: WindowId): GroupId[] {
  const leaving = day.windows.get(windowId);
  if (leaving === undefined) return [];
  const others = [...day.windows.values()].filter((window) => window.windowId !== windowId && isWorking(window));
  return leaving.skills
    .map(({ groupId }) => groupId)
    .filter((groupId) => !others.some(({ skills }) => skills.some((skill) => skill.groupId === groupId)));
}

/** Open, and going to call more visitors. */
export function isWorking({ state, ending }: Window): boolean {
  return state !== 'closed' && state !== 'paused' && ending === null;
}
