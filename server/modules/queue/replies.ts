import type { Call, Ticket, WindowReply } from '../../../contract/queue.ts';
import { happenedAt, type QueueEvent } from '../../../core/queue/events.ts';
import type { WindowId } from '../../../core/queue/ids.ts';
import type { WindowState } from '../../../core/queue/day.ts';

/** The ticket that a `take` made, from its events alone: the same command gives the same answer for ever. */
export function ticketOf(events: readonly QueueEvent[]): Ticket {
  const taken = events.find((event) => event.kind === 'visit-taken');
  if (taken === undefined) throw new Error('a take without a ticket');
  const { visitId, number, groupId, due } = taken.body;
  return { visitId, number, groupId, takenAt: happenedAt(taken), due, call: callIn(own(events)) };
}

/** What a command at a window came to, from its events alone. */
export function windowReplyOf(windowId: WindowId, events: readonly QueueEvent[]): WindowReply {
  const facts = own(events);
  const last = facts.at(-1);
  const state = last === undefined ? undefined : stateAfter[last.kind];
  if (last === undefined || state === undefined) throw new Error('a command at a window that said nothing of it');
  return { windowId, state, call: callIn(facts), at: happenedAt(last) };
}

const stateAfter: Partial<Record<QueueEvent['kind'], WindowState>> = {
  'window-opened': 'not-ready',
  'window-ready': 'free',
  'visit-called': 'calling',
  'service-started': 'serving',
  'service-finished': 'not-ready',
  'visit-no-show': 'not-ready',
  'window-paused': 'paused',
  'window-closed': 'closed',
};

/** The command's own events, without what was settled before it. */
function own(events: readonly QueueEvent[]): readonly QueueEvent[] {
  return events.filter((event) => event.dueAt === null);
}

function callIn(events: readonly QueueEvent[]): Call | null {
  const called = events.find((event) => event.kind === 'visit-called');
  return called === undefined ? null : { ...called.body, at: happenedAt(called) };
}

/** An event as anyone may see it: without the specialist and without whose command it was. */
export function publicEvent(event: QueueEvent): QueueEvent {
  const shown = { ...event, command: null };
  return shown.kind === 'window-opened' ? { ...shown, body: { ...shown.body, specialistId: '' } } : shown;
}
