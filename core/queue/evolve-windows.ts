import { SECOND } from '../time/instant.ts';
import { type Apply, change, changeVisit, changeWindow, unline, visitOf, windowOf } from './changes.ts';
import { ORDINARY } from './configuration.ts';
import type { Day, Step } from './day.ts';
import type { EventBodies } from './events.ts';
import { after, closedWindow, goAfterService, lineAgain, rest, stepEnded, withLastStep } from './moves.ts';
import { runningOn, stopped } from './wait-clock.ts';

type WindowKind =
  | 'window-opened'
  | 'window-ready'
  | 'visit-called'
  | 'visit-recalled'
  | 'call-answered'
  | 'call-withdrawn'
  | 'service-started'
  | 'service-finished'
  | 'window-ending'
  | 'window-paused'
  | 'window-closed';

/** What the events at a window change. */
export const windowAppliers: { readonly [Kind in WindowKind]: Apply<EventBodies[Kind]> } = {
  'window-opened': (day, { windowId, specialistId, skills }, at) =>
    changeWindow(day, windowOf(day, windowId), {
      state: 'not-ready',
      since: at,
      specialistId,
      skills,
      readyAt: null,
    }),

  'window-ready': (day, { windowId, present }, at) =>
    changeWindow(day, windowOf(day, windowId), { state: 'free', since: at, readyAt: null, pauseReason: null, present }),

  'visit-called': (day, { visitId, windowId, serviceId, groupId }, at) => {
    const visit = visitOf(day, visitId);
    const window = windowOf(day, windowId);
    const { calls, answerSeconds } = day.configuration;
    const answerBy = after(at, answerSeconds);
    // Who has just said that he is ready need not say so again.
    const isThere = window.present && answerSeconds !== null && at - window.since < answerSeconds * SECOND;
    const step: Step = {
      serviceId,
      groupId,
      windowId,
      specialistId: window.specialistId,
      quantity: visit.wishes[0]?.quantity ?? 1,
      calledAt: at,
      lastCallAt: at,
      startedAt: null,
      endedAt: null,
      stoppedMs: 0,
      outcome: null,
    };
    unline(day, visit);
    changeVisit(day, visit, {
      state: 'called',
      since: at,
      windowId,
      recalls: 0,
      boundUntil: null,
      comeBy: after(at, calls.noShowSeconds),
      wait: stopped(visit.wait, at),
      steps: [...visit.steps, step],
    });
    changeWindow(day, window, {
      state: 'calling',
      since: at,
      visitId,
      readyAt: null,
      answerBy: isThere ? null : answerBy,
    });
    change<Day>(day, day, { ordinaryInARow: visit.classLetter === ORDINARY ? day.ordinaryInARow + 1 : 0 });
  },

  'visit-recalled': (day, { visitId, windowId }, at) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, {
      recalls: visit.recalls + 1,
      comeBy: after(at, day.configuration.calls.noShowSeconds),
      steps: withLastStep(visit, { lastCallAt: at }),
    });
    changeWindow(day, windowOf(day, windowId), { answerBy: null });
  },

  'call-answered': (day, { windowId }) => changeWindow(day, windowOf(day, windowId), { answerBy: null }),

  'call-withdrawn': (day, { visitId, windowId, groupId, due }, at) => {
    const visit = visitOf(day, visitId);
    const calledAt = visit.steps.at(-1)?.calledAt ?? at;
    changeVisit(day, visit, {
      wait: runningOn(visit.wait, calledAt, at, day.configuration.promise),
      steps: stepEnded(visit, 'withdrawn', at),
    });
    lineAgain(day, visit, { groupId, due }, at);
    rest(day, windowId, at);
  },

  'service-started': (day, { visitId, windowId }, at) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, {
      state: 'serving',
      since: at,
      comeBy: null,
      steps: withLastStep(visit, { startedAt: at }),
    });
    changeWindow(day, windowOf(day, windowId), { state: 'serving', since: at, answerBy: null });
  },

  'service-finished': (day, body, at) => {
    const visit = visitOf(day, body.visitId);
    goAfterService(day, visit, body, at);
    if (body.next === 'here') changeWindow(day, windowOf(day, body.windowId), { since: at });
    else rest(day, body.windowId, at);
  },

  'window-ending': (day, { windowId, ending }) => changeWindow(day, windowOf(day, windowId), { ending }),

  'window-paused': (day, { windowId, reason }, at) =>
    changeWindow(day, windowOf(day, windowId), {
      state: 'paused',
      since: at,
      pauseReason: reason,
      ending: null,
      readyAt: null,
    }),

  'window-closed': (day, { windowId }, at) => {
    const window = windowOf(day, windowId);
    changeWindow(day, window, closedWindow(windowId, [...window.equippedFor], at));
  },
};
