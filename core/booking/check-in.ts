import { refuse } from '../problems.ts';
import { OVER, type VisitState } from '../queue/day.ts';
import type { VisitId } from '../queue/ids.ts';
import type { TimeZone } from '../time/civil.ts';
import { type Instant, MINUTE } from '../time/instant.ts';
import { localTime } from '../time/wording.ts';
import { mustAllow } from './actions.ts';
import { type BookingState, checkInNow, type Stop } from './life.ts';
import type { BookingSetting } from './setting.ts';

/** What a check-in comes to. */
export type CheckInStep =
  /** The visit is there, and its visitor is waited for. */
  | { readonly kind: 'there'; readonly visitId: VisitId }
  /** The visitor did not come when called, or left: the hall says whether the visit may go on. */
  | { readonly kind: 'back'; readonly visitId: VisitId }
  /** A visit begins. `before`: the one of this booking that is over; null: there was none. `isNoted`: the booking says so already. */
  | { readonly kind: 'new'; readonly visitId: VisitId; readonly before: VisitId | null; readonly isNoted: boolean };

/** What a check-in is decided on. */
export interface CheckInFacts {
  readonly booking: {
    readonly state: BookingState;
    readonly at: Instant;
    readonly atHome: boolean;
    /** The visit that the booking says it is; null: none yet. */
    readonly visitId: VisitId | null;
  };
  /** The last visit of the booking that the hall knows; null: none. */
  readonly last: { readonly visitId: VisitId; readonly state: VisitState } | null;
  /** The visit that would be next. */
  readonly next: VisitId;
  /** A visit that the hall has said cannot go on; null: none. */
  readonly leftForGood: VisitId | null;
  readonly setting: BookingSetting;
  /** When the hall was stopped on this day. */
  readonly stops: readonly Stop[];
  readonly zone: TimeZone;
}

/**
 * Who missed the call or left checks in again: a missed visit goes on, one that was left goes on while that can be undone, and then a new
 * one begins with the rights of the time that was booked. Throws booking-state, at-home, booking-early or booking-late.
 */
export function decideCheckIn(facts: CheckInFacts, now: Instant): CheckInStep {
  const { booking, last, next, leftForGood } = facts;
  mustAllow('check-in', booking.state);
  if (booking.atHome) return refuse('at-home', {});
  const begin = { kind: 'new', visitId: next, before: last?.visitId ?? null } as const;
  // It was noted and the hall has not heard of it.
  if (booking.visitId === next) return { ...begin, isNoted: true };
  if (last?.state === 'finished') return refuse('booking-state', { is: 'served' });
  if (last !== null && last.state !== 'no-show' && !OVER.has(last.state))
    return { kind: 'there', visitId: last.visitId };
  mustBeInTime(facts, now);
  if (last !== null && last.state !== 'lapsed' && last.visitId !== leftForGood)
    return { kind: 'back', visitId: last.visitId };
  return { ...begin, isNoted: false };
}

function mustBeInTime({ booking: { at }, setting, stops, zone }: CheckInFacts, now: Instant): void {
  const { before, after } = setting.checkInMinutes;
  const time = localTime(at, zone);
  const when = checkInNow(setting, at, now, stops);
  if (when === 'early') return refuse('booking-early', { time, from: localTime(at - before * MINUTE, zone) });
  if (when === 'late') return refuse('booking-late', { time, minutes: after });
}
