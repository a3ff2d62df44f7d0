import { problem } from '../problems.ts';
import { HOUR, type Instant } from '../time/instant.ts';
import type { CommandBodies, CommandKind } from './commands.ts';
import type { Day } from './day.ts';
import { decideChange } from './decide-change.ts';
import { hallDeciders } from './decide-hall.ts';
import { visitDeciders } from './decide-visits.ts';
import { windowDeciders } from './decide-windows.ts';
import type { Decide, Decision } from './decision.ts';
import type { CommandId } from './ids.ts';
import { allowedWhileStopped } from './window-actions.ts';

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
  command: { readonly kind: Kind; readonly id: CommandId; readonly body: CommandBodies[Kind] },
  now: Instant,
): Decision {
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

/**
 * A clock further behind the day's last event than this is broken, and nothing is written. One that is less behind had been put ahead for a
 * while: the day goes on, and its time does not advance until the clock has reached it.
 */
export const CLOCK_BEHIND_MAX = 12 * HOUR;
