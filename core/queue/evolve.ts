import type { Instant } from '../time/instant.ts';
import { changeDay, put } from './journal.ts';
import type { ConfigurationOf, Day } from './day.ts';
import { hallAppliers } from './evolve-hall.ts';
import { visitAppliers } from './evolve-visits.ts';
import { windowAppliers } from './evolve-windows.ts';
import { type EventBodies, type EventKind, happenedAt, type QueueEvent } from './events.ts';
import { readBody } from './versions.ts';

/** A fold met an event that it cannot read: the day is unreadable from there on. */
export class UnreadableEvent extends Error {
  readonly seq: number;

  constructor(seq: number, reason: string, options?: ErrorOptions) {
    super(`event ${seq}: ${reason}`, options);
    this.name = 'UnreadableEvent';
    this.seq = seq;
  }
}

type Appliers = {
  readonly [Kind in EventKind]: (day: Day, body: EventBodies[Kind], at: Instant, rules: ConfigurationOf) => void;
};

const appliers: Appliers = { ...hallAppliers, ...visitAppliers, ...windowAppliers };

/**
 * Changes the day by one event, in place; the day's journal, if it has one, notes how to take that back.
 * Throws UnreadableEvent when the event does not follow, is of an unknown kind or version, or does not fit; only in the last
 * case may the day be half changed, and is to be thrown away.
 */
export function evolve(day: Day, event: QueueEvent, rules: ConfigurationOf): void {
  if (event.seq !== day.seq + 1) throw new UnreadableEvent(event.seq, `does not follow ${day.seq}`);
  const body = readBody(event.kind, event.v, event.body);
  if (body === null) throw new UnreadableEvent(event.seq, `unknown kind ${event.kind} version ${event.v}`);
  try {
    const apply = appliers[event.kind] as Appliers[EventKind & 'visit-taken'];
    apply(day, body as EventBodies['visit-taken'], happenedAt(event), rules);
  } catch (error) {
    throw new UnreadableEvent(event.seq, 'does not fit the day', { cause: error });
  }
  changeDay(day, (its) => {
    its.seq = event.seq;
    its.at = event.at;
    its.epoch = event.epoch;
  });
  if (event.command !== null) put(day, day.commands, event.command.id, { mark: event.command, seq: event.seq });
}

/** Folds events one after another. On an unreadable event those before it stay. */
export function evolveAll(day: Day, events: Iterable<QueueEvent>, rules: ConfigurationOf): void {
  for (const event of events) evolve(day, event, rules);
}
