import type pg from 'pg';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { problem } from '../../../core/problems.ts';
import type { ConfigurationOf } from '../../../core/queue/day.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { append, type AppendOutcome } from './store.ts';
import {
  type Asked,
  byCentreAndDay,
  catchUp,
  decidePart,
  type Entry,
  type Part,
  settle,
  type Stream,
  type Verdict,
} from './stream.ts';
import { connectWriter, isLostConnection, isWaitTooLong, problemOfWrite } from './writer-connection.ts';

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

const DEADLINE_MS = 2_000;
const SWEEP_EVERY_MS = 100;
const RECONNECT_AFTER_MS = 100;
const CLOSE_MS_MAX = 5_000;
const STREAM_ENTRIES_MAX = 500;
const NODE_ENTRIES_MAX = 5_000;
const BATCH_ENTRIES_MAX = 512;
const GATHER_MS_MAX = 1;
/** A batch of fewer days than this is not worth a commit of its own. */
const SHARE_MIN = 16;

/** Decides and writes: many commands, one commit. */
export class Writer {
  readonly #setting: WriterSetting;
  /** The days that have something to decide and no part under way. */
  readonly #ready = new Set<Stream>();
  /** Everybody who waits for an answer; and of those, who is in no batch yet. */
  readonly #waiting = new Set<Entry>();
  readonly #undecided = new Set<Entry>();
  readonly #sleepers: (() => void)[] = [];
  readonly #lanes: Promise<void>[];
  readonly #sweep: NodeJS.Timeout;
  /** How often commands were decided, and how often a decision met a day that had moved. */
  readonly figures = { decisions: 0, collisions: 0, attemptsMax: 0 };
  #closing = false;
  #busy = 0;
  /** How many were answered together last. */
  #together = 1;

  constructor(setting: WriterSetting) {
    this.#setting = setting;
    this.#lanes = Array.from({ length: setting.lanes }, () => this.#lane());
    this.#sweep = setInterval(() => this.#refuseLate(), SWEEP_EVERY_MS);
  }

