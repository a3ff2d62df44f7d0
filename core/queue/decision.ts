import { type Problem, problem } from '../problems.ts';
import type { Instant } from '../time/instant.ts';
import type { CommandBodies, CommandKind } from './commands.ts';
import type { Day, Visit, VisitState, Window } from './day.ts';
import type { Draft } from './events.ts';
import type { CommandId, VisitId } from './ids.ts';

/** The facts that a command makes, or why it makes none. The calls that follow are the hall's, not the command's. */
export type Decision = readonly Draft[] | Problem;

export function isProblem(decision: Decision): decision is Problem {
  return 'code' in decision;
}

/** Decides one kind of command. Changes nothing. */
export type Decide<Kind extends CommandKind> = (
  day: Day,
  body: CommandBodies[Kind],
  now: Instant,
  id: CommandId,
) => Decision;

/** What is done with a visit in one of these states; else the problem says which state it is in. */
export function ofVisit(
  day: Day,
  visitId: VisitId,
  allowed: readonly VisitState[],
  then: (visit: Visit) => Decision,
): Decision {
  const visit = day.visits.get(visitId);
  if (visit === undefined) return problem('unknown-visit', { visitId });
  if (!allowed.includes(visit.state)) return problem('visit-state', { number: visit.number, state: visit.state });
  return then(visit);
}

/** What a window does once its visitor is gone, if it was told to do something. */
export function endingOf({ windowId, ending }: Window): Draft[] {
  if (ending === null) return [];
  return ending === 'close'
    ? [{ kind: 'window-closed', body: { windowId } }]
    : [{ kind: 'window-paused', body: { windowId, reason: ending } }];
}
