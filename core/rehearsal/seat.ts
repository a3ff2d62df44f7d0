import type { Instant } from '../time/instant.ts';

/** The rehearsal's own data of a window, apart from the day. */
export interface Seat {
  readonly windowId: number;
  readonly reserve: boolean;
  readonly openedAt: Instant;
  readonly speed: number;
  /** When a window of the plan was told to close after its visitor; it is paid for what it works beyond. */
  leavesAt: Instant | null;
  /** Breaks that are still to come. */
  breaks: readonly { readonly from: number; readonly minutes: number }[];
}
