import { expectedCallMinutes, type Capacity } from '../planning/waiting.ts';
import { MINUTE, type Instant } from '../time/instant.ts';
import type { ServiceRule } from './configuration.ts';
import type { Day, Visit, Window } from './day.ts';
import { dueBefore, isWorking, mayServe } from './dispatch.ts';
import { maySkillsServe, minutesOf, rulesOf } from './rules.ts';
import { nextHalfHour, plannedAt } from './time-left.ts';

/** How long a visitor who came now would wait: half wait less than q50, nine of ten less than q90, in minutes. */
export interface WaitRange {
  readonly q50Minutes: number;
  readonly q90Minutes: number;
  /** How many go before them. */
  readonly ahead: number;
}

/** The 90th percentile of the standard normal distribution. */
const Z90 = 1.2815515655446004;
/** The spread of service times of a city's mix of services, as the squared coefficient of variation. */
const SERVICE_CS2 = 0.7;

/** The standard deviation that a range was told with, in minutes. */
export function deviationOf({ q50Minutes, q90Minutes }: WaitRange): number {
  return (q90Minutes - q50Minutes) / Z90;
}

/** What the order of calling does to a wait that is told. */
interface OrderEffect {
  /** Appointments that come meanwhile and go first make it longer by so much. */
  readonly overtaken: number;
  /** How much of its spread comes from what changes during the wait. */
  readonly changing: number;
}

const FIRST_COME: OrderEffect = { overtaken: 1, changing: 0.35 };

/** By the order of being due, with so many of the visitors by appointment. Chosen on one day of seed 2 of the frozen city (okno bench eta looks at seed 3). */
function byDue({ visits, appointments }: Day): OrderEffect {
  const share = visits.size === 0 ? 0 : appointments / visits.size;
  return { overtaken: 1 + 0.2 * share, changing: FIRST_COME.changing + 3.75 * share };
}

/**
 * The wait for a service at this moment: the work of those who go first over the scheduled windows (the estimator by
 * queue length and capacity, after Ibrahim and Whitt), never shortened by what others waited. `me` waits already.
 * Null when no window gives the service and none is planned.
 */
export function waitRange(
  day: Day,
  service: ServiceRule,
  due: Instant,
  now: Instant,
  me: Visit | null = null,
): WaitRange | null {
  const serving = [...day.windows.values()].filter(
    (window) => isWorking(window) && maySkillsServe(window.skills, service),
  );
  const before = [...day.lines.values()]
    .flat()
    .filter((visit) => isBefore(visit, due, me) && sharesWindow(day, serving, visit));
  const ahead = before.length;
  if (serving.some(({ state }) => state === 'free')) return { q50Minutes: 0, q90Minutes: 0, ahead };
  const plan = capacity(day, serving.length, now);
  return rangeBehind(ahead, meanMinutes(day, before, service), plan, SERVICE_CS2, effectOf(day));
}

/** Whether a visit is called before `me`, or before a visitor who is due then and comes only now. */
function isBefore(visit: Visit, due: Instant, me: Visit | null): boolean {
  return me === null ? visit.due <= due : visit !== me && dueBefore(visit, me);
}

function effectOf(day: Day): OrderEffect {
  return day.configuration.policy.kind === 'fifo' ? FIRST_COME : byDue(day);
}

/**
 * The waits of all waiting visits, as `waitRange` would give each (null where it would), in the order of being due; a hall of five
 * hundred is looked through once for each service and not once for each visitor. `more` additional windows are assumed to serve.
 */
export function waitRanges(day: Day, now: Instant, more = 0): Map<Visit, WaitRange | null> {
  const waiting = [...day.lines.values()].flat().sort((a, b) => (dueBefore(a, b) ? -1 : 1));
  const ranges = new Map<Visit, WaitRange | null>(waiting.map((visit) => [visit, null]));
  const wanted = new Set(waiting.map(({ wishes }) => wishes[0]?.serviceId ?? ''));
  for (const serviceId of wanted) {
    const service = rulesOf(day.configuration).services.get(serviceId);
    if (service !== undefined && !service.off) rangesOf(day, service, waiting, now, more, ranges);
  }
  return ranges;
}

