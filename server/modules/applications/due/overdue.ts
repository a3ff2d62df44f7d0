import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { isClockStopped } from '../../../../core/applications/life.ts';
import type { Write } from '../../../platform/handles.ts';
import type { Application } from '../queries.ts';
import { settleTasks } from '../tasks/queries.ts';

/** True when its statutory term has passed and nobody has decided; while the clock is stopped no term passes. */
export function isOverdue({ state, endedOn, lastDay }: Application, today: CivilDate): boolean {
  return endedOn === null && lastDay !== null && lastDay < today && !isClockStopped(state);
}

/** Closes the task that tells of a term that has passed, where it has not: decided, stopped, or made longer. */
export async function withdrawOverdue(
  tx: Write,
  application: Application,
  today: CivilDate,
  at: Instant,
): Promise<void> {
  if (!isOverdue(application, today)) await settleTasks(tx, 'term-over', application.applicationId, at);
}
