import { type Problem, problem } from '../problems.ts';
import type { Instant } from '../time/instant.ts';
import type { Command } from './commands.ts';
import type { CommandPlace, ConfigurationOf, Day } from './day.ts';
import { CLOCK_BEHIND_MAX, decide } from './decide.ts';
import { called } from './decide-windows.ts';
import { isProblem } from './decision.ts';
import { nextMatch } from './dispatch.ts';
import { evolve, type Undo } from './evolve.ts';
import type { CommandMark, Draft, QueueEvent } from './events.ts';
import { dueTimer } from './timers.ts';
import { VERSIONS } from './versions.ts';

/**
 * What became of a command: `done` with the events that now stand in the day and how to take them back,
 * `repeated` when the same command stands in the day already, or `refused`, which leaves the day as it was.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly QueueEvent[]; readonly undo: Undo }
  | { readonly kind: 'repeated'; readonly place: CommandPlace }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Carries a command out on the day: settles everything that was due by `now`, then decides and applies.
 * The first event of the command itself, not of what was settled before it, bears the command's mark.
 */
export function carryOut(day: Day, command: Command, now: Instant, rules: ConfigurationOf): Outcome {
  const place = day.commands.get(command.id);
  if (place !== undefined) {
    if (place.mark.hash === command.hash) return { kind: 'repeated', place };
    return { kind: 'refused', problem: problem('command-conflict', { commandId: command.id }) };
  }
  if (day.at - now > CLOCK_BEHIND_MAX) return { kind: 'refused', problem: problem('clock-behind', {}) };

  const at = Math.max(now, day.at);
  const events: QueueEvent[] = [];
  const undos: Undo[] = [];
  const undo = () => {
    for (let index = undos.length - 1; index >= 0; index -= 1) (undos[index] as Undo)();
  };
  const apply = (draft: Draft, dueAt: Instant | null, mark: CommandMark | null) => {
    const v = VERSIONS[draft.kind];
    // A day at a new home is of a new epoch: late events of the old one are told by it.
    const epoch = draft.kind === 'home-taken' ? day.epoch + 1 : day.epoch;
    const event: QueueEvent = { ...draft, seq: day.seq + 1, epoch, at, dueAt, v, command: mark };
    undos.push(evolve(day, event, rules));
    events.push(event);
  };
  /** Facts may free a window or bring a visitor to a line: the calls that the hall then owes follow at once. */
  const applyWithCalls = (drafts: readonly Draft[], dueAt: Instant | null, mark: CommandMark | null) => {
    drafts.forEach((draft, index) => apply(draft, dueAt, index === 0 ? mark : null));
    for (let match = nextMatch(day, at); match !== null; match = nextMatch(day, at)) {
      apply(called(match.visit, match.window.windowId, null), dueAt, null);
    }
  };

  for (let timer = dueTimer(day, at); timer !== null; timer = dueTimer(day, at)) {
    applyWithCalls(timer.drafts, timer.dueAt, null);
  }
  const decision = decide(day, command, at);
  if (isProblem(decision)) {
    undo();
    return { kind: 'refused', problem: decision };
  }
  // How many events the command makes is known only after its calls; nobody sees the mark before.
  const mark = { id: command.id, hash: command.hash, events: 0 };
  const settled = events.length;
  applyWithCalls(decision, null, mark);
  mark.events = events.length - settled;
  return { kind: 'done', events, undo };
}