function rangesOf(
  day: Day,
  service: ServiceRule,
  waiting: readonly Visit[],
  now: Instant,
  more: number,
  ranges: Map<Visit, WaitRange | null>,
): void {
  const serving = [...day.windows.values()].filter(
    (window) => isWorking(window) && maySkillsServe(window.skills, service),
  );
  const isFree = serving.some(({ state }) => state === 'free');
  const plan = capacity(day, serving.length, now, more);
  const effect = effectOf(day);
  const shares = sharing(day, serving);
  let ahead = 0;
  let minutes = service.minutes;
  for (const visit of waiting) {
    if (visit.wishes[0]?.serviceId === service.serviceId) {
      const range = isFree
        ? { q50Minutes: 0, q90Minutes: 0, ahead }
        : rangeBehind(ahead, minutes / (ahead + 1), plan, SERVICE_CS2, effect);
      ranges.set(visit, range);
    }
    if (!shares(visit)) continue;
    ahead += 1;
    minutes += minutesOf(day.configuration, visit.wishes.slice(0, 1), visit.persons);
  }
}

/** Whether a visit waits for one of these windows; asked once for each service. */
function sharing(day: Day, serving: readonly Window[]): (visit: Visit) => boolean {
  const known = new Map<string, boolean>();
  return (visit) => {
    if (visit.boundUntil !== null) return sharesWindow(day, serving, visit);
    const name = visit.wishes[0]?.serviceId ?? '';
    const found = known.get(name) ?? sharesWindow(day, serving, visit);
    known.set(name, found);
    return found;
  };
}

/**
 * The wait behind so many others, whose services take `mean` minutes each with the squared coefficient of variation `cs2`,
 * over the windows of a plan. Null when the plan ends before.
 */
export function rangeBehind(
  ahead: number,
  mean: number,
  plan: readonly Capacity[],
  cs2: number,
  { overtaken, changing }: OrderEffect = FIRST_COME,
): WaitRange | null {
  const q50Minutes = overtaken * expectedCallMinutes(ahead, mean, plan);
  if (!Number.isFinite(q50Minutes)) return null;
  const windows = Math.max(1, windowsAt(plan, q50Minutes));
  const ownSpread = cs2 * mean * mean;
  const variance =
    (ahead * ownSpread + 0.7 * mean * mean) / windows ** 2 + (changing * cs2 * mean * q50Minutes) / windows;
  return { q50Minutes, q90Minutes: q50Minutes + Z90 * Math.sqrt(variance), ahead };
}

function sharesWindow(day: Day, serving: readonly Window[], visit: Visit): boolean {
  return serving.length === 0 || serving.some((window) => mayServe(day, window, visit));
}

function meanMinutes(day: Day, before: readonly Visit[], service: ServiceRule): number {
  let minutes = service.minutes;
  for (const { wishes, persons } of before) minutes += minutesOf(day.configuration, wishes.slice(0, 1), persons);
  return minutes / (before.length + 1);
}

/**
 * The windows for a service from now on: those that serve it, growing and shrinking as the plan does. `more` additional windows open and
 * stay open, also where nobody works now and where the plan has come to its end.
 */
function capacity(day: Day, serving: number, now: Instant, more = 0): Capacity[] {
  const { plannedWindows } = day.configuration;
  const closes = day.opening?.doorsClose ?? now;
  if (plannedWindows.length === 0) return [{ fromMinute: 0, windows: serving + more }];
  const open = [...day.windows.values()].filter(isWorking).length;
  const share = open === 0 ? 1 : (serving + more) / open;
  const plan: Capacity[] = [
    { fromMinute: 0, windows: open === 0 ? Math.max(plannedAt(day, now), more) : serving + more },
  ];
  for (let at = nextHalfHour(day, now); at < closes; at = nextHalfHour(day, at)) {
    plan.push({ fromMinute: (at - now) / MINUTE, windows: Math.max(plannedAt(day, at) * share, more) });
  }
  return plan;
}

function windowsAt(plan: readonly Capacity[], minute: number): number {
  return plan.findLast(({ fromMinute }) => fromMinute <= minute)?.windows ?? 0;
}
