import { type Problem, problem } from '../problems.ts';
import type { Caller } from './commands.ts';
import type { Day } from './day.ts';
import type { SpecialistId, WindowId } from './ids.ts';

/** Nobody presses the buttons of a neighbour, or reads that desk: a window answers its own specialist and those who run the hall. */
export function notYourWindow(day: Day, windowId: WindowId, { specialistId, runsHall }: Caller): Problem | null {
  if (specialistId === null || runsHall) return null;
  const seated = day.windows.get(windowId)?.specialistId ?? null;
  return seated === null || seated === specialistId ? null : problem('not-your-window', { windowId });
}

/** A specialist opens a window only for themselves, also where they run the hall. */
export function notYourself({ specialistId }: Caller, opens: SpecialistId): Problem | null {
  return specialistId === null || specialistId === opens ? null : problem('not-yourself', {});
}