  /** Waits until what is asked is durable or refused, or its time is up. Never throws. */
  submit(stream: Stream, asked: Asked): Promise<Verdict> {
    return new Promise((resolve) => {
      if (this.#closing) return resolve({ kind: 'refused', problem: problem('busy', {}) });
      if (stream.entries.length >= STREAM_ENTRIES_MAX || this.#waiting.size >= NODE_ENTRIES_MAX) {
        return resolve({ kind: 'refused', problem: problem('overloaded', {}) });
      }
      const entry: Entry = {
        asked,
        deadline: performance.now() + DEADLINE_MS,
        settled: false,
        attempts: 0,
        settle: (verdict) => {
          this.#waiting.delete(entry);
          this.#undecided.delete(entry);
          resolve(verdict);
        },
      };
      this.#waiting.add(entry);
      this.#undecided.add(entry);
      stream.entries.push(entry);
      if (!stream.inFlight) {
        this.#ready.add(stream);
        this.#wake();
      }
    });
  }

  /** Finishes what is under way and closes the connections. */
  async close(): Promise<void> {
    this.#closing = true;
    while (this.#sleepers.length > 0) this.#wake();
    await Promise.race([Promise.all(this.#lanes), pause(CLOSE_MS_MAX, undefined, { ref: false })]);
    clearInterval(this.#sweep);
  }

  /** Takes batches, one after another, over a connection of its own. */
  async #lane(): Promise<void> {
    let client: pg.Client | null = null;
    while (!this.#closing || this.#ready.size > 0) {
      try {
        client ??= await connectWriter(this.#setting.connection);
        await this.#gather();
        const parts = this.#nextParts();
        if (parts.length > 0) await this.#writeBatch(client, parts);
        else if (!this.#closing) await new Promise<void>((resolve) => this.#sleepers.push(resolve));
      } catch (error) {
        if (this.#closing) break;
        this.#setting.log('the connection to the database was lost; trying again', error);
        // The connection is gone already: that its farewell fails is no news.
        void client?.end().catch(() => undefined);
        client = null;
        await pause(RECONNECT_AFTER_MS);
        await this.#setting
          .revive()
          .catch((failure: unknown) => this.#setting.log('the database does not start', failure));
      }
    }
    await client?.end().catch((error: unknown) => this.#setting.log('a connection did not close', error));
  }

  async #writeBatch(client: pg.Client, parts: readonly Part[]): Promise<void> {
    this.#busy += 1;
    await this.#write(client, parts).finally(() => (this.#busy -= 1));
    this.#together = parts.reduce((sum, part) => sum + part.entries.length, 0);
  }

  #wake(): void {
    this.#sleepers.pop()?.();
  }

  /**
   * Whoever was answered together tends to ask again together. A batch that went without them would cost
   * a commit and make them wait for it; so a lane lets the loop turn for a moment until about as many are back.
   */
  async #gather(): Promise<void> {
    const until = performance.now() + GATHER_MS_MAX;
    while (this.#undecided.size > 0 && this.#undecided.size < this.#together && performance.now() < until) await turn();
  }

  /** Takes this lane's share of what is ready and decides it. Lanes that are idle get a share too, or they would stay so. */
  #nextParts(): Part[] {
    const parts: Part[] = [];
    const now = this.#setting.now();
    let room = BATCH_ENTRIES_MAX;
    let share = Math.max(SHARE_MIN, Math.ceil(this.#ready.size / (this.#setting.lanes - this.#busy)));
    for (const stream of this.#ready) {
      if (room <= 0 || share <= 0) break;
      share -= 1;
      this.#ready.delete(stream);
      const entries = take(stream, room);
      if (entries.length === 0) continue;
      room -= entries.length;
      for (const entry of entries) {
        this.#undecided.delete(entry);
        entry.attempts += 1;
        this.figures.attemptsMax = Math.max(this.figures.attemptsMax, entry.attempts);
      }
      this.figures.decisions += entries.length;
      stream.inFlight = true;
      try {
        parts.push(decidePart(stream, entries, now, this.#setting.rules));
      } catch (error) {
        this.#drop(stream, entries, error);
      }
    }
    if (this.#ready.size > 0) this.#wake();
    return parts.sort(byCentreAndDay);
  }

  /** Writes the parts. Throws only when the connection is lost. */
  async #write(client: pg.Client, parts: readonly Part[]): Promise<void> {
    let outcomes: AppendOutcome[];
    try {
      outcomes = await append(client, parts);
    } catch (error) {
      if (!isLostConnection(error)) return this.#writeApart(client, parts, error);
      // Whether the batch was committed is unknown. The next append finds out: if it was, the days have moved.
      for (const part of parts) this.#again(part);
      throw error;
    }
    outcomes.forEach((outcome, index) => this.#finish(parts[index] as Part, outcome));
  }

  /** A batch that failed is written part by part, a part that failed entry by entry: only the culprit is refused. */
  async #writeApart(client: pg.Client, parts: readonly Part[], error: unknown): Promise<void> {
    if (parts.length > 1) {
      for (const part of parts) await this.#write(client, [part]);
      return;
    }
    const [part] = parts;
    if (part === undefined) return;
    const [entry, ...more] = part.entries;
    if (entry === undefined || isWaitTooLong(error)) {
      this.#again(part);
    } else if (more.length > 0) {
      part.stream.oneByOne = part.entries.length;
      this.#again(part);
    } else {
      part.undo();
      this.#setting.log('a command could not be written', error);
      settle(entry, { kind: 'refused', problem: problemOfWrite(error) });
      this.#release(part.stream);
    }
  }

  #finish(part: Part, outcome: AppendOutcome): void {
    if (outcome.kind === 'held') {
      part.hold();
      this.#tell(part, part.events);
      this.#release(part.stream);
      return;
    }
    this.figures.collisions += part.entries.length;
    part.undo();
    if (outcome.kind === 'lost-base') {
      this.#drop(part.stream, part.entries, new Error('the store no longer has what was built on'));
      return;
    }
    try {
      catchUp(part.stream, outcome.tail, this.#setting.rules);
    } catch (error) {
      this.#drop(part.stream, part.entries, error);
      return;
    }
    this.#tell(part, outcome.tail);
    this.#enqueue(part.stream, part.entries);
  }

  #tell({ key }: Part, events: Part['events']): void {
    if (events.length > 0) {
      this.#setting.committed(
        key,
        events.map(({ event }) => event),
      );
    }
  }

  /** Takes the part back and lets its entries be decided anew. */
  #again(part: Part): void {
    part.undo();
    this.#enqueue(part.stream, part.entries);
  }

  #enqueue(stream: Stream, entries: readonly Entry[]): void {
    stream.entries.unshift(...entries.filter((entry) => !entry.settled));
    for (const entry of stream.entries) this.#undecided.add(entry);
    this.#release(stream);
  }

  #release(stream: Stream): void {
    stream.inFlight = false;
    if (stream.entries.length > 0) this.#ready.add(stream);
    this.#wake();
  }

  #drop(stream: Stream, entries: readonly Entry[], cause: unknown): void {
    this.#ready.delete(stream);
    const orphans = [...entries, ...stream.entries.splice(0)].filter((entry) => !entry.settled);
    this.#setting.dropped(stream, orphans, cause);
  }

  /** Who waited too long is told so: “busy” while it is in no batch, else “outcome unknown”. */
  #refuseLate(): void {
    const now = performance.now();
    for (const entry of this.#waiting) {
      if (entry.deadline > now) continue;
      const code = this.#undecided.has(entry) ? 'busy' : 'outcome-unknown';
      settle(entry, { kind: 'refused', problem: problem(code, {}) });
    }
  }
}

/** The next entries of a day; one at a time after a part failed. */
function take(stream: Stream, room: number): Entry[] {
  const taken = stream.entries.splice(0, stream.oneByOne > 0 ? 1 : room);
  if (stream.oneByOne > 0) stream.oneByOne -= 1;
  return taken.filter((entry) => !entry.settled);
}
