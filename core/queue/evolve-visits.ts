import { SECOND, type Instant } from '../time/instant.ts';
import { type Apply, changeDay, changeVisit, line, put, unline, visitOf } from './journal.ts';
import type { Day, Visit } from './day.ts';
import type { EventBodies } from './events.ts';
import type { GroupId, VisitNumber } from './ids.ts';
import { lineAgain, restOf, stepEnded } from './line-moves.ts';
import { clockTime, ended, running, runningOn, STANDING, stopped } from './wait-clock.ts';

type VisitKind =
  | 'visit-taken'
  | 'visit-checked-in'
  | 'visit-held'
  | 'visit-back'
  | 'visit-transferred'
  | 'visit-changed'
  | 'visit-unbound'
  | 'service-added'
  | 'visit-no-show'
  | 'visit-reactivated'
  | 'visit-left'
  | 'visit-lapsed'
  | 'promise-broken'
  | 'voucher-redeemed';

/** What the events of a visit change. */
export const visitAppliers: { readonly [Kind in VisitKind]: Apply<EventBodies[Kind]> } = {
  'visit-taken': (day, body, at) => {
    const { remote, slot, number, groupId, visitId, due, wishes, persons, classLetter, language } = body;
    const visit: Visit = {
      visitId,
      number,
      groupId,
      wishes,
      persons,
      classLetter,
      language,
      remote,
      slot,
      takenAt: at,
      due,
      state: remote ? 'expected' : 'waiting',
      since: at,
      windowId: null,
      steps: [],
      recalls: 0,
      returns: 0,
      wait: STANDING,
      hold: null,
      boundUntil: null,
      comeBy: null,
    };
    const given = day.given.get(groupId) ?? { tickets: 0, last: null };
    put(day, day.visits, visitId, visit);
    put(day, day.given, groupId, { tickets: given.tickets + 1, last: digitsOf(number) });
    put(day, day.numbers, number, visitId);
    if (slot !== null) changeDay(day, (its) => (its.appointments += 1));
    if (remote) {
      changeVisit(day, visit, (its) => (its.comeBy = due));
    } else {
      changeVisit(day, visit, (its) => (its.wait = startedWait(day, visit, slot ?? at, at)));
      line(day, visit);
    }
  },

  'visit-checked-in': (day, { visitId, groupId, due }, at) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => {
      its.comeBy = null;
      its.wait = startedWait(day, visit, at, at);
    });
    lineAgain(day, visit, { groupId, due }, at);
  },

  'visit-held': (day, { visitId, reason, until }, at) => {
    const visit = visitOf(day, visitId);
    if (visit.state === 'waiting') unline(day, visit);
    else restOf(day, visit, at);
    const steps = visit.state === 'waiting' ? visit.steps : stepEnded(visit, 'held', at);
    const wait = waitDuringHold(day, visit, reason === 'ours', at);
    changeVisit(day, visit, (its) => {
      its.steps = steps;
      its.state = 'held';
      its.since = at;
      its.windowId = null;
      its.boundUntil = null;
      its.hold = { until, reason };
      its.wait = wait;
    });
  },

  'visit-back': (day, { visitId, groupId, due }, at) => {
    const visit = visitOf(day, visitId);
    const wait = visit.wait.from === null ? startedWait(day, visit, at, at) : visit.wait;
    changeVisit(day, visit, (its) => {
      its.hold = null;
      its.wait = wait;
    });
    lineAgain(day, visit, { groupId, due }, at);
  },

  'visit-transferred': (day, { visitId, groupId, due, wishes }, at) => {
    const visit = visitOf(day, visitId);
    restOf(day, visit, at);
    const wait = waitAgain(day, visit, at);
    changeVisit(day, visit, (its) => {
      its.steps = stepEnded(visit, 'transferred', at);
      its.wishes = wishes;
      its.wait = wait;
    });
    lineAgain(day, visit, { groupId, due }, at);
  },

  'visit-changed': (day, { visitId, before, groupId, wishes, persons, classLetter, due }) => {
    const visit = visitOf(day, visitId);
    const isWaiting = visit.state === 'waiting';
    if (isWaiting) unline(day, visit);
    // The quota of a group follows those who wait for it.
    if (groupId !== before) {
      countTicket(day, before, -1);
      countTicket(day, groupId, 1);
    }
    changeVisit(day, visit, (its) => {
      its.groupId = groupId;
      its.wishes = wishes;
      its.persons = persons;
      its.classLetter = classLetter;
      its.due = due;
      if (visit.comeBy !== null) its.comeBy = due;
      if ((wishes[0]?.windowId ?? null) === null) its.boundUntil = null;
    });
    if (isWaiting) line(day, visit);
  },

  'visit-unbound': (day, { visitId }) => {
    const visit = visitOf(day, visitId);
    const [wish, ...more] = visit.wishes;
    if (wish === undefined) throw new Error('a visit without a wish cannot be bound');
    unline(day, visit);
    changeVisit(day, visit, (its) => {
      its.boundUntil = null;
      its.wishes = [{ ...wish, windowId: null }, ...more];
    });
    line(day, visit);
  },

  'service-added': (day, { visitId, serviceId, quantity }) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => (its.wishes = [...visit.wishes, { serviceId, quantity, windowId: null }]));
  },

  'visit-no-show': (day, { visitId }, at) => leave(day, visitOf(day, visitId), 'no-show', at),

  'visit-reactivated': (day, { visitId, groupId, due }, at) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => {
      its.returns += 1;
      its.wait = startedWait(day, visit, at, at);
    });
    lineAgain(day, visit, { groupId, due }, at);
  },

  'visit-left': (day, { visitId }, at) => leave(day, visitOf(day, visitId), 'left', at),

  'visit-lapsed': (day, { visitId }, at) => leave(day, visitOf(day, visitId), 'lapsed', at),

  'promise-broken': (day, { visitId }) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => (its.wait = { ...its.wait, broken: true, breaksAt: null }));
  },

  'voucher-redeemed': (day, { visitId, drink }) => {
    const visit = visitOf(day, visitId);
    changeVisit(day, visit, (its) => (its.wait = { ...its.wait, drink }));
  },
};

