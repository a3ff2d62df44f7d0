import type { ReserveRule } from '../planning/reserve.ts';
import type { QueueConfiguration } from '../queue/configuration.ts';
import type { Day } from '../queue/day.ts';
import type { Skill } from '../queue/events.ts';
import type { Instant, Milliseconds } from '../time/instant.ts';
import type { Visitor } from './demand.ts';

/** The specialists in the order in which windows are opened; left out: the whole hall at usual speed without a break. */
export interface Specialist {
  readonly skills?: readonly Skill[];
  /** Twice as fast is 2. */
  readonly speed?: number;
  /** From which minute of the day, and for how many minutes, the window pauses; a visitor is served to the end first. */
  readonly breaks?: readonly { readonly from: number; readonly minutes: number }[];
}

/** One day of one hall that is to be rehearsed. Times are milliseconds from midnight of the centre. */
export interface DayToRehearse {
  readonly visitors: readonly Visitor[];
  /** The rules of the day. Its services are in the order of the visitors' classes. */
  readonly configuration: QueueConfiguration;
  readonly opensMs: Milliseconds;
  readonly closesMs: Milliseconds;
  /** Windows in each half hour from the opening of the doors. */
  readonly plan: readonly number[];
  /** What is done beyond the plan; null: nothing. */
  readonly reserve: ReserveRule | null;
  readonly specialists?: readonly Specialist[];
  /** The mean service that the plan goes by. */
  readonly meanServiceMinutes: number;
  /** From the call to the beginning of the service. */
  readonly walkMs?: Milliseconds;
  /** Which visitors do not come when they are called. */
  readonly staysAway?: (index: number) => boolean;
}

/** Further events of a rehearsal, for measuring estimates on it. */
export interface Listener {
  /** A visitor has taken a ticket and was not called at once. */
  waits?(day: Day, index: number, now: Instant): void;
  called?(index: number, waitedMs: Milliseconds, now: Instant): void;
  minute?(day: Day, now: Instant): void;
}
