import type { Instant, Milliseconds } from '../time/instant.ts';
import { alarmsOfVisit, alarmsOfWindow, soonerAlarm } from './alarms.ts';
import { change, changeDay, line } from './journal.ts';
import type { QueueConfiguration } from './configuration.ts';
import { type Alarm, type ConfigurationOf, type Day, OVER, type Visit, type Window } from './day.ts';
import type { EventBodies } from './events.ts';
import { closedWindow } from './line-moves.ts';

type HallKind =
  | 'day-opened'
  | 'config-changed'
  | 'home-moved'
  | 'home-taken'
  | 'hall-stopped'
  | 'hall-resumed'
  | 'doors-closed'
  | 'doors-opened'
  | 'day-closed';

type HallAppliers = {
  readonly [Kind in HallKind]: (day: Day, body: EventBodies[Kind], at: Instant, rules: ConfigurationOf) => void;
};

/** What the events of a hall as a whole change. */
export const hallAppliers: HallAppliers = {
  'day-opened': (day, body, at, rules) => {
    const configuration = rules(body.configuration);
    changeDay(day, (its) => {
      its.state = 'open';
      its.opening = body;
      its.home = body.home;
      its.configuration = configuration;
      its.windows = windowsOf(configuration, new Map(), at);
      its.given = givenOf(configuration, new Map());
    });
  },

  'config-changed': (day, body, at, rules) => {
    const configuration = rules(body.configuration);
    const windows = windowsOf(configuration, day.windows, at);
    changeDay(day, (its) => {
      its.configuration = configuration;
      its.windows = windows;
      its.free = new Set(Array.from(windows.values()).filter(({ state }) => state === 'free'));
      its.given = givenOf(configuration, its.given);
      its.lines = new Map();
    });
    for (const visit of day.visits.values()) if (visit.state === 'waiting') line(day, visit);
  },

  'home-moved': (day, { to }) => changeDay(day, (its) => (its.movedTo = to)),

  'home-taken': (day, { home }) =>
    changeDay(day, (its) => {
      its.home = home;
      its.movedTo = null;
    }),

  'hall-stopped': (day, { reason }, at) => changeDay(day, (its) => (its.stopped = { since: at, reason })),

  'hall-resumed': (day, { stoppedMs }, at) => {
    const since = day.stopped?.since ?? at;
    /** A clock that began during the stop is put off by the rest of the stop only. */
    const late = (began: Instant) => Math.min(stoppedMs, Math.max(0, at - Math.max(began, since)));
    const alarms: Alarm[] = [];
    for (const visit of day.visits.values()) {
      if (!OVER.has(visit.state))
        change<Visit>(day, visit, (its) => Object.assign(its, visitLater(visit, stoppedMs, late(visit.since))));
      alarms.push(...alarmsOfVisit(visit));
    }
    for (const window of day.windows.values()) {
      change<Window>(day, window, (its) => Object.assign(its, windowLater(window, late(window.since))));
      alarms.push(...alarmsOfWindow(window));
    }
    changeDay(day, (its) => {
      its.stopped = null;
      its.alarms = alarms.sort(soonerAlarm);
    });
  },

  'doors-closed': (day) => changeDay(day, (its) => (its.state = 'doors-closed')),

  'doors-opened': (day) => changeDay(day, (its) => (its.state = 'open')),

  'day-closed': (day) => changeDay(day, (its) => (its.state = 'closed')),
};

/** The windows of a configuration; existing ones keep their state, also when they are no longer in it. */
function windowsOf(configuration: QueueConfiguration, before: Day['windows'], at: Instant): Day['windows'] {
  const windows = new Map(before);
  for (const { windowId, groupIds } of configuration.windows) {
    const stood = before.get(windowId);
    const window = stood ?? closedWindow(windowId, groupIds, at);
    windows.set(windowId, { ...window, equippedFor: new Set(groupIds) });
  }
  return windows;
}

function givenOf(configuration: QueueConfiguration, before: Day['given']): Day['given'] {
  return new Map(
    configuration.groups.map(({ groupId }) => [groupId, before.get(groupId) ?? { tickets: 0, last: null }]),
  );
}

function visitLater(visit: Visit, wholeMs: Milliseconds, ms: Milliseconds): Partial<Visit> {
  const { wait, hold, boundUntil, comeBy, due, steps } = visit;
  const last = steps.at(-1);
  return {
    due: due + wholeMs,
    wait: {
      ...wait,
      from: wait.from === null ? null : wait.from + ms,
      breaksAt: wait.breaksAt === null ? null : wait.breaksAt + ms,
    },
    hold: hold === null ? null : { ...hold, until: hold.until + ms },
    boundUntil: boundUntil === null ? null : boundUntil + ms,
    comeBy: comeBy === null ? null : comeBy + ms,
    ...(visit.state === 'serving' && last !== undefined
      ? { steps: [...steps.slice(0, -1), { ...last, stoppedMs: last.stoppedMs + ms }] }
      : {}),
  };
}

function windowLater({ readyAt, answerBy }: Window, ms: Milliseconds): Partial<Window> {
  return {
    readyAt: readyAt === null ? null : readyAt + ms,
    answerBy: answerBy === null ? null : answerBy + ms,
  };
}
