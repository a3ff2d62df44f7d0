import pg from 'pg';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { Problem, ProblemCode } from '../../../core/problems.ts';
import { problem } from '../../../core/problems.ts';
import type { ConfigurationOf } from '../../../core/queue/day.ts';
import { UnreadableEvent } from '../../../core/queue/evolve.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { append, type AppendOutcome } from './store.ts';
import { type Asked, byCentreAndDay, catchUp, decidePart, type Entry, type Part, settle, type Stream, type Verdict } from './stream.ts';

/** What the writer needs of its surroundings. */
export interface WriterSetting {
  readonly connection: pg.ClientConfig;
  /** How many batches may be under way at once, each over its own connection. */
  readonly lanes: number;
  now(): Instant;
  readonly rules: ConfigurationOf;
  /** Called before a new connection is tried: starts an embedded server that is gone. */
  revive(): Promise<void>;
  /** The days' events, as soon as they are durable. */
  committed(key: DayKey, events: readonly QueueEvent[]): void;
  /** The day must be thrown away and read again; whoever waits in it is handed over. */
  dropped(stream: Stream, entries: readonly Entry[], cause: unknown): void;
  log(message: string, error?: unknown): void;
}

/** Decides and writes: many commands, one commit. */
export interface Writer {
  /** Waits until the command is durable or refused, or its time is up. Never throws. */
  submit(stream: Stream, asked: Asked): Promise<Verdict>;
  readonly waiting: number;
  /** Finishes what is under way and closes the connections. */
  close(): Promise<void>;
}

const DEADLINE_MS = 2_000;
const SWEEP_EVERY_MS = 100;
const STREAM_ENTRIES_MAX = 500;
const NODE_ENTRIES_MAX = 5_000;
const BATCH_ENTRIES_MAX = 512;
const GATHER_MS_MAX = 1;
/** A batch of fewer days than this is not worth a commit of its own. */
const SHARE_MIN = 16;
const LANE_OPTIONS =
  '-c plan_cache_mode=force_generic_plan -c lock_timeout=50 -c statement_timeout=5000 -c default_transaction_isolation=read\\ committed';