/** A visit goes away, from wherever it was. */
function leave(day: Day, visit: Visit, state: 'no-show' | 'left' | 'lapsed', at: Instant): void {
  const atWindow = visit.state === 'called' || visit.state === 'serving';
  if (visit.state === 'waiting') unline(day, visit);
  else restOf(day, visit, at);
  changeVisit(day, visit, (its) => {
    if (atWindow) its.steps = stepEnded(visit, state, at);
    its.state = state;
    its.since = at;
    its.hold = null;
    its.boundUntil = null;
    its.comeBy = null;
    its.wait = stopped(its.wait, clockTime(day, at));
  });
}

function startedWait(day: Day, visit: Visit, from: Instant, at: Instant): Visit['wait'] {
  return running(visit.wait, Math.max(from, at), day.configuration.promise);
}

/** The clock of a visit that leaves a window with its service undone: a short service did not end the wait. */
function waitAgain(day: Day, visit: Visit, at: Instant): Visit['wait'] {
  const last = visit.steps.at(-1);
  const { promise } = day.configuration;
  if (last === undefined || last.startedAt === null) return running(visit.wait, at, promise);
  return at - last.startedAt < promise.servedSeconds * SECOND
    ? runningOn(visit.wait, last.calledAt, at, promise)
    : running(ended(visit.wait), at, promise);
}

function waitDuringHold(day: Day, visit: Visit, ours: boolean, at: Instant): Visit['wait'] {
  if (visit.state === 'waiting') return ours ? visit.wait : stopped(visit.wait, at);
  const again = waitAgain(day, visit, at);
  const last = visit.steps.at(-1);
  const startedAt = last?.startedAt ?? null;
  const short = startedAt !== null && at - startedAt < day.configuration.promise.servedSeconds * SECOND;
  return ours || short ? again : stopped(again, at);
}

function countTicket(day: Day, groupId: GroupId, more: 1 | -1): void {
  const { tickets, last } = day.given.get(groupId) ?? { tickets: 0, last: null };
  put(day, day.given, groupId, { tickets: Math.max(0, tickets + more), last });
}

/** The three digits behind the letters. */
function digitsOf(number: VisitNumber): number {
  return Number(number.slice(-3));
}
