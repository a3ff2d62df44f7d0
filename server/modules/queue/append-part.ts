import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import type { ChainValue } from './chain.ts';
import type { StepRow, VisitRow } from './read-model.ts';

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
