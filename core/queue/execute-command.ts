import { type Problem, problem } from '../problems.ts';
import { HOUR, type Instant } from '../time/instant.ts';
import type { Caller, Command, CommandBodies, CommandKind } from './commands.ts';
import type { Alarm, CommandPlace, ConfigurationOf, Day, Journal, Visit } from './day.ts';
import { notYourself, notYourWindow } from './caller.ts';
import { decideChange } from './decide-change.ts';
import { hallDeciders } from './decide-hall.ts';
import { visitDeciders } from './decide-visits.ts';
import { called, windowDeciders } from './decide-windows.ts';
import { type Decide, type Decision, isProblem } from './decision.ts';
import { newJournal, noteIn, takeBack } from './journal.ts';
import { nextMatch } from './dispatch.ts';
import { evolve } from './evolve.ts';
import type { CommandMark, Draft, QueueEvent } from './events.ts';
import type { CommandId } from './ids.ts';
import { draftsOf, dueTimer } from './timers.ts';
import { VERSIONS } from './versions.ts';
import { allowedWhileStopped } from './window-actions.ts';

/**
 * A clock further behind the day's last event than this is broken, and nothing is written. One that is less behind had been put ahead for a
 * while: the day goes on, and its time does not advance until the clock has reached it.
 */
export const CLOCK_BEHIND_MAX = 12 * HOUR;

/**
 * The outcome of a command: `done` with the events that are now in the day and how to take them back,
 * `repeated` when the same command is in the day already, or `refused`, which leaves the day as it was.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly QueueEvent[]; readonly undo: () => void }
  | { readonly kind: 'repeated'; readonly place: CommandPlace }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** An alarm rang and what it comes to does not fit the day. The day is as it was; the alarm is to be set aside, or nothing is ever decided again. */
export class BrokenAlarm extends Error {
  readonly alarm: Alarm;

  constructor(alarm: Alarm, options: ErrorOptions) {
    super(`the alarm “${alarm.kind}” cannot be settled`, options);
    this.name = 'BrokenAlarm';
    this.alarm = alarm;
  }
}

/** What a command had changed could not be taken back: this memory of the day is worth nothing. */
export class BrokenDay extends Error {
  constructor(options: ErrorOptions) {
    super('what a command changed could not be taken back', options);
    this.name = 'BrokenDay';
  }
}

/**
 * Carries a command out on the day: settles everything that was due by `now`, then decides and applies.
 * The first event of the command itself, not of what was settled before it, bears the command's mark.
 * `lasting`: what is done is neither taken back nor asked twice (a rehearsal): no marks are kept, and a refusal leaves what was settled.
 * Whatever is thrown on the way, a BrokenAlarm among it, leaves the day as it was, except BrokenDay.
 */
export function carryOut(day: Day, command: Command, now: Instant, rules: ConfigurationOf, lasting = false): Outcome {
  const place = lasting ? undefined : day.commands.get(command.id);
  if (place !== undefined) {
    if (place.mark.hash === command.hash) return { kind: 'repeated', place };
    return { kind: 'refused', problem: problem('command-conflict', { commandId: command.id }) };
  }
  if (day.at - now > CLOCK_BEHIND_MAX) return { kind: 'refused', problem: problem('clock-behind', {}) };

  const at = Math.max(now, day.at);
  const events: QueueEvent[] = [];
  const journal = lasting ? null : newJournal();
  noteIn(day, journal);
  try {
    settleDue(day, { at, events, rules });
    const decision = decide(day, command, at);
    if (isProblem(decision)) {
      if (journal !== null) takeBack(day, journal);
      return { kind: 'refused', problem: decision };
    }
    // How many events the command makes is known only after its calls; nobody sees the mark before.
    const mark = lasting ? null : { id: command.id, hash: command.hash, events: 0 };
    const settled = events.length;
    applyWithCalls(day, decision, { at, dueAt: null, mark, events, rules });
    if (mark !== null) mark.events = events.length - settled;
    return { kind: 'done', events, undo: journal === null ? NO_WAY_BACK : () => takeBack(day, journal) };
  } catch (error) {
    if (journal !== null) takeBackAll(day, journal);
    throw error;
  } finally {
    noteIn(day, null);
  }
}

const deciders: { readonly [Kind in CommandKind]: Decide<Kind> } = {
  ...hallDeciders,
  ...visitDeciders,
  ...windowDeciders,
  'change-visit': decideChange,
};

