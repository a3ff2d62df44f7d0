import type { Call, Ticket, VisitReply, WindowReply } from '../../../contract/queue.ts';
import type { Day, Visit, WindowState } from '../../../core/queue/day.ts';
import { dueBefore } from '../../../core/queue/dispatch.ts';
import { type EventBodies, type EventKind, happenedAt, type QueueEvent } from '../../../core/queue/events.ts';
import type { VisitId, WindowId } from '../../../core/queue/ids.ts';
import { latinNumber } from '../../../core/queue/letters.ts';
import { rulesOf } from '../../../core/queue/rules.ts';
import { readBody } from '../../../core/queue/versions.ts';
import { clockTime, firstWaitMs, laterWaitMs } from '../../../core/queue/wait-clock.ts';
import { waitRange } from '../../../core/queue/wait-range.ts';
import type { Instant } from '../../../core/time/instant.ts';

/** The ticket that a `take` made, from its events alone: the same command gives the same answer for ever. */
export function ticketOf(events: readonly QueueEvent[], tokenFor: (visitId: VisitId) => string): Ticket {
  const taken = events.find((event) => event.kind === 'visit-taken');
  if (taken === undefined) throw new Error('a take without a ticket');
  const { visitId, number, groupId, classLetter, due } = bodyOf<'visit-taken'>(taken);
  const call = callIn(own(events), ({ visitId: called }) => called === visitId);
  return {
    visitId,
    number,
    latinNumber: latinNumber(number),
    groupId,
    classLetter,
    takenAt: happenedAt(taken),
    due,
    call,
    token: tokenFor(visitId),
  };
}

/** The ticket of a visit as it is now. */
export function ticketOfVisit(day: Day, visit: Visit, token: string): Ticket {
  const { visitId, number, groupId, classLetter, takenAt, due, state, windowId } = visit;
  const step = visit.steps.at(-1);
  const isCalled = state === 'called' && windowId !== null && step !== undefined;
  const at = step?.lastCallAt ?? step?.calledAt ?? day.at;
  return {
    visitId,
    number,
    latinNumber: latinNumber(number),
    groupId,
    classLetter,
    takenAt,
    due,
    call: isCalled ? { visitId, number, groupId, serviceId: step.serviceId, windowId, at } : null,
    token,
  };
}

/** What a command at a window came to, from its events alone. */
export function windowReplyOf(windowId: WindowId, events: readonly QueueEvent[]): WindowReply {
  const facts = own(events).filter(({ body }) => 'windowId' in body && body.windowId === windowId);
  const last = facts.at(-1);
  const state = facts.map(stateAfter).findLast((one) => one !== null);
  if (last === undefined) throw new Error('a command at a window that said nothing of it');
  return { windowId, state: state ?? 'serving', call: callIn(facts, () => true), at: happenedAt(last) };
}

const STATES: Partial<Record<EventKind, WindowState>> = {
  'window-opened': 'not-ready',
  'window-ready': 'free',
  'visit-called': 'calling',
  'visit-recalled': 'calling',
  'call-answered': 'calling',
  'call-withdrawn': 'not-ready',
  'service-started': 'serving',
  'visit-held': 'not-ready',
  'visit-transferred': 'not-ready',
  'visit-no-show': 'not-ready',
  'window-paused': 'paused',
  'window-closed': 'closed',
};

/** The state in which an event leaves its window; null when it says nothing of it. */
function stateAfter(event: QueueEvent): WindowState | null {
  if (event.kind === 'window-ending') return event.body.state;
  if (event.kind !== 'service-finished') return STATES[event.kind] ?? null;
  return bodyOf<'service-finished'>(event).next === 'here' ? 'serving' : 'not-ready';
}

/** A visit in its day at a moment. */
export function visitReplyOf(day: Day, visit: Visit, now: Instant): VisitReply {
  const { visitId, number, groupId, persons, classLetter, language, state, wishes, slot, takenAt, due } = visit;
  return {
    visitId,
    number,
    groupId,
    persons,
    classLetter,
    language,
    state,
    since: visit.since,
    wishes: [...wishes],
    slot,
    takenAt,
    due,
    windowId: visit.windowId,
    heldUntil: visit.hold?.until ?? null,
    steps: visit.steps.map(({ serviceId, quantity, windowId, calledAt, startedAt, endedAt, outcome }) => {
      return { serviceId, quantity, windowId, calledAt, startedAt, endedAt, outcome };
    }),
    waitMs: firstWaitMs(visit.wait, clockTime(day, now)),
    laterWaitMs: laterWaitMs(visit.wait, clockTime(day, now)),
    promiseBroken: visit.wait.broken,
    drink: visit.wait.drink,
    ahead: state === 'waiting' ? aheadOf(day, visit) : 0,
    wait: state === 'waiting' ? rangeOf(day, visit, now) : null,
  };
}

function rangeOf(day: Day, visit: Visit, now: Instant): VisitReply['wait'] {
  const service = rulesOf(day.configuration).services.get(visit.wishes[0]?.serviceId ?? '');
  const range = service === undefined ? null : waitRange(day, service, visit.due, now, visit);
  return range === null ? null : { q50Minutes: range.q50Minutes, q90Minutes: range.q90Minutes };
}

/** How many go before a waiting visit. */
export function aheadOf(day: Day, visit: Visit): number {
  let ahead = 0;
  for (const line of day.lines.values()) for (const other of line) if (dueBefore(other, visit)) ahead += 1;
  return ahead;
}

/** The command's own events, without what was settled before it. */
function own(events: readonly QueueEvent[]): readonly QueueEvent[] {
  return events.filter((event) => event.dueAt === null);
}

function callIn(events: readonly QueueEvent[], isWanted: (body: EventBodies['visit-called']) => boolean): Call | null {
  for (const event of events) {
    if (event.kind !== 'visit-called') continue;
    const body = bodyOf<'visit-called'>(event);
    if (!isWanted(body)) continue;
    const { visitId, number, groupId, serviceId, windowId } = body;
    return { visitId, number, groupId, serviceId, windowId, at: happenedAt(event) };
  }
  return null;
}

function bodyOf<Kind extends EventKind>({ kind, v, body }: QueueEvent): EventBodies[Kind] {
  return readBody(kind, v, body) as EventBodies[Kind];
}

/** An event as anyone may see it: without the specialist and without whose command it was. */
export function publicEvent(event: QueueEvent): QueueEvent {
  const shown = { ...event, command: null };
  return shown.kind === 'window-opened' ? { ...shown, body: { ...shown.body, specialistId: '' } } : shown;
}
