import type { CentreNow, DeskWindow, OwnFigures, QueueRow } from '../../../contract/hall-desk.ts';
import { meanOf } from '../../../core/figures/shares.ts';
import { generalService } from '../../../core/queue/configuration.ts';
import type { Day, Step, Visit, Window } from '../../../core/queue/day.ts';
import { dueBefore, isWorking } from '../../../core/queue/dispatch.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { SpecialistId, WindowId } from '../../../core/queue/ids.ts';
import { clockTime, firstWaitMs, laterWaitMs, waitedMs } from '../../../core/queue/wait-clock.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';

/** Who is somewhere in the hall, or may come back. */
const IN_SIGHT = new Set<Visit['state']>(['expected', 'waiting', 'called', 'serving', 'held', 'no-show']);
/** The wait of a hall is that of those who wait, and of those who were called so lately. */
const LATELY_MS = 30 * MINUTE;

/** A hall as its administrator sees it: the visit that breaks the promise first is first. */
export function queueOf(day: Day, now: Instant) {
  const visits = [...day.visits.values()];
  const served = visits.filter(({ state }) => state === 'finished');
  const waits = visits.filter(({ steps }) => steps.length > 0).map((visit) => waitOf(day, visit, now));
  return {
    at: now,
    visits: visits
      .filter(({ state }) => IN_SIGHT.has(state))
      .toSorted((a, b) => (dueBefore(a, b) ? -1 : 1))
      .map((visit) => rowOf(day, visit, now)),
    windows: [...day.windows.values()].map((window) => deskWindowOf(day, window)),
    over15: visits.filter(({ wait }) => wait.broken).length,
    served: served.length,
    meanWaitMs: rounded(meanOf(waits)),
  };
}

function rowOf(day: Day, visit: Visit, now: Instant): QueueRow {
  const { visitId, number, groupId, wishes, classLetter, persons, state, takenAt, since, slot, due, wait } = visit;
  return {
    visitId,
    number,
    groupId,
    serviceId: wishes[0]?.serviceId ?? generalService(groupId),
    classLetter,
    persons,
    state,
    takenAt,
    since,
    slot,
    due,
    waitMs: waitOf(day, visit, now),
    breaksAt: wait.breaksAt,
    promiseBroken: wait.broken,
    windowId: visit.windowId,
    heldUntil: visit.hold?.until ?? null,
  };
}

/** The wait that is running, or the published one. */
function waitOf(day: Day, { wait }: Visit, now: Instant): number {
  const at = clockTime(day, now);
  return wait.part === 'first' ? firstWaitMs(wait, at) : laterWaitMs(wait, at);
}

export function deskWindowOf(day: Day, { windowId, specialistId, skills, readyAt, answerBy }: Window): DeskWindow {
  const served = stepsBy(day, specialistId).length;
  return { windowId, specialistId, skills: [...skills], readyAt, answerBy, served };
}

/** The services that a specialist has begun and ended today, at whichever window. */
function stepsBy(day: Day, specialistId: SpecialistId | null): Step[] {
  if (specialistId === null) return [];
  return [...day.visits.values()].flatMap(({ steps }) =>
    steps.filter((step) => step.specialistId === specialistId && step.startedAt !== null && step.endedAt !== null),
  );
}

/** A specialist's own day, for themselves: how many, how long, and how long without a rest. */
export function ownFiguresOf(day: Day, windowId: WindowId, events: readonly QueueEvent[], now: Instant): OwnFigures {
  const specialistId = day.windows.get(windowId)?.specialistId ?? null;
  const steps = stepsBy(day, specialistId);
  const durations = steps.map(({ startedAt, endedAt, stoppedMs }) => (endedAt ?? 0) - (startedAt ?? 0) - stoppedMs);
  const walks = steps.flatMap(({ lastCallAt, calledAt, startedAt }) =>
    lastCallAt === null || startedAt === null ? [] : [startedAt - calledAt],
  );
  return {
    served: steps.length,
    meanServiceMs: rounded(meanOf(durations)),
    meanWalkMs: rounded(meanOf(walks)),
    ...workOf(windowId, events, now),
  };
}

/** How long a window has worked and rested since it was opened last. */
function workOf(windowId: WindowId, events: readonly QueueEvent[], now: Instant) {
  let openedAt: Instant | null = null;
  let pausedAt: Instant | null = null;
  let pausedMs = 0;
  let workingSince = now;
  for (const { kind, body, at } of events) {
    if (!('windowId' in body) || body.windowId !== windowId) continue;
    if (kind === 'window-opened') {
      openedAt = at;
      pausedMs = 0;
      workingSince = at;
    }
    if (kind === 'window-paused') pausedAt = at;
    if (kind === 'window-ready' && pausedAt !== null) {
      pausedMs += at - pausedAt;
      workingSince = at;
      pausedAt = null;
    }
    if (kind === 'window-closed') openedAt = pausedAt = null;
  }
  if (openedAt === null) return { workingMs: 0, pausedMs: 0, sincePauseMs: 0 };
  const resting = pausedAt === null ? 0 : now - pausedAt;
  return {
    workingMs: Math.max(0, now - openedAt - pausedMs - resting),
    pausedMs: pausedMs + Math.max(0, resting),
    sincePauseMs: pausedAt === null ? Math.max(0, now - workingSince) : 0,
  };
}

/** A centre on the map: the waiting visitors, how long they wait, and at how many windows. */
export function centreNowOf(day: Day, now: Instant): CentreNow {
  const at = clockTime(day, now);
  const waits: number[] = [];
  let waiting = 0;
  let longestWaitMs = 0;
  let promisesBroken = 0;
  for (const { state, wait, steps } of day.visits.values()) {
    if (wait.broken) promisesBroken += 1;
    if (state === 'waiting') {
      const ms = waitedMs(wait, at);
      waiting += 1;
      longestWaitMs = Math.max(longestWaitMs, ms);
      waits.push(ms);
    } else if ((steps[0]?.calledAt ?? 0) > now - LATELY_MS) waits.push(firstWaitMs(wait, at));
  }
  return {
    centreId: day.key.centreId,
    state: day.state,
    stopped: day.stopped !== null,
    waiting,
    working: [...day.windows.values()].filter(isWorking).length,
    longestWaitMs,
    meanWaitMs: rounded(meanOf(waits)),
    promisesBroken,
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
