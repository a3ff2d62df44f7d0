import { SECOND } from '../time/instant.ts';
import { type Apply, changeDay, changeVisit, changeWindow, unline, visitOf, windowOf } from './journal.ts';
import { ORDINARY } from './configuration.ts';
import type { Step } from './day.ts';
import type { EventBodies } from './events.ts';
import { after, closedWindow, goAfterService, lineAgain, rest, stepEnded, withLastStep } from './line-moves.ts';
import { saySkills } from './said-skills.ts';
import { runningOn, stopped } from './wait-clock.ts';

type WindowKind =
  | 'window-opened'
  | 'skills-changed'
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
  'window-opened': (day, { windowId, specialistId, skills }, at) => {
    const window = windowOf(day, windowId);
    saySkills(day, window, specialistId, skills);
    changeWindow(day, window, (its) => {
      its.state = 'not-ready';
      its.since = at;
      its.specialistId = specialistId;
      its.skills = skills;
      its.readyAt = null;
    });
  },

  'skills-changed': (day, { windowId, skills }) => {
    const window = windowOf(day, windowId);
    if (window.specialistId !== null) saySkills(day, window, window.specialistId, skills);
    changeWindow(day, window, (its) => (its.skills = skills));
  },

  'window-ready': (day, { windowId, present }, at) =>
    changeWindow(day, windowOf(day, windowId), (its) => {
      its.state = 'free';
      its.since = at;
      its.readyAt = null;
      its.pauseReason = null;
      its.present = present;
    }),

  'visit-called': (day, { visitId, windowId, serviceId, groupId }, at) => {
    const visit = visitOf(day, visitId);
    const window = windowOf(day, windowId);
    const { calls, answerSeconds } = day.configuration;
    const answerBy = after(at, answerSeconds);
    // A specialist who has just said that they are ready need not say so again.
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
    changeVisit(day, visit, (its) => {
      its.state = 'called';
      its.since = at;
      its.windowId = windowId;
      its.recalls = 0;
      its.boundUntil = null;
      its.comeBy = after(at, calls.noShowSeconds);
      its.wait = stopped(its.wait, at);
      its.steps = its.steps.length === 0 ? [step] : [...its.steps, step];
    });
    changeWindow(day, window, (its) => {
      its.state = 'calling';
      its.since = at;
      its.visitId = visitId;
      its.readyAt = null;
      its.answerBy = isThere ? null : answerBy;
    });
    changeDay(day, (its) => {
      its.ordinaryInARow = visit.classLetter === ORDINARY ? its.ordinaryInARow + 1 : 0;
    });
  },

  'visit-recalled': (day, { visitId, windowId }, at) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => {
      its.recalls += 1;
      its.comeBy = after(at, day.configuration.calls.noShowSeconds);
      its.steps = withLastStep(visit, (step) => (step.lastCallAt = at));
    });
    changeWindow(day, windowOf(day, windowId), (its) => (its.answerBy = null));
  },

  'call-answered': (day, { windowId }) => changeWindow(day, windowOf(day, windowId), (its) => (its.answerBy = null)),

  'call-withdrawn': (day, { visitId, windowId, groupId, due }, at) => {
    const visit = visitOf(day, visitId);
    const calledAt = visit.steps.at(-1)?.calledAt ?? at;
    changeVisit(day, visit, (its) => {
      its.wait = runningOn(its.wait, calledAt, at, day.configuration.promise);
      its.steps = stepEnded(visit, 'withdrawn', at);
    });
    lineAgain(day, visit, { groupId, due }, at);
    rest(day, windowId, at);
  },

  'service-started': (day, { visitId, windowId }, at) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => {
      its.state = 'serving';
      its.since = at;
      its.comeBy = null;
      its.steps = withLastStep(visit, (step) => (step.startedAt = at));
    });
    changeWindow(day, windowOf(day, windowId), (its) => {
      its.state = 'serving';
      its.since = at;
      its.answerBy = null;
    });
  },

  'service-finished': (day, body, at) => {
    const visit = visitOf(day, body.visitId);
    goAfterService(day, visit, body, at);
    if (body.next === 'here') changeWindow(day, windowOf(day, body.windowId), (its) => (its.since = at));
    else rest(day, body.windowId, at);
  },

  'window-ending': (day, { windowId, ending }) =>
    changeWindow(day, windowOf(day, windowId), (its) => (its.ending = ending)),

  'window-paused': (day, { windowId, reason }, at) =>
    changeWindow(day, windowOf(day, windowId), (its) => {
      its.state = 'paused';
      its.since = at;
      its.pauseReason = reason;
      its.ending = null;
      its.readyAt = null;
    }),

  'window-closed': (day, { windowId }, at) => {
    const window = windowOf(day, windowId);
    const closed = closedWindow(windowId, [...window.equippedFor], at);
    changeWindow(day, window, (its) => Object.assign(its, closed));
  },
};