export function openWriter(setting: WriterSetting): Writer {
  const ready = new Set<Stream>();
  const waiting = new Set<Entry>();
  const undecided = new Set<Entry>();
  const sleepers: (() => void)[] = [];
  let closing = false;
  let busy = 0;
  let together = 1;

  const enqueue = (stream: Stream, entries: readonly Entry[]) => {
    stream.entries.unshift(...entries.filter((entry) => !entry.settled));
    for (const entry of stream.entries) undecided.add(entry);
    release(stream);
  };
  const wake = () => sleepers.pop()?.();
  const release = (stream: Stream) => {
    stream.inFlight = false;
    if (stream.entries.length > 0) ready.add(stream);
    wake();
  };
  const drop = (stream: Stream, entries: readonly Entry[], cause: unknown) => {
    ready.delete(stream);
    const orphans = [...entries, ...stream.entries.splice(0)].filter((entry) => !entry.settled);
    setting.dropped(stream, orphans, cause);
  };

  /** Takes this lane's share of what is ready and decides it. Lanes that are idle get a share too, or they would stay so. */
  const nextParts = (): Part[] => {
    const parts: Part[] = [];
    const now = setting.now();
    let room = BATCH_ENTRIES_MAX;
    let share = Math.max(SHARE_MIN, Math.ceil(ready.size / (setting.lanes - busy)));
    for (const stream of ready) {
      if (room <= 0 || share <= 0) break;
      share -= 1;
      ready.delete(stream);
      const entries = take(stream, room);
      if (entries.length === 0) continue;
      room -= entries.length;
      for (const entry of entries) undecided.delete(entry);
      stream.inFlight = true;
      try {
        parts.push(decidePart(stream, entries, now, setting.rules));
      } catch (error) {
        drop(stream, entries, error);
      }
    }
    if (ready.size > 0) wake();
    return parts.sort(byCentreAndDay);
  };

  const finish = (part: Part, outcome: AppendOutcome) => {
    if (outcome.kind === 'held') {
      part.hold();
      if (part.events.length > 0) setting.committed(part.key, part.events.map(({ event }) => event));
      release(part.stream);
      return;
    }
    part.undo();
    if (outcome.kind === 'lost-base') {
      drop(part.stream, part.entries, new Error('the store no longer has what was built on'));
      return;
    }
    try {
      catchUp(part.stream, outcome.tail, setting.rules);
    } catch (error) {
      drop(part.stream, part.entries, error);
      return;
    }
    setting.committed(part.key, outcome.tail.map(({ event }) => event));
    enqueue(part.stream, part.entries);
  };

  /** Writes the parts; a batch that fails is written part by part, a part that fails entry by entry. */
  const write = async (client: pg.Client, parts: readonly Part[]): Promise<void> => {
    let outcomes: AppendOutcome[];
    try {
      outcomes = await append(client, parts);
    } catch (error) {
      if (isLostConnection(error)) {
        // Whether the batch was committed is unknown. The next append finds out: if it was, the days have moved.
        for (const part of parts) {
          part.undo();
          enqueue(part.stream, part.entries);
        }
        throw error;
      }
      await writeApart(client, parts, error);
      return;
    }
    outcomes.forEach((outcome, index) => finish(parts[index] as Part, outcome));
  };

  const writeApart = async (client: pg.Client, parts: readonly Part[], error: unknown): Promise<void> => {
    const [only, ...others] = parts;
    if (only === undefined) return;
    if (others.length > 0) {
      for (const part of parts) await write(client, [part]);
      return;
    }
    only.undo();
    const [entry, ...more] = only.entries;
    if (entry === undefined || isWaitTooLong(error)) {
      enqueue(only.stream, only.entries);
    } else if (more.length > 0) {
      only.stream.oneByOne = only.entries.length;
      enqueue(only.stream, only.entries);
    } else {
      setting.log('a command could not be written', error);
      settle(entry, { kind: 'refused', problem: problemOf(error) });
      release(only.stream);
    }
  };

  /**
   * Whoever was answered together tends to ask again together. A batch that went without them would cost
   * a commit and make them wait for it; so a lane lets the loop turn for a moment until about as many are back.
   */
  const gather = async (): Promise<void> => {
    const until = performance.now() + GATHER_MS_MAX;
    while (undecided.size > 0 && undecided.size < together && performance.now() < until) await turn();
  };
  const lane = async (): Promise<void> => {
    let client: pg.Client | null = null;
    while (!closing || ready.size > 0) {
      try {
        client ??= await connect(setting);
        await gather();
        const parts = nextParts();
        if (parts.length > 0) {
          busy += 1;
          await write(client, parts).finally(() => (busy -= 1));
          together = parts.reduce((sum, part) => sum + part.entries.length, 0);
        }
        if (parts.length === 0 && !closing) await new Promise<void>((resolve) => sleepers.push(resolve));
      } catch (error) {
        if (closing) break;
        setting.log('the connection to the database was lost; trying again', error);
        void client?.end().catch(() => undefined);
        client = null;
        await pause(100);
        await setting.revive().catch((failure: unknown) => setting.log('the database does not start', failure));
      }
    }
    await client?.end().catch(() => undefined);
  };
  const sweep = setInterval(() => {
    const now = performance.now();
    for (const entry of waiting) {
      if (entry.deadline > now) continue;
      settle(entry, { kind: 'refused', problem: problem(undecided.has(entry) ? 'busy' : 'outcome-unknown', {}) });
    }
  }, SWEEP_EVERY_MS);
  const lanes = Array.from({ length: setting.lanes }, lane);

  return {
    get waiting() {
      return waiting.size;
    },
    submit: (stream, asked) =>
      new Promise((resolve) => {
        if (closing) return resolve(refused('busy'));
        if (stream.entries.length >= STREAM_ENTRIES_MAX || waiting.size >= NODE_ENTRIES_MAX) return resolve(refused('overloaded'));
        const entry: Entry = {
          asked,
          deadline: performance.now() + DEADLINE_MS,
          settled: false,
          settle: (verdict) => {
            waiting.delete(entry);
            undecided.delete(entry);
            resolve(verdict);
          },
        };
        waiting.add(entry);
        undecided.add(entry);
        stream.entries.push(entry);
        if (!stream.inFlight) {
          ready.add(stream);
          wake();
        }
      }),
    close: async () => {
      closing = true;
      while (sleepers.length > 0) wake();
      await Promise.race([Promise.all(lanes), pause(5_000, undefined, { ref: false })]);
      clearInterval(sweep);
    },
  };
}

/** The next entries of a day; one at a time after a part failed, so that only the culprit is refused. */
function take(stream: Stream, room: number): Entry[] {
  const taken = stream.entries.splice(0, stream.oneByOne > 0 ? 1 : room);
  if (stream.oneByOne > 0) stream.oneByOne -= 1;
  return taken.filter((entry) => !entry.settled);
}

async function connect(setting: WriterSetting): Promise<pg.Client> {
  const client = new pg.Client({ ...setting.connection, options: LANE_OPTIONS });
  // A connection that breaks while idle shows itself at the next batch.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function refused(code: 'busy' | 'overloaded'): Verdict {
  return { kind: 'refused', problem: problem(code, {}) };
}

/** What of PostgreSQL's refusals is the sender's fault, by SQLSTATE. */
const SENDERS_FAULT = new Set(['22P02', '22P05', '22021', '22003']);

function problemOf(error: unknown): Problem<Extract<ProblemCode, 'malformed-request' | 'internal'>> {
  if (error instanceof pg.DatabaseError && SENDERS_FAULT.has(error.code ?? '')) {
    return problem('malformed-request', { where: 'body', reason: 'the database refused a value in it' });
  }
  return problem('internal', {});
}

/** lock_not_available and query_canceled: somebody else holds the day; it is tried again until the deadline. */
function isWaitTooLong(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '57014');
}

/** Anything that is neither an answer of the database nor a fault of this program, and its word that it is going down. */
function isLostConnection(error: unknown): boolean {
  if (error instanceof UnreadableEvent || error instanceof TypeError || error instanceof RangeError) return false;
  if (!(error instanceof pg.DatabaseError)) return true;
  return error.code?.startsWith('08') === true || ['57P01', '57P02', '57P03', '53300'].includes(error.code ?? '');
}
