import { type HallSight, type ReserveRule, windowsToCall } from '../planning/reserve.ts';
import { breachProbability, reserveWindows } from '../planning/waiting.ts';
import { MINUTE, type Instant } from '../time/instant.ts';
import type { Day, Visit } from './day.ts';
import { dueBefore, isWorking } from './dispatch.ts';
import type { VisitId, VisitNumber } from './ids.ts';
import { minutesOf } from './rules.ts';
import { plannedAt } from './time-left.ts';
import { deviationOf, type WaitRange, waitRanges } from './wait-range.ts';
import { waitedMs } from './wait-clock.ts';

/** How likely a waiting visitor is to wait longer than promised. */
export interface Risk {
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  readonly waitedMinutes: number;
  /** When they will be called, from now; null when no window serves what they want. */
  readonly expectedMinutes: number | null;
  /** From 0 to 1. */
  readonly pBreach: number;
}

/** What a hall should do now, why, and what it would change. A person decides. */
export interface Advice {
  readonly kind: 'open-windows';
  readonly windows: number;
  readonly withinMinutes: number;
  readonly why: {
    readonly waiting: number;
    readonly open: number;
    readonly workMinutes: number;
    /** How many of those who wait are expected to wait too long as it is. */
    readonly atRisk: number;
  };
  readonly effect: {
    /** How many would be if it is done. */
    readonly atRisk: number;
    readonly paidMinutes: number;
  };
}

/** The promise where a hall has none of its own. */
const LIMIT_MINUTES = 15;
/** Where nothing is forecast: the wait that a hall aims at, half the promise, so that a reserve window still comes in time. */
const TARGET_MINUTES = 7;
const WITHIN_MINUTES = 8;
const STINT_MINUTES = 20;
/** Below this nobody need be troubled. */
const RISK_MIN = 0.01;

/** The waiting visitors, the likeliest to wait too long first. `more` additional windows are assumed to open. */
export function risksOf(day: Day, now: Instant, more = 0): Risk[] {
  const limitMinutes = (day.configuration.promise.waitSeconds ?? LIMIT_MINUTES * 60) / 60;
  return Array.from(waitRanges(day, now, more), ([visit, range]) => riskOf(visit, range, now, limitMinutes)).sort(
    (a, b) => b.pBreach - a.pBreach || b.waitedMinutes - a.waitedMinutes,
  );
}

function riskOf({ visitId, number, wait }: Visit, range: WaitRange | null, now: Instant, limitMinutes: number): Risk {
  const waitedMinutes = waitedMs(wait, now) / MINUTE;
  const known = { visitId, number, waitedMinutes };
  if (wait.broken || range === null) return { ...known, expectedMinutes: range?.q50Minutes ?? null, pBreach: 1 };
  const pBreach = breachProbability(range.q50Minutes, deviationOf(range), limitMinutes - waitedMinutes);
  return { ...known, expectedMinutes: range.q50Minutes, pBreach: pBreach < RISK_MIN ? 0 : pBreach };
}

/**
 * How many windows to open now: by Okno's reserve rule where the day's load is forecast (`rule`), else so many that everything
 * that waits is begun within the target (rule r*). Empty when the hall does well.
 */
export function adviseWindows(day: Day, now: Instant, rule: ReserveRule | null): Advice[] {
  const sight = sightOf(day, now);
  if (sight.waiting === 0 || day.stopped !== null) return [];
  const mean = sight.waitingMinutes / sight.waiting;
  const room = [...day.windows.values()].filter(({ state }) => state === 'closed' || state === 'paused').length;
  const wanted =
    rule === null ? reserveWindows(sight.waiting, sight.windows, mean, TARGET_MINUTES) : windowsToCall(rule, sight);
  const most = Math.min(wanted, room);
  if (most === 0) return [];
  const risks = (more: number) => risksOf(day, now, more);
  const windows = fewest(most, (more) => Math.round(sumOf(risks(more))) + hopeless(risks(more)));
  // Advice that changes nothing for anybody is not given.
  if (windows === 0) return [];
  const why = {
    waiting: sight.waiting,
    open: sight.windows,
    workMinutes: Math.round(sight.waitingMinutes),
    atRisk: sumOf(risks(0)),
  };
  const effect = { atRisk: sumOf(risks(windows)), paidMinutes: windows * STINT_MINUTES };
  return [{ kind: 'open-windows', windows, withinMinutes: WITHIN_MINUTES, why, effect }];
}

const sumOf = (risks: readonly Risk[]) => risks.reduce((sum, { pBreach }) => sum + pBreach, 0);
/** How many are never called as it is. */
const hopeless = (risks: readonly Risk[]) => risks.filter(({ expectedMinutes }) => expectedMinutes === null).length;

/** The fewest windows that help as much as the most do; 0 when the most do not help a single visitor. */
function fewest(most: number, harmed: (more: number) => number): number {
  const best = harmed(most);
  if (best >= harmed(0)) return 0;
  for (let windows = 1; windows < most; windows += 1) if (harmed(windows) <= best) return windows;
  return most;
}

/** A running day as the reserve rule sees it. What is open beyond the plan counts as committed. */
function sightOf(day: Day, now: Instant): HallSight {
  const waiting = waitingOf(day);
  const windows = [...day.windows.values()];
  const working = windows.filter(isWorking).length;
  const planned = day.configuration.plannedWindows.length === 0 ? working : plannedAt(day, now);
  const services = day.configuration.services;
  return {
    minute: Math.max(0, Math.floor((now - (day.opening?.doorsOpen ?? now)) / MINUTE)),
    waiting: waiting.length,
    waitingMinutes: waiting.reduce(
      (sum, { wishes, persons }) => sum + minutesOf(day.configuration, wishes.slice(0, 1), persons),
      0,
    ),
    busy: windows.filter(({ state }) => state === 'serving' || state === 'calling').length,
    windows: working,
    committed: Math.max(working, planned),
    pending: 0,
    planned,
    planGrows: 0,
    walkInsSoFar: day.visits.size - day.appointments,
    meanServiceMinutes: services.reduce((sum, { minutes }) => sum + minutes, 0) / Math.max(1, services.length),
    slacks: () => waiting.map(({ due, slot }) => ({ minutes: (due - now) / MINUTE, walkIn: slot === null })),
  };
}

function waitingOf({ lines }: Day): Visit[] {
  return [...lines.values()].flat().sort((a, b) => (dueBefore(a, b) ? -1 : 1));
}
