import type { Instant } from '../time/instant.ts';
import { change, inReverse, put, type Undo } from './changes.ts';
import type { ConfigurationOf, Day } from './day.ts';
import { hallAppliers } from './evolve-hall.ts';
import { visitAppliers } from './evolve-visits.ts';
import { windowAppliers } from './evolve-windows.ts';
import { type EventBodies, type EventKind, happenedAt, type QueueEvent } from './events.ts';
import { readBody } from './versions.ts';

export type { Undo } from './changes.ts';

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
  readonly [Kind in EventKind]: (day: Day, body: EventBodies[Kind], at: Instant, rules: ConfigurationOf) => Undo;
};

const appliers: Appliers = { ...hallAppliers, ...visitAppliers, ...windowAppliers };

/**
 * Changes the day by one event, in place, and gives back how to take it back.
 * Throws UnreadableEvent, with the day unchanged, when the event does not follow or is of an unknown kind or version.
 */
export function evolve(day: Day, event: QueueEvent, rules: ConfigurationOf): Undo {
  if (event.seq !== day.seq + 1) throw new UnreadableEvent(event.seq, `does not follow ${day.seq}`);
  const body = readBody(event.kind, event.v, event.body);
  if (body === null) throw new UnreadableEvent(event.seq, `unknown kind ${event.kind} version ${event.v}`);
  const undos: Undo[] = [];
  try {
    const apply = appliers[event.kind] as Appliers[EventKind & 'visit-taken'];
    undos.push(apply(day, body as EventBodies['visit-taken'], happenedAt(event), rules));
  } catch (error) {
    throw new UnreadableEvent(event.seq, 'does not fit the day', { cause: error });
  }
  undos.push(change<Day>(day, { seq: event.seq, at: event.at, epoch: event.epoch }));
  if (event.command !== null) undos.push(put(day.commands, event.command.id, { mark: event.command, seq: event.seq }));
  return inReverse(undos);
}

/** Folds events one after another; gives back one undo for all. On an unreadable event those before it stay. */
export function evolveAll(day: Day, events: Iterable<QueueEvent>, rules: ConfigurationOf): Undo {
  const undos: Undo[] = [];
  for (const event of events) undos.push(evolve(day, event, rules));
  return inReverse(undos);
}
