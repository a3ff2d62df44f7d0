import type { CivilDate } from '../time/civil.ts';
import type { Instant } from '../time/instant.ts';
import { CELL, WINDOWS_POOL } from './setting.ts';

/** A cell of a pool in which more is taken than is offered now. */
export interface TightCell {
  readonly day: CivilDate;
  readonly pool: string;
  readonly at: Instant;
  readonly excess: number;
}

/** A booking that is to come, with what it takes. */
export interface ComingBooking {
  readonly bookingId: string;
  readonly day: CivilDate;
  readonly claims: readonly { readonly pool: string; readonly at: Instant; readonly cells: number }[];
  /** True when one of its services is not given that day. */
  readonly isOff: boolean;
  /** True when the centre is not open at its time. */
  readonly isOutside: boolean;
}

export type ConflictReason = 'closed' | 'staff' | 'resource' | 'service-off';

/**
 * For which bookings there is no room any more: of those that share a cell the ones that were made last, and no more of them than it
 * takes; and of those whose service is not given, or at whose time the centre is not open, all. `bookings` newest first.
 */
export function conflictsOf(
  bookings: readonly ComingBooking[],
  tight: readonly TightCell[],
): { readonly bookingId: string; readonly reason: ConflictReason }[] {
  const excess = new Map(tight.map(({ day, pool, at, excess: much }) => [`${day} ${pool} ${at}`, much]));
  const found: { bookingId: string; reason: ConflictReason }[] = [];
  for (const { bookingId, day, claims, isOff, isOutside } of bookings) {
    const cells = claims.flatMap(({ pool, at, cells: count }) =>
      Array.from({ length: count }, (_, cell) => ({ pool, key: `${day} ${pool} ${at + cell * CELL}` })),
    );
    const crowded = cells.filter(({ key }) => (excess.get(key) ?? 0) > 0);
    if (!isOff && !isOutside && crowded.length === 0) continue;
    for (const { key } of cells) excess.set(key, (excess.get(key) ?? 0) - 1);
    found.push({ bookingId, reason: isOff ? 'service-off' : reasonOf(isOutside, crowded) });
  }
  return found;
}

function reasonOf(isOutside: boolean, crowded: readonly { readonly pool: string }[]): ConflictReason {
  if (isOutside) return 'closed';
  return crowded.some(({ pool }) => pool.startsWith('unit:')) && !crowded.some(({ pool }) => pool === WINDOWS_POOL)
    ? 'resource'
    : 'staff';
}