/**
 * What a command makes of a day in which everything due has been settled. Changes nothing.
 * `now` is the moment of the decision, never before the day's last event.
 */
export function decide<Kind extends CommandKind>(
  day: Day,
  command: {
    readonly kind: Kind;
    readonly id: CommandId;
    readonly body: CommandBodies[Kind];
    readonly caller?: Caller | undefined;
  },
  now: Instant,
): Decision {
  const notTheirs = command.caller === undefined ? null : callerProblem(day, command.caller, command);
  if (notTheirs !== null) return notTheirs;
  if (command.kind !== 'open-day' && command.kind !== 'wake') {
    if (day.state === 'unopened') return problem('day-not-open', { day: day.key.day });
    if (day.state === 'closed') return problem('day-closed', { day: day.key.day });
    if (day.movedTo !== null && command.kind !== 'take-home') {
      return problem('home-elsewhere', { home: day.movedTo });
    }
    if (day.stopped !== null && !allowedWhileStopped.has(command.kind)) {
      return problem('hall-stopped', { reason: day.stopped.reason });
    }
  }
  const decideKind: Decide<Kind> = deciders[command.kind];
  return decideKind(day, command.body, now, command.id);
}

/** Why a caller may not give this command; null where they may. */
function callerProblem(
  day: Day,
  caller: Caller,
  { kind, body }: { readonly kind: CommandKind; readonly body: CommandBodies[CommandKind] },
): Problem | null {
  if (kind === 'open-window') return notYourself(caller, (body as CommandBodies['open-window']).specialistId);
  return 'windowId' in body && body.windowId !== null ? notYourWindow(day, body.windowId, caller) : null;
}

function takeBackAll(day: Day, journal: Journal): void {
  try {
    takeBack(day, journal);
  } catch (error) {
    throw new BrokenDay({ cause: error });
  }
}

/** Settles everything that was due, one thing after another. Throws BrokenAlarm. */
function settleDue(day: Day, cause: Pick<Cause, 'at' | 'events' | 'rules'>): void {
  for (let timer = dueTimer(day, cause.at); timer !== null; timer = dueTimer(day, cause.at)) {
    const { dueAt, alarm } = timer;
    try {
      applyWithCalls(day, draftsOf(day, timer), { ...cause, dueAt, mark: null });
    } catch (error) {
      throw alarm === null ? error : new BrokenAlarm(alarm, { cause: error });
    }
  }
}

const NO_WAY_BACK = (): never => {
  throw new Error('what lasts is not taken back');
};

/** What the events of one cause have in common, and the list that they go to. */
interface Cause {
  readonly at: Instant;
  readonly dueAt: Instant | null;
  /** For the first of them. */
  readonly mark: CommandMark | null;
  readonly events: QueueEvent[];
  readonly rules: ConfigurationOf;
}

/** Facts may free a window or bring a visitor to a line: the calls that the hall then owes follow at once. */
function applyWithCalls(day: Day, drafts: readonly Draft[], cause: Cause): void {
  let { mark } = cause;
  for (const draft of drafts) {
    apply(day, draft, mark, cause);
    mark = null;
  }
  for (let match = nextMatch(day, cause.at); match !== null; match = nextMatch(day, cause.at)) {
    breakWhatIsOverdue(day, match.visit, cause);
    apply(day, called(match.visit, match.window.windowId, null), null, cause);
  }
}

/** A call that came to nothing lets a clock run on that may have passed its limit meanwhile: the next call, at the same moment, does not hide it. */
function breakWhatIsOverdue(day: Day, { visitId, wait: { breaksAt } }: Visit, cause: Cause): void {
  if (breaksAt === null || breaksAt > (cause.dueAt ?? cause.at)) return;
  apply(day, { kind: 'promise-broken', body: { visitId } }, null, { ...cause, dueAt: breaksAt });
}

function apply(
  day: Day,
  { kind, body }: Draft,
  command: CommandMark | null,
  { at, dueAt, events, rules }: Cause,
): void {
  // A day at a new home is of a new epoch: late events of the old one are told by it.
  const epoch = kind === 'home-taken' ? day.epoch + 1 : day.epoch;
  const event = { kind, body, seq: day.seq + 1, epoch, at, dueAt, v: VERSIONS[kind], command } as QueueEvent;
  evolve(day, event, rules);
  events.push(event);
}
