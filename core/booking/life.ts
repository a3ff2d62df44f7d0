import { addDays, type CivilDate } from '../time/civil.ts';
import { type Instant, MINUTE } from '../time/instant.ts';
import type { BookingSetting, Channel } from './setting.ts';

/**
 * The states of a booking. A hold that nobody confirms lapses; a cancelled booking keeps its place for a moment, so that no program
 * can take at once what it has just given back; a visitor who has come is a visit in the queue; one who has not is missed.
 */
export const BOOKING_STATES = ['held', 'booked', 'came', 'served', 'missed', 'cancelled', 'lapsed'] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

export const HOLD_MINUTES = 10;

/** What a channel may book now: days from and to, and the moment before which nothing; null: nothing at all. */
export function horizonOf(
  setting: BookingSetting,
  channel: Channel,
  today: CivilDate,
  now: Instant,
): { readonly from: CivilDate; readonly to: CivilDate; readonly notBefore: Instant } {
  const { daysAhead, nextDayOnly, leadMinutes } = setting.channels[channel];
  const from = nextDayOnly ? addDays(today, 1) : today;
  const to = addDays(today, nextDayOnly ? 1 : daysAhead);
  return { from, to, notBefore: now + leadMinutes * MINUTE };
}

/** A stop of a hall; `until` null: it is still stopped. */
export interface Stop {
  readonly since: Instant;
  readonly until: Instant | null;
}

/**
 * Whether a visitor may check in now: too early, in time, or too late. `at`: the time of the booking. Nobody can check in while the hall
 * is stopped, so the time of its stops does not count.
 */
export function checkInNow(
  { checkInMinutes: { before, after } }: BookingSetting,
  at: Instant,
  now: Instant,
  stops: readonly Stop[],
): 'early' | 'in-time' | 'late' {
  if (now < at - before * MINUTE) return 'early';
  const stood = stops.reduce(
    (sum, { since, until }) => sum + Math.max(0, Math.min(until ?? now, now) - Math.max(since, at)),
    0,
  );
  return now - stood > at + after * MINUTE ? 'late' : 'in-time';
}
