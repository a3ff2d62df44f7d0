import type { Day, Visit } from '../../../core/queue/day.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { VisitId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';

/** A row of `visit`, whole. */
export type VisitRow = Pick<
  Visit,
  'visitId' | 'number' | 'groupId' | 'persons' | 'state' | 'takenAt' | 'due' | 'calledAt' | 'endedAt'
>;

/** A row of `visit_step`, whole: one service of a visit at one window. */
export interface StepRow {
  readonly visitId: VisitId;
  readonly step: number;
  readonly groupId: string;
  readonly windowId: number;
  readonly specialistId: string | null;
  readonly calledAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
}

/** The rows that some events changed, as they stand in the day after all of them. */
export function changedRows(day: Day, events: readonly QueueEvent[]): { visits: VisitRow[]; steps: StepRow[] } {
  const changed = new Set<VisitId>();
  for (const { body } of events) if ('visitId' in body) changed.add(body.visitId);
  const visits: Visit[] = [];
  for (const visitId of changed) visits.push(day.visits.get(visitId) as Visit);
  return { visits, steps: visits.flatMap(stepOf) };
}

function stepOf(visit: Visit): StepRow[] {
  const { visitId, groupId, windowId, specialistId, calledAt, startedAt, endedAt, state } = visit;
  if (calledAt === null || windowId === null) return [];
  const outcome = endedAt === null ? null : state;
  return [{ visitId, step: 1, groupId, windowId, specialistId, calledAt, startedAt, endedAt, outcome }];
}
