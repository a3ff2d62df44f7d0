import type { Day, Step, Visit } from '../../../core/queue/day.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey, VisitId } from '../../../core/queue/ids.ts';
import { clockTime, firstWaitMs, laterWaitMs } from '../../../core/queue/wait-clock.ts';
import type { Instant, Milliseconds } from '../../../core/time/instant.ts';
import type { ChainValue } from './chain.ts';

/** An event with the chain value after it. */
export interface StoredEvent {
  readonly event: QueueEvent;
  readonly chain: ChainValue;
}

/** The events that one batch adds to one day, and what they were decided on. Without events: only a check. */
export interface AppendPart {
  readonly key: DayKey;
  readonly baseSeq: number;
  readonly baseChain: ChainValue;
  readonly events: readonly StoredEvent[];
  readonly visits: readonly VisitRow[];
  readonly steps: readonly StepRow[];
}

/** What came of a part: it holds; or the day had moved, with the events missed; or the store lost what we built on. */
export type AppendOutcome =
  | { readonly kind: 'held' }
  | { readonly kind: 'moved'; readonly tail: readonly StoredEvent[] }
  | { readonly kind: 'lost-base' };

/** A row of `visit`, whole. The waits are those so far. */
export interface VisitRow extends Pick<
  Visit,
  'visitId' | 'number' | 'groupId' | 'persons' | 'state' | 'takenAt' | 'due' | 'classLetter' | 'slot'
> {
  /** When it was called first, and when it was over. */
  readonly calledAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly waitMs: Milliseconds;
  readonly laterWaitMs: Milliseconds;
  readonly promiseBroken: boolean;
}

/** A row of `visit_step`, whole: one service of a visit at one window. */
export interface StepRow extends Step {
  readonly visitId: VisitId;
  /** Counted from 1. */
  readonly step: number;
}

const OVER_OR_GONE: ReadonlySet<Visit['state']> = new Set(['finished', 'left', 'lapsed', 'no-show']);

/** The rows that some events changed, as they stand in the day after all of them. A step that has ended changes no more. */
export function changedRows(day: Day, events: readonly QueueEvent[]): { visits: VisitRow[]; steps: StepRow[] } {
  const changed = new Set<VisitId>();
  for (const { body } of events) if ('visitId' in body) changed.add(body.visitId);
  const visits: VisitRow[] = [];
  const steps: StepRow[] = [];
  const since = events[0]?.at ?? 0;
  for (const visitId of changed) {
    const visit = day.visits.get(visitId) as Visit;
    visits.push(visitRow(visit, clockTime(day, day.at)));
    visit.steps.forEach((step, index) => {
      const mayHaveChanged = index >= visit.steps.length - 1 || step.endedAt === null || step.endedAt >= since;
      if (mayHaveChanged || step.calledAt >= since) steps.push({ visitId, step: index + 1, ...step });
    });
  }
  return { visits, steps };
}

function visitRow(visit: Visit, at: Instant): VisitRow {
  const { visitId, number, groupId, persons, state, takenAt, due, classLetter, slot, wait, steps, since } = visit;
  return {
    visitId,
    number,
    groupId,
    persons,
    state,
    takenAt,
    due,
    classLetter,
    slot,
    calledAt: steps[0]?.calledAt ?? null,
    endedAt: OVER_OR_GONE.has(state) ? since : null,
    waitMs: firstWaitMs(wait, at),
    laterWaitMs: laterWaitMs(wait, at),
    promiseBroken: wait.broken,
  };
}
