import { setImmediate as turn } from 'node:timers/promises';
import type { FreeCount, LedgerDay, Pool } from '../../../../core/booking/free.ts';
import type { LedgerDays } from '../../../../core/booking/times.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate, type TimeZone } from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Context } from '../../../platform/context.ts';
import { freeWhatIsDue } from '../queries.ts';
import { type PoolRow, poolsOf, poolsSince, wholeLedger } from './queries.ts';

/** The ledger as this node holds it in memory, in step with the database whenever it is asked. */
export interface Ledger {
  /** The days as they are at this moment: whatever was committed before the call is in it. */
  read(): Promise<LedgerDays>;
}

interface KnownDay extends LedgerDay {
  readonly pools: Map<string, Pool>;
  readonly units: Map<string, number[]>;
  readonly counted: Map<string, FreeCount | null>;
  begins: Instant;
}

const CENTRES_AT_ONCE = 4;
/** Holds come free, and cancelled places, at most this long after they are due while anyone looks. */
const SWEEP_EVERY_MS = 500;

export function openLedger(context: Pick<Context, 'db' | 'now'>): Ledger {
  const { db, now } = context;
  const sweep = sweeper(context);
  const centres = new Map<CentreId, Map<CivilDate, KnownDay>>();
  const sorted = new Map<CentreId, readonly CivilDate[]>();
  let mark: string | null = null;
  let trimmed: CivilDate | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const catchUp = async () => {
    await sweep();
    const today = businessDayAt(now(), 'UTC' as TimeZone);
    const from = addDays(today, -1);
    if (trimmed !== from) {
      for (const days of centres.values()) for (const day of days.keys()) if (day < from) days.delete(day);
      sorted.clear();
      trimmed = from;
    }
    const since = mark;
    const changed = since === null ? await readAll(from) : await db.read((tx) => poolsSince(tx, from, since));
    for (const row of changed.rows) keep(centres, row);
    for (const [centreId, days] of centres)
      if (sorted.get(centreId)?.length !== days.size) sorted.set(centreId, [...days.keys()].sort());
    mark = changed.mark;
  };
  // The ledger of a city is tens of thousands of pools: between its parts a node that has just begun answers what else it is asked. What
  // is written meanwhile is newer than the mark, and asked for again.
  const readAll = async (from: CivilDate): Promise<{ rows: readonly PoolRow[]; mark: string }> => {
    const { mark: begun, centreIds } = await db.read((tx) => wholeLedger(tx, from));
    for (let first = 0; first < centreIds.length; first += CENTRES_AT_ONCE) {
      for (const row of await db.read((tx) => poolsOf(tx, from, centreIds.slice(first, first + CENTRES_AT_ONCE))))
        keep(centres, row);
      await turn();
    }
    return { rows: [], mark: begun };
  };
  // A caller that asks while a reading is under way waits for the next: the running one may have begun too early for it.
  const inStep = (): Promise<void> => {
    if (running === null) {
      running = catchUp().finally(() => (running = null));
      return running;
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return inStep();
      });
    return next;
  };
  return {
    read: async () => {
      await inStep();
      return {
        day: (centreId, day) => centres.get(centreId)?.get(day) ?? null,
        daysOf: (centreId) => sorted.get(centreId) ?? [],
      };
    },
  };
}

/** Frees what is due, but not more often than half a second apart, unless the clock was moved. */
function sweeper({ db, now }: Pick<Context, 'db' | 'now'>): () => Promise<unknown> {
  let sweptAt = -Infinity;
  let clockAt = -Infinity;
  return async () => {
    const [at, clock] = [performance.now(), now()];
    if (at - sweptAt < SWEEP_EVERY_MS && clock - clockAt < SWEEP_EVERY_MS) return;
    [sweptAt, clockAt] = [at, clock];
    await db.write((tx) => freeWhatIsDue(tx, clock));
  };
}

function keep(centres: Map<CentreId, Map<CivilDate, KnownDay>>, row: PoolRow): void {
  const days = centres.get(row.centreId) ?? new Map<CivilDate, KnownDay>();
  centres.set(row.centreId, days);
  const day = days.get(row.day) ?? { begins: row.begins, pools: new Map(), units: new Map(), counted: new Map() };
  days.set(row.day, day);
  day.counted.clear();
  if (!row.wholeDay) day.begins = row.begins;
  const isNew = !day.pools.has(row.pool);
  day.pools.set(row.pool, { wholeDay: row.wholeDay, places: counts(row.places), taken: counts(row.taken) });
  const [, kind, unit] = /^unit:(.+):(\d+)$/.exec(row.pool) ?? [];
  if (isNew && kind !== undefined) day.units.set(kind, [...(day.units.get(kind) ?? []), Number(unit)]);
}

/** The numbers of an array as PostgreSQL writes it, `{1,0,2}`: a tenth of the time of a parser that knows every kind of array. */
function counts(text: string): Int16Array {
  const found = new Int16Array((text.match(/,/g)?.length ?? 0) + 1);
  let value = 0;
  let index = 0;
  for (let at = 1; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign >= 48 && sign <= 57) value = value * 10 + sign - 48;
    else {
      found[index] = value;
      index += 1;
      value = 0;
    }
  }
  return found;
}
