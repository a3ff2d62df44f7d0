import type { Instant } from '../time/instant.ts';
import type { Need } from './need.ts';
import { CELL, CELL_MINUTES, unitPool, WINDOWS_POOL } from './setting.ts';

/** A pool as it is booked now. */
export interface Pool {
  readonly wholeDay: boolean;
  readonly places: ArrayLike<number>;
  readonly taken: ArrayLike<number>;
}

/** A day of a centre in the ledger: its pools by cells of five minutes from a moment. */
export interface LedgerDay {
  readonly begins: Instant;
  readonly pools: ReadonlyMap<string, Pool>;
  /** The units of each kind of resource. */
  readonly units: ReadonlyMap<string, readonly number[]>;
  /** What was counted on this day before, by what was asked; forgotten with every change of the day. */
  readonly counted?: Map<string, FreeCount | null>;
}

/** What one asks of a day. */
export interface Asked {
  readonly need: Need;
  readonly stepMinutes: number;
  /** No time before this. */
  readonly notBefore: Instant;
  /** The pool of the channel while its share is not released; null: it may take any place. */
  readonly channel: string | null;
}

/** A time that can be booked, and how many could at that time. */
export interface FreeTime {
  readonly at: Instant;
  readonly left: number;
}

/** The times of a day that can be booked, in order. A time is free when each of its cells has a place in every pool. */
export function freeTimes(day: LedgerDay, asked: Asked): FreeTime[] {
  const found: FreeTime[] = [];
  const pools = poolsOf(day, asked.need);
  eachFree(day, pools, asked, (cell, units) => {
    found.push({ at: day.begins + cell * CELL, left: Math.min(units, leftIn(pools, cell, asked.need.cells)) });
  });
  return found.reverse();
}

/** How many times of a day can be booked, and the first; null: none. */
export function countFree(day: LedgerDay, asked: Asked): FreeCount | null {
  let times = 0;
  let first = 0;
  eachFree(day, poolsOf(day, asked.need), asked, (cell) => {
    first = cell;
    times += 1;
  });
  return times === 0 ? null : { times, first: day.begins + first * CELL };
}

/** The same, remembered until the day changes. `name` stands for the need, the raster and the channel's pool. */
export function rememberedCount(day: LedgerDay, asked: Asked, name: string): FreeCount | null {
  // Of a day that has begun for the asker the count changes with the clock.
  if (day.counted === undefined || asked.notBefore > day.begins) return countFree(day, asked);
  const known = day.counted.get(name);
  if (known !== undefined) return known;
  const found = countFree(day, asked);
  if (day.counted.size < COUNTED_MAX) day.counted.set(name, found);
  return found;
}

const COUNTED_MAX = 200;

export interface FreeCount {
  readonly times: number;
  readonly first: Instant;
}

function poolsOf({ pools }: LedgerDay, need: Need): Pool[] {
  return need.pools.flatMap((name) => pools.get(name) ?? []);
}

/** Visits each cell of the raster at which the need fits, the last first, with how many units of the scarcest kind are free. */
function eachFree(
  day: LedgerDay,
  pools: readonly Pool[],
  { need, stepMinutes, notBefore, channel }: Asked,
  visit: (cell: number, units: number) => void,
): void {
  const windows = day.pools.get(WINDOWS_POOL);
  if (windows === undefined || (channel !== null && !hasShare(day, channel, need.cells))) return;
  const kinds = need.kinds.map((kind) =>
    (day.units.get(kind) ?? []).flatMap((unit) => {
      const pool = day.pools.get(unitPool(kind, unit));
      return pool === undefined ? [] : [runsOf([pool], pool.places.length)];
    }),
  );
  const step = Math.max(1, Math.round(stepMinutes / CELL_MINUTES));
  const first = Math.max(0, Math.ceil((notBefore - day.begins) / CELL / step) * step);
  for (let cell = windows.places.length - 1, run = 0; cell >= first; cell -= 1) {
    run = isOpenAt(pools, cell) ? run + 1 : 0;
    if (run < need.cells || cell % step !== 0) continue;
    let scarcest = Infinity;
    for (const units of kinds)
      scarcest = Math.min(scarcest, units.filter((runs) => (runs[cell] ?? 0) >= need.cells).length);
    if (scarcest > 0) visit(cell, scarcest);
  }
}

/** True when this very time can be booked. */
export function isFree(day: LedgerDay, asked: Asked, at: Instant): boolean {
  return freeTimes(day, { ...asked, notBefore: Math.max(asked.notBefore, at) })[0]?.at === at;
}

/**
 * What a booking at a time takes: the pools, and of each kind the first unit that is free so long. Null where a unit is missing;
 * whether there is room is for the ledger itself to say.
 */
export function poolsTaken(day: LedgerDay, { need, channel }: Asked, at: Instant): readonly string[] | null {
  const cell = Math.round((at - day.begins) / CELL);
  const taken = need.pools.filter((name) => day.pools.has(name));
  for (const kind of need.kinds) {
    const unit = (day.units.get(kind) ?? []).find((one) => {
      const pool = day.pools.get(unitPool(kind, one));
      return pool !== undefined && (runsOf([pool], pool.places.length)[cell] ?? 0) >= need.cells;
    });
    if (unit === undefined) return null;
    taken.push(unitPool(kind, unit));
  }
  if (channel !== null && day.pools.has(channel)) taken.push(channel);
  return taken.toSorted();
}

/** For each cell how many from it on have a place in every pool. */
function runsOf(pools: readonly Pool[], cells: number): Uint16Array {
  const runs = new Uint16Array(cells);
  for (let cell = cells - 1, run = 0; cell >= 0; cell -= 1) {
    run = isOpenAt(pools, cell) ? run + 1 : 0;
    runs[cell] = run;
  }
  return runs;
}

function isOpenAt(pools: readonly Pool[], cell: number): boolean {
  for (const { places, taken } of pools) if ((taken[cell] ?? 0) >= (places[cell] ?? 0)) return false;
  return true;
}

function leftIn(pools: readonly Pool[], from: number, cells: number): number {
  let left = Infinity;
  for (const { places, taken } of pools)
    for (let cell = from; cell < from + cells; cell += 1)
      left = Math.min(left, (places[cell] ?? 0) - (taken[cell] ?? 0));
  return left;
}

function hasShare({ pools }: LedgerDay, channel: string, cells: number): boolean {
  const pool = pools.get(channel);
  return pool === undefined || (pool.taken[0] ?? 0) + cells <= (pool.places[0] ?? 0);
}

/** What a booking takes of one pool: so many cells from a moment. */
export interface OwnClaim {
  readonly pool: string;
  readonly at: Instant;
  readonly cells: number;
}

/** A day as it would be if these claims were given back. */
export function dayWithout(day: LedgerDay, claims: readonly OwnClaim[]): LedgerDay {
  const pools = new Map(day.pools);
  for (const { pool: name, at, cells } of claims) {
    const pool = pools.get(name);
    if (pool === undefined) continue;
    const taken = Array.from(pool.taken);
    const [first, count, each] = pool.wholeDay ? [0, 1, cells] : [Math.round((at - day.begins) / CELL), cells, 1];
    for (let cell = first; cell < first + count; cell += 1) taken[cell] = (taken[cell] ?? 0) - each;
    pools.set(name, { ...pool, taken });
  }
  return { ...day, pools };
}
