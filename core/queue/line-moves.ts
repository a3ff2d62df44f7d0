import { MINUTE, SECOND, type Instant } from '../time/instant.ts';
import { changeVisit, changeWindow, line, windowOf, type Writable } from './journal.ts';
import type { Day, Step, Visit, Window } from './day.ts';
import type { EventBodies } from './events.ts';
import type { GroupId, WindowId } from './ids.ts';
import { ended, running } from './wait-clock.ts';

export function closedWindow(windowId: WindowId, groupIds: readonly string[], at: Instant): Window {
  return {
    windowId,
    equippedFor: new Set(groupIds),
    state: 'closed',
    since: at,
    specialistId: null,
    skills: [],
    visitId: null,
    pauseReason: null,
    ending: null,
    present: false,
    readyAt: null,
    answerBy: null,
  };
}

/** The visitor has gone from the window, which rests until it is ready again. */
export function rest(day: Day, windowId: WindowId, at: Instant): void {
  const window = windowOf(day, windowId);
  const readyAt = window.ending === null ? after(at, day.configuration.readyAfterSeconds) : null;
  changeWindow(day, window, (its) => {
    its.state = 'not-ready';
    its.since = at;
    its.visitId = null;
    its.answerBy = null;
    its.readyAt = readyAt;
  });
}

/** The window of a visit, if it is at one, rests. */
export function restOf(day: Day, { state, windowId }: Visit, at: Instant): void {
  if (windowId !== null && (state === 'called' || state === 'serving')) rest(day, windowId, at);
}

export function after(at: Instant, seconds: number | null): Instant | null {
  return seconds === null ? null : at + seconds * SECOND;
}

/** After a service: over, the next one here, or a line. */
export function goAfterService(
  day: Day,
  visit: Visit,
  { windowId, serviceId, quantity, outcome, next, groupId }: EventBodies['service-finished'],
  at: Instant,
): void {
  // A day of the first release does not say what was given: it was the one service that was asked for.
  const steps = withLastStep(visit, (step) => {
    if (serviceId !== null) {
      step.serviceId = serviceId;
      step.quantity = quantity;
    }
    step.endedAt = at;
    step.outcome = outcome;
  });
  const wait = visit.steps.length > 0 ? ended(visit.wait) : visit.wait;
  const wishes = visit.wishes.slice(1);
  const last = visit.steps.at(-1);
  if (next === 'over') {
    changeVisit(day, visit, (its) => {
      its.steps = steps;
      its.wait = wait;
      its.state = 'finished';
      its.since = at;
      its.wishes = wishes;
    });
    return;
  }
  const [wish] = wishes;
  if (wish === undefined) throw new Error('a visit that wants nothing more cannot go on');
  if (next === 'here') {
    const step: Step = {
      serviceId: wish.serviceId,
      groupId,
      windowId,
      specialistId: last?.specialistId ?? null,
      quantity: wish.quantity,
      calledAt: at,
      lastCallAt: null,
      startedAt: at,
      endedAt: null,
      stoppedMs: 0,
      outcome: null,
    };
    changeVisit(day, visit, (its) => {
      its.steps = [...steps, step];
      its.wait = wait;
      its.wishes = wishes;
      its.groupId = groupId;
      its.since = at;
    });
    return;
  }
  changeVisit(day, visit, (its) => {
    its.steps = steps;
    its.wait = running(wait, at, day.configuration.promise);
    its.wishes = wishes;
  });
  lineAgain(day, visit, { groupId, due: visit.due }, at);
}

/** The visit waits again, in the line of what it wants now. */
export function lineAgain(
  day: Day,
  visit: Visit,
  { groupId, due }: { readonly groupId: GroupId; readonly due: Instant },
  at: Instant,
): void {
  const bound = visit.wishes[0]?.windowId ?? null;
  const boundUntil = bound === null ? null : at + day.configuration.returnMinutes * MINUTE;
  changeVisit(day, visit, (its) => {
    its.state = 'waiting';
    its.since = at;
    its.windowId = null;
    its.groupId = groupId;
    its.due = due;
    its.comeBy = null;
    its.boundUntil = boundUntil;
  });
  line(day, visit);
}

/** The steps with the last one changed. */
export function withLastStep({ steps }: Visit, write: (step: Writable<Step>) => void): readonly Step[] {
  const last = steps.at(-1);
  if (last === undefined) return steps;
  const changed = { ...last };
  write(changed);
  return steps.length === 1 ? [changed] : [...steps.slice(0, -1), changed];
}

export function stepEnded(visit: Visit, outcome: Step['outcome'], at: Instant): readonly Step[] {
  return withLastStep(visit, (step) => {
    step.endedAt = at;
    step.outcome = outcome;
  });
}
