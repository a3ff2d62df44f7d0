import { type Problem, problem } from '../problems.ts';
import { MINUTE, type Instant } from '../time/instant.ts';
import type { CommandBodies } from './commands.ts';
import { ORDINARY, type ServiceRule } from './configuration.ts';
import type { Day, Visit } from './day.ts';
import { type Decide, type Decision, endingOf, ofVisit } from './decision.ts';
import { classMinutes, dueOf } from './due.ts';
import type { Draft, Wish } from './events.ts';
import type { ServiceId, VisitId, WindowId } from './ids.ts';
import { isProblemOfNumber, nextNumber } from './numbers.ts';
import { rulesOf } from './rules.ts';
import { isTimeLeft } from './time-left.ts';

type VisitCommand = 'take' | 'check-in' | 'hold' | 'back' | 'leave' | 'reactivate' | 'redeem';

/** What visitors, or those who act for them, ask. */
export const visitDeciders: { readonly [Kind in VisitCommand]: Decide<Kind> } = {
  take: (day, body, now, id) => {
    const closed = doorProblem(day, body, now);
    if (closed !== null) return closed;
    const { persons, language, remote, slot } = body;
    if (remote && !day.configuration.remoteTickets) return problem('remote-off', {});
    const isKnown = classMinutes(day.configuration, body.classLetter) !== null;
    // A visitor who booked comes at the time that was promised, also where the hall no longer has the class that was written down then.
    if (!isKnown && slot === null) return problem('unknown-class', { classLetter: body.classLetter });
    const classLetter = isKnown ? body.classLetter : ORDINARY;
    const wishes: Wish[] = [];
    let first: ServiceRule | null = null;
    for (const { serviceId, quantity } of body.services) {
      const service = serviceToday(day, serviceId);
      if ('code' in service) return service;
      first ??= service;
      wishes.push({ serviceId, quantity, windowId: null });
    }
    if (first === null) return problem('unknown-service', { serviceId: '' });
    if (slot === null && !isTimeLeft(day, wishes, persons, now)) return problem('no-time-left', {});
    const number = nextNumber(day, first.groupId, slot !== null);
    if (isProblemOfNumber(number)) return number;
    const visitId = id as string as VisitId;
    const due = dueOf(day.configuration, { classLetter, slot }, now);
    const { groupId } = first;
    return [
      {
        kind: 'visit-taken',
        body: { visitId, number, groupId, wishes, persons, classLetter, language, remote, slot, due },
      },
    ];
  },

  'check-in': (day, { visitId }) =>
    ofVisit(day, visitId, ['expected'], ({ groupId, due }) => [
      { kind: 'visit-checked-in', body: { visitId, groupId, due } },
    ]),

  hold: (day, { visitId, windowId, reason, minutes }, now) => {
    const body = { visitId, reason, until: now + minutes * MINUTE };
    if (windowId === null) {
      return ofVisit(day, visitId, ['waiting'], ({ groupId }) => [
        { kind: 'visit-held', body: { ...body, groupId, windowId } },
      ]);
    }
    return ofVisit(day, visitId, ['serving'], (visit) =>
      visit.windowId === windowId
        ? [{ kind: 'visit-held', body: { ...body, groupId: visit.groupId, windowId } }, ...endingAt(day, windowId)]
        : problem('visit-not-here', { windowId }),
    );
  },

  back: (day, { visitId }, now) =>
    ofVisit(day, visitId, ['held'], ({ groupId, due, hold }) => [
      { kind: 'visit-back', body: { visitId, groupId, due: hold?.reason === 'visitor' ? Math.max(due, now) : due } },
    ]),

  leave: (day, { visitId }) =>
    ofVisit(day, visitId, ['expected', 'waiting', 'called', 'held', 'no-show'], ({ groupId, state, windowId }) => {
      const at = state === 'called' ? windowId : null;
      const left: Draft = {
        kind: 'visit-left',
        body: { visitId, groupId, windowId: at, waiting: state === 'waiting' },
      };
      return at === null ? [left] : [left, ...endingAt(day, at)];
    }),

  reactivate: (day, { visitId }, now) =>
    ofVisit(day, visitId, ['no-show', 'left'], (visit): Decision => {
      if (visit.state === 'left') return backFromLeaving(day, visit, now);
      const { groupId, classLetter, returns } = visit;
      const { returnsMax } = day.configuration.calls;
      if (returns >= returnsMax) return problem('returns-used', { returnsMax });
      const due = dueOf(day.configuration, { classLetter, slot: null }, now);
      return [{ kind: 'visit-reactivated', body: { visitId, groupId, due } }];
    }),

  redeem: (day, { visitId, drink }) => {
    const visit = day.visits.get(visitId);
    if (visit === undefined) return problem('unknown-visit', { visitId });
    if (!visit.wait.broken) return problem('no-voucher', {});
    if (visit.wait.drink !== null) return problem('voucher-used', { drink: visit.wait.drink });
    return [{ kind: 'voucher-redeemed', body: { visitId, drink } }];
  },
};

/** A visitor who pressed «leave» by mistake has their place back, as long as nobody else has their number. */
const LEAVE_UNDONE_MS = 5 * MINUTE;

function backFromLeaving(day: Day, visit: Visit, now: Instant): Decision {
  const { visitId, number, groupId, due, since, remote, wait } = visit;
  // A visitor who never came to the hall takes a new ticket when they do.
  const neverCame = remote && wait.before === 0;
  if (neverCame || now - since > LEAVE_UNDONE_MS || day.numbers.get(number) !== visitId) {
    return problem('left-for-good', {});
  }
  return [{ kind: 'visit-back', body: { visitId, groupId, due } }];
}

function endingAt(day: Day, windowId: WindowId): readonly Draft[] {
  const window = day.windows.get(windowId);
  return window === undefined ? [] : endingOf(window);
}

/** A service that is given today; else why not. */
export function serviceToday(day: Day, serviceId: ServiceId): ServiceRule | Problem {
  const service = rulesOf(day.configuration).services.get(serviceId);
  if (service === undefined) return problem('unknown-service', { serviceId });
  return service.off ? problem('service-off', { serviceId }) : service;
}

function doorProblem(day: Day, { slot, remote }: CommandBodies['take'], now: Instant): Problem | null {
  if (day.state === 'doors-closed') return problem('doors-closed', {});
  const early = day.opening !== null && now < day.opening.doorsOpen;
  return early && slot === null && !remote ? problem('doors-not-open', {}) : null;
}
