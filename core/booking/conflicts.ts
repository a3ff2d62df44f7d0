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
}

export type ConflictReason = 'closed' | 'staff' | 'resource' | 'service-off';

/**
 * For which bookings there is no room any more: of those that share a cell the ones that were made last, and no more of them than it
 * takes. `bookings` newest first; `isShut`: days on which the centre does not receive.
 */
export function conflictsOf(
  bookings: readonly ComingBooking[],
  tight: readonly TightCell[],
  isShut: (day: CivilDate) => boolean,
): { readonly bookingId: string; readonly reason: ConflictReason }[] {
  const excess = new Map(tight.map(({ day, pool, at, excess: much }) => [`${day} ${pool} ${at}`, much]));
  const found: { bookingId: string; reason: ConflictReason }[] = [];
  for (const { bookingId, day, claims, isOff } of bookings) {
    const cells = claims.flatMap(({ pool, at, cells: count }) =>
      Array.from({ length: count }, (_, cell) => ({ pool, key: `${day} ${pool} ${at + cell * CELL}` })),
    );
    const crowded = cells.filter(({ key }) => (excess.get(key) ?? 0) > 0);
    if (!isOff && crowded.length === 0) continue;
    for (const { key } of cells) excess.set(key, (excess.get(key) ?? 0) - 1);
    found.push({ bookingId, reason: isOff ? 'service-off' : reasonOf(isShut(day), crowded) });
  }
  return found;
}

function reasonOf(isShut: boolean, crowded: readonly { readonly pool: string }[]): ConflictReason {
  if (isShut) return 'closed';
  return crowded.some(({ pool }) => pool.startsWith('unit:')) && !crowded.some(({ pool }) => pool === WINDOWS_POOL)
    ? 'resource'
    : 'staff';
}
