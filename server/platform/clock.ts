import { refuse } from '../../core/problems.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Db } from './handles.ts';

export type ClockKind = 'real' | 'demo' | 'replay';

/** The one clock of a node: the database's, carried on by this machine's monotonic counter. */
export interface Clock {
  readonly kind: ClockKind;
  /** How many times faster than life it runs: 1, but for a demo being prepared; 0 for a replay, which is stepped. */
  readonly rate: number;
  now(): Instant;
  /** Moves a replay clock forward. Throws clock-not-stepped or clock-backwards. */
  stepTo(instant: Instant): Promise<void>;
  /** Lets a demo clock run faster or slower from now on (1 to 1000). Throws clock-not-stepped. */
  runAt(rate: number): Promise<void>;
  /** False while the database's clock shows another time than the counter carries: it is watched, and believed when it stays so. */
  readonly steady: boolean;
  stop(): Promise<void>;
}

/** What a new demo or replay clock shows, given what it showed last. */
export type ShownAt = (kept: Instant | null) => Instant;

/** A shown clock: it showed `at` when the database's clock showed `setAt`, and runs `rate` times as fast. */
interface Shown {
  readonly at: Instant;
  readonly setAt: number;
  readonly rate: number;
}

const SYNC_EVERY_MS = 2_000;
const JUMP_MAX_MS = 2_000;
/** A clock that was put back is believed soon: it harms nothing. One that is ahead closes doors: it has to stay so. */
const BACK_FOR_MS = 3_000;
const AHEAD_FOR_MS = 30_000;
/** How often a demo clock is written down, so that a node that was killed goes on about where it stopped. */
const KEEP_EVERY_MS = 2_000;

/** Opens the clock of a database. The machine's wall clock is never read. */
export async function openClock(db: Db, kind: ClockKind, shownAt: ShownAt): Promise<Clock> {
  let offset = await offsetOf(db);
  /** Another time that the database has shown for a while. */
  let doubt: { readonly offset: number; readonly since: number } | null = null;
  const databaseNow = () => performance.now() + offset;
  const now = () =>
    shown === null ? Math.floor(databaseNow()) : Math.floor(shown.at + shown.rate * (databaseNow() - shown.setAt));
  let shown: Shown | null = null;
  const show = async (at: Instant, rate: number) => {
    shown = { at, setAt: databaseNow(), rate };
    await keepShown(db, shown);
  };
  if (kind !== 'real') await show(shownAt(await keptShown(db)), kind === 'demo' ? 1 : 0);

  const sync = async () => {
    const measured = await offsetOf(db);
    const ahead = measured - offset;
    if (Math.abs(ahead) > JUMP_MAX_MS) {
      if (doubt === null || Math.abs(measured - doubt.offset) > JUMP_MAX_MS)
        doubt = { offset: measured, since: performance.now() };
      // Meanwhile the counter carries the clock: a moment of wrong time stops nothing and moves nothing.
      if (performance.now() - doubt.since < (ahead > 0 ? AHEAD_FOR_MS : BACK_FOR_MS)) return;
    }
    const at = now();
    offset = measured;
    // What a demo shows does not follow the jumps of a real clock.
    if (shown !== null && doubt !== null) shown = { ...shown, at, setAt: databaseNow() };
    doubt = null;
  };
  // A database that does not answer is asked again at the next turn; the counter carries the clock meanwhile.
  const every = (ms: number, work: () => Promise<void>) =>
    setInterval(() => void work().catch(() => undefined), ms).unref();
  const timers = [every(SYNC_EVERY_MS, sync)];
  if (kind === 'demo') timers.push(every(KEEP_EVERY_MS, () => show(now(), shown?.rate ?? 1)));

  return {
    kind,
    now,
    get rate() {
      return shown?.rate ?? 1;
    },
    get steady() {
      return doubt === null;
    },
    stepTo: async (instant) => {
      if (kind !== 'replay') return refuse('clock-not-stepped', { kind });
      if (instant < now()) return refuse('clock-backwards', {});
      return show(instant, 0);
    },
    runAt: async (rate) => (kind === 'demo' ? show(now(), rate) : refuse('clock-not-stepped', { kind })),
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      if (kind === 'demo') await show(now(), 1);
    },
  };
}

/** The database's clock less our counter, from the quickest of five answers. */
async function offsetOf(db: Db): Promise<number> {
  let best = { trip: Infinity, offset: 0 };
  for (let round = 0; round < 5; round += 1) {
    const before = performance.now();
    const { rows } = await db.read((tx) =>
      tx.query<{ now: string }>('select extract(epoch from clock_timestamp()) * 1000 as now'),
    );
    const trip = performance.now() - before;
    if (trip < best.trip) best = { trip, offset: Number(rows[0]?.now) - before - trip / 2 };
  }
  return best.offset;
}

async function keptShown(db: Db): Promise<Instant | null> {
  const { rows } = await db.read((tx) =>
    tx.query<{ shown_at: string }>('select instant_ms(shown_at) as shown_at from shown_clock'),
  );
  return rows[0] === undefined ? null : Number(rows[0].shown_at);
}

async function keepShown(db: Db, { at, setAt, rate }: Shown): Promise<void> {
  await db.write((tx) =>
    tx.query(
      `insert into shown_clock (set_at, shown_at, rate) values (instant_of($1), instant_of($2), $3)
     on conflict (only_row) do update set set_at = excluded.set_at, shown_at = excluded.shown_at, rate = excluded.rate`,
      [Math.floor(setAt), Math.floor(at), rate],
    ),
  );
}
