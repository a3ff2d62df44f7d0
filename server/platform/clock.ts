import type pg from 'pg';
import { problem, ProblemError } from '../../core/problems.ts';
import type { Instant } from '../../core/time/instant.ts';

export type ClockKind = 'real' | 'demo' | 'replay';

/** The one clock of a node: the database's, carried on by this machine's monotonic counter. */
export interface Clock {
  readonly kind: ClockKind;
  now(): Instant;
  /** Moves a replay clock forward. Throws clock-not-stepped or clock-backwards. */
  stepTo(instant: Instant): Promise<void>;
  /** False after the database's clock jumped: nothing may be written until somebody looks. */
  readonly steady: boolean;
  stop(): void;
}

const SYNC_EVERY_MS = 30_000;
const JUMP_MAX_MS = 2_000;

/**
 * Opens the clock of a database. A demo clock starts at `shownAt` unless the database's own is later.
 * The machine's wall clock is never read.
 */
export async function openClock(pool: pg.Pool, kind: ClockKind, shownAt: Instant | null): Promise<Clock> {
  let offset = await offsetOf(pool);
  let steady = true;
  const databaseNow = () => performance.now() + offset;
  let shown = kind === 'real' ? null : await shownClock(pool, shownAt ?? databaseNow());

  const sync = async () => {
    const measured = await offsetOf(pool);
    steady = Math.abs(measured - offset) <= JUMP_MAX_MS;
    if (steady) offset = measured;
  };
  // A database that does not answer now is asked again in half a minute; the counter carries the clock meanwhile.
  const timer = setInterval(() => void sync().catch(() => undefined), SYNC_EVERY_MS);
  timer.unref();

  return {
    kind,
    get steady() {
      return steady;
    },
    now: () => {
      if (shown === null) return Math.floor(databaseNow());
      return kind === 'replay' ? shown.at : Math.floor(shown.at + databaseNow() - shown.setAt);
    },
    stepTo: async (instant) => {
      if (kind !== 'replay' || shown === null) throw new ProblemError(problem('clock-not-stepped', { kind }));
      if (instant < shown.at) throw new ProblemError(problem('clock-backwards', {}));
      shown = { at: instant, setAt: shown.setAt };
      await pool.query('update shown_clock set shown_at = instant_of($1)', [instant]);
    },
    stop: () => clearInterval(timer),
  };
}

/** The database's clock less our counter, from the quickest of five answers. */
async function offsetOf(pool: pg.Pool): Promise<number> {
  let best = { trip: Infinity, offset: 0 };
  for (let round = 0; round < 5; round += 1) {
    const before = performance.now();
    const { rows } = await pool.query('select extract(epoch from clock_timestamp()) * 1000 as now');
    const trip = performance.now() - before;
    if (trip < best.trip) best = { trip, offset: Number(rows[0].now) - before - trip / 2 };
  }
  return best.offset;
}

async function shownClock(pool: pg.Pool, wanted: Instant): Promise<{ at: Instant; setAt: number }> {
  const { rows } = await pool.query(
    `insert into shown_clock (set_at, shown_at) values (clock_timestamp(), instant_of($1))
     on conflict (only_row) do update
       set set_at = excluded.set_at, shown_at = greatest(shown_clock.shown_at, excluded.shown_at)
     returning extract(epoch from set_at) * 1000 as set_at, instant_ms(shown_at) as shown_at`,
    [Math.floor(wanted)],
  );
  return { at: Number(rows[0].shown_at), setAt: Number(rows[0].set_at) };
}
