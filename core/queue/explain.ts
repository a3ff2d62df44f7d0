import type { Instant, Milliseconds } from '../time/instant.ts';
import { ORDINARY } from './configuration.ts';
import { type ConfigurationOf, type Day, unopenedDay, type Visit } from './day.ts';
import { dueBefore, mayServe } from './dispatch.ts';
import { evolve } from './evolve.ts';
import { type EventBodies, happenedAt, type QueueEvent } from './events.ts';
import type { ClassLetter, DayKey, VisitId, VisitNumber, WindowId } from './ids.ts';
import { clockTime, firstWaitMs, laterWaitMs } from './wait-clock.ts';

/** Why one visit was called when it was: every call made while it waited. Nothing in it is secret or personal. */
export interface Explanation {
  readonly number: VisitNumber;
  readonly takenAt: Instant;
  readonly due: Instant;
  readonly classLetter: ClassLetter;
  readonly waitMs: Milliseconds;
  readonly laterWaitMs: Milliseconds;
  readonly calls: readonly ExplainedCall[];
}

export interface ExplainedCall {
  readonly at: Instant;
  readonly number: VisitNumber;
  readonly windowId: WindowId;
  /** When the called visit was due. */
  readonly due: Instant;
  readonly why: Why;
  /** True when the called visitor had an appointment, or a class that goes first by law. */
  readonly appointment: boolean;
  readonly byLaw: boolean;
}

/**
 * `this-visit`: its own call. `due-earlier`, `same-due`: the other should have been called first. `other-window`: this
 * window cannot serve this visit. `returned`: the other was to come back to this window. `picked`: a hall administrator
 * called the other, with a reason in the log. `policy`: the hall goes by another order than that of being due.
 */
export type Why = 'this-visit' | 'due-earlier' | 'same-due' | 'other-window' | 'returned' | 'picked' | 'policy';

/** Explains a visit from the events of its day; null when the day has no such visit. */
export function explain(
  key: DayKey,
  events: Iterable<QueueEvent>,
  rules: ConfigurationOf,
  visitId: VisitId,
): Explanation | null {
  const day = unopenedDay(key);
  const calls: ExplainedCall[] = [];
  for (const event of events) {
    const called = event.kind === 'visit-called' ? event.body : null;
    const mine = day.visits.get(visitId);
    if (called !== null && mine?.state === 'waiting') calls.push(explained(day, mine, called, happenedAt(event)));
    evolve(day, event, rules);
  }
  const visit = day.visits.get(visitId);
  if (visit === undefined) return null;
  const { number, takenAt, due, classLetter, wait } = visit;
  const waits = {
    waitMs: firstWaitMs(wait, clockTime(day, day.at)),
    laterWaitMs: laterWaitMs(wait, clockTime(day, day.at)),
  };
  return { number, takenAt, due, classLetter, ...waits, calls };
}

function explained(day: Day, mine: Visit, called: EventBodies['visit-called'], at: Instant): ExplainedCall {
  const { number, windowId } = called;
  const other = day.visits.get(called.visitId) ?? mine;
  const { due, slot, classLetter } = other;
  const why = whyBefore(day, mine, other, called);
  return { at, number, windowId, due, why, appointment: slot !== null, byLaw: classLetter !== ORDINARY };
}

function whyBefore(day: Day, mine: Visit, other: Visit, called: EventBodies['visit-called']): Why {
  if (other === mine) return 'this-visit';
  // A day of the first release says nothing of picks: nobody could be picked then.
  if ((called.picked ?? null) !== null) return 'picked';
  if (other.boundUntil !== null) return 'returned';
  const window = day.windows.get(called.windowId);
  if (window === undefined || !mayServe(day, window, mine)) return 'other-window';
  if (other.due === mine.due) return 'same-due';
  return dueBefore(other, mine) ? 'due-earlier' : 'policy';
}

/** What a visitor is told of those who went before them: in kinds that say nothing of any one of them. */
export const SAFE_REASONS = ['waited-longer', 'appointment', 'by-law', 'other-window', 'came-back', 'other'] as const;
export type SafeReason = (typeof SAFE_REASONS)[number];

/** Fewer of a kind than this could identify a person in the hall. */
const KIND_MIN = 3;

/**
 * Why others were called while a visit waited, counted by kind. Kinds of fewer than three are merged into `other`; when
 * that is too small itself, into the smallest kind that is left, and into a bare count when none is.
 */
export function safeReasons({ calls }: Pick<Explanation, 'calls'>): { reason: SafeReason; calls: number }[] {
  const counts = new Map<SafeReason, number>();
  for (const call of calls) {
    const reason = safeReasonOf(call);
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  let merged = counts.get('other') ?? 0;
  counts.delete('other');
  const byCount = [...counts].toSorted(([, a], [, b]) => a - b);
  const kept: [SafeReason, number][] = [];
  for (const [reason, count] of byCount) {
    if (count < KIND_MIN || (merged > 0 && merged < KIND_MIN)) merged += count;
    else kept.push([reason, count]);
  }
  const all: [SafeReason, number][] = merged > 0 ? [...kept, ['other', merged]] : kept;
  return SAFE_REASONS.flatMap((reason) =>
    all.filter(([one]) => one === reason).map(([, count]) => ({ reason, calls: count })),
  );
}

function safeReasonOf({ why, appointment, byLaw }: ExplainedCall): SafeReason | null {
  if (why === 'this-visit') return null;
  if (why === 'other-window') return 'other-window';
  if (why === 'returned') return 'came-back';
  if (why === 'picked' || why === 'policy') return 'other';
  if (byLaw) return 'by-law';
  return appointment ? 'appointment' : 'waited-longer';
}
