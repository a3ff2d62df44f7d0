import { BrokenAlarm, BrokenDay, carryOut, type Outcome } from '../../../core/queue/execute-command.ts';
import { setAside } from '../../../core/queue/journal.ts';
import type { Command } from '../../../core/queue/commands.ts';
import { type ConfigurationOf, type Day, unopenedDay } from '../../../core/queue/day.ts';
import { evolve } from '../../../core/queue/evolve.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import { type Problem, ProblemError } from '../../../core/problems.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { chainAfter, type ChainValue } from './chain.ts';
import { type AppendPart, changedRows, type StoredEvent } from './append-part.ts';

/** A day in memory with what waits to be decided on it. Only its writer touches it. */
export interface Stream {
  readonly key: DayKey;
  readonly day: Day;
  chain: ChainValue;
  readonly entries: Entry[];
  /** True while a part of this day is being written: commands that come meanwhile wait undecided. */
  inFlight: boolean;
  /** How many entries are to be written one at a time, because a part that held them together failed. */
  oneByOne: number;
  /** Thrown away: the day is read again, and nothing is decided on this memory of it any more. */
  gone: boolean;
}

/** A look at a day: must not keep it, because the day goes on changing. What it throws reaches its reader and nobody else. */
export type Look = (day: Day) => unknown;

/** What is asked of a day: a command, or a look by a reader, who is to see only what is durable. */
export type Asked = { readonly command: Command } | { readonly look: Look };

/** A caller that waits for its command. */
export interface Entry {
  readonly asked: Asked;
  /** The monotonic millisecond after which nobody waits any more. */
  readonly deadline: number;
  readonly settle: (verdict: Verdict) => void;
  settled: boolean;
  /** How often it was decided. */
  attempts: number;
  /** It may have been written, over a connection that was lost before it could say so. */
  unsure: boolean;
}

/** What became of an entry, once it is durable. */
export type Verdict =
  | { readonly kind: 'done'; readonly events: readonly QueueEvent[] }
  | { readonly kind: 'repeated'; readonly seq: number; readonly events: number }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'seen'; readonly seen: unknown }
  /** Something of this program threw at what was asked; nothing was written. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** The entries decided together on one day, ready to be written as a whole. */
export interface Part extends AppendPart {
  readonly stream: Stream;
  readonly entries: readonly Entry[];
  /** The monotonic millisecond in which it was decided. */
  readonly since: number;
  /** Alarms that could not be settled and were set aside. */
  readonly brokenAlarms: readonly BrokenAlarm[];
  /** Settles the entries: the part is durable. Never throws. */
  readonly hold: () => void;
  /** Takes the day back to the base: the part was not written. */
  readonly undo: () => void;
}

export function emptyStream(key: DayKey): Stream {
  return { key, day: unopenedDay(key), chain: 0n, entries: [], inFlight: false, oneByOne: 0, gone: false };
}

/** Adds stored events to the day. Throws UnreadableEvent. */
export function catchUp(stream: Stream, tail: readonly StoredEvent[], rules: ConfigurationOf): void {
  for (const { event, chain } of tail) {
    if (event.seq <= stream.day.seq) continue;
    evolve(stream.day, event, rules);
    stream.chain = chain;
  }
}

/**
 * Decides the entries one after another on the day, which is then as if the part were written. A command that throws
 * fails alone. Throws when the day can no longer be trusted.
 */
export function decidePart(stream: Stream, entries: readonly Entry[], now: Instant, rules: ConfigurationOf): Part {
  const { key, day } = stream;
  const brokenAlarms: BrokenAlarm[] = [];
  const baseSeq = day.seq;
  const baseChain = stream.chain;
  const events: StoredEvent[] = [];
  const undos: (() => void)[] = [];
  const verdicts = entries.map(({ asked }): (() => Verdict) => {
    if ('look' in asked) return () => seenBy(asked.look, day);
    const outcome = decided(stream, asked.command, now, rules, brokenAlarms);
    if (outcome.kind === 'repeated') {
      const { seq, mark } = outcome.place;
      return () => ({ kind: 'repeated', seq, events: mark.events });
    }
    if (outcome.kind === 'refused' || outcome.kind === 'failed') return () => outcome;
    undos.push(outcome.undo);
    for (const event of outcome.events) {
      stream.chain = chainAfter(stream.chain, key, event);
      events.push({ event, chain: stream.chain });
    }
    return () => ({ kind: 'done', events: outcome.events });
  });
  return {
    stream,
    key,
    entries,
    baseSeq,
    baseChain,
    events,
    since: performance.now(),
    brokenAlarms,
    ...changedRows(
      day,
      events.map(({ event }) => event),
    ),
    hold: () => entries.forEach((entry, index) => settle(entry, (verdicts[index] as () => Verdict)())),
    undo: () => {
      for (const undo of undos.reverse()) undo();
      stream.chain = baseChain;
    },
  };
}

/** Carries a command out; alarms that cannot be settled are set aside, or the day would never go on. */
function decided(
  { day }: Stream,
  command: Command,
  now: Instant,
  rules: ConfigurationOf,
  broken: BrokenAlarm[],
): Outcome | { readonly kind: 'failed'; readonly error: unknown } {
  for (;;) {
    try {
      return carryOut(day, command, now, rules);
    } catch (error) {
      if (error instanceof BrokenDay) throw error;
      if (!(error instanceof BrokenAlarm) || !setAside(day, error.alarm)) return { kind: 'failed', error };
      broken.push(error);
    }
  }
}

function seenBy(look: Look, day: Day): Verdict {
  try {
    return { kind: 'seen', seen: look(day) };
  } catch (error) {
    return error instanceof ProblemError ? { kind: 'refused', problem: error.problem } : { kind: 'failed', error };
  }
}

/** Tells the one who waits; a second verdict (the first was "outcome unknown") is nobody's. */
export function settle(entry: Entry, verdict: Verdict): void {
  if (entry.settled) return;
  entry.settled = true;
  entry.settle(verdict);
}

/** The order in which parts are locked, the same on every node. */
export function byCentreAndDay(a: { readonly key: DayKey }, b: { readonly key: DayKey }): number {
  return a.key.centreId - b.key.centreId || (a.key.day < b.key.day ? -1 : a.key.day > b.key.day ? 1 : 0);
}

/** The next entries of a day; one at a time after a part failed. */
export function takeEntries(stream: Stream, room: number): Entry[] {
  const taken = stream.entries.splice(0, stream.oneByOne > 0 ? 1 : room);
  if (stream.oneByOne > 0) stream.oneByOne -= 1;
  return taken.filter((entry) => !entry.settled);
}
