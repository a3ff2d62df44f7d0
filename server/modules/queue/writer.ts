import type pg from 'pg';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { problem } from '../../../core/problems.ts';
import type { ConfigurationOf } from '../../../core/queue/day.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { AppendOutcome } from './append-part.ts';
import { appendOutcomes, appendQuery, type AppendRow } from './queries.ts';
import {
  type Asked,
  byCentreAndDay,
  catchUp,
  decidePart,
  type Entry,
  type Part,
  settle,
  type Stream,
  takeEntries,
  type Verdict,
} from './stream.ts';
import { isWaitTooLong, Line, LostConnection, problemOfWrite } from './writer-connection.ts';

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
  /** The day must be thrown away and read again; the commands that wait in it are handed over. */
  dropped(stream: Stream, entries: readonly Entry[], cause: unknown): void;
  log(message: string, error?: unknown): void;
}

const DEADLINE_MS = 2_000;
const SWEEP_EVERY_MS = 100;
const RECONNECT_AFTER_MS = 100;
const CLOSE_MS_MAX = 5_000;
/** A part that is under way for longer is lost: its day is read again, and the key of the log says whether it was written. */
const PART_MS_MAX = 5_000;
const STREAM_ENTRIES_MAX = 500;
const NODE_ENTRIES_MAX = 5_000;
const BATCH_ENTRIES_MAX = 512;
const GATHER_MS_MAX = 1;
/** A batch of fewer days than this is not worth a commit of its own. */
const SHARE_MIN = 16;

/**
 * Decides and writes: many commands, one commit. Whatever throws on the way (a look, a listener, the surroundings) hurts
 * only who brought it: every part that was taken is settled, taken back or thrown away, and every day is let go.
 */
export class Writer {
  readonly #setting: WriterSetting;
  /** The days that have something to decide and no part under way. */
  readonly #ready = new Set<Stream>();
  /** Everybody who waits for an answer; and of those, who is in no batch yet. */
  readonly #waiting = new Set<Entry>();
  readonly #undecided = new Set<Entry>();
  readonly #sleepers: (() => void)[] = [];
  /** The parts that are being written. */
  readonly #underWay = new Set<Part>();
  readonly #lanes: Promise<void>[];
  readonly #sweep: NodeJS.Timeout;
  /** How often commands were decided, how often a decision met a day that had moved, and how many parts were lost under way. */
  readonly figures = { decisions: 0, collisions: 0, attemptsMax: 0, partsFreed: 0 };
  #closing = false;
  #busy = 0;
  /** How many were answered together last. */
  #together = 1;

  constructor(setting: WriterSetting) {
    this.#setting = setting;
    this.#lanes = Array.from({ length: setting.lanes }, () => this.#lane());
    this.#sweep = setInterval(() => {
      this.#refuseLate();
      this.#freeOverdue();
    }, SWEEP_EVERY_MS);
  }

  /**
   * Waits until what is asked is durable or refused, or its time is up: two seconds from now, or the deadline of an entry
   * that is asked again. Never throws.
   */
  submit(stream: Stream, asked: Asked, deadline = performance.now() + DEADLINE_MS): Promise<Verdict> {
    return new Promise((resolve) => {
      if (this.#closing || stream.gone) return resolve({ kind: 'refused', problem: problem('busy', {}) });
      if (stream.entries.length >= STREAM_ENTRIES_MAX || this.#waiting.size >= NODE_ENTRIES_MAX) {
        return resolve({ kind: 'refused', problem: problem('overloaded', {}) });
      }
      const entry: Entry = {
        asked,
        deadline,
        settled: false,
        attempts: 0,
        unsure: false,
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
    this.#wakeAll();
    await Promise.race([Promise.all(this.#lanes), pause(CLOSE_MS_MAX, undefined, { ref: false })]);
    clearInterval(this.#sweep);
    for (const entry of this.#waiting) this.#refuseUndone(entry);
  }

  /** Takes batches, one after another, over a connection of its own. */
  async #lane(): Promise<void> {
    let line: Line | null = null;
    while (!this.#closing || this.#ready.size > 0) {
      let parts: readonly Part[] = [];
      try {
        line ??= await Line.open(this.#setting.connection, () => this.#wakeAll());
        line.check();
        await this.#gather();
        parts = this.#nextParts();
        if (parts.length > 0) await this.#writeBatch(line, parts);
        else if (!this.#closing) await new Promise<void>((resolve) => this.#sleepers.push(resolve));
      } catch (error) {
        this.#letGo(parts, error);
        if (this.#closing) break;
        if (error instanceof LostConnection) line = await this.#lose(line, error.cause);
        else this.#log('the writer was thrown off; it goes on', error);
        await pause(RECONNECT_AFTER_MS);
      }
    }
    await line?.end();
  }

  /** A line is gone. Gives what there is instead: nothing, and an embedded server that runs again. */
  async #lose(line: Line | null, cause: unknown): Promise<null> {
    this.#log('the connection to the database was lost; trying again', cause);
    void line?.end();
    try {
      await this.#setting.revive();
    } catch (failure) {
      this.#log('the database does not start', failure);
    }
    return null;
  }

  async #writeBatch(line: Line, parts: readonly Part[]): Promise<void> {
    this.#busy += 1;
    await this.#write(line, parts).finally(() => (this.#busy -= 1));
    this.#together = parts.reduce((sum, part) => sum + part.entries.length, 0);
  }

  #wake(): void {
    this.#sleepers.pop()?.();
  }

  #wakeAll(): void {
    for (const wake of this.#sleepers.splice(0)) wake();
  }

  /**
   * Clients that were answered together tend to ask again together. A batch that went without them would cost
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
      const entries = takeEntries(stream, room);
      if (entries.length === 0) continue;
      room -= entries.length;
      const part = this.#decide(stream, entries, now);
      if (part !== null) parts.push(part);
    }
    if (this.#ready.size > 0) this.#wake();
    return parts.sort(byCentreAndDay);
  }

  /** Decides entries on their day; null when that cannot be trusted any more. */
  #decide(stream: Stream, entries: readonly Entry[], now: Instant): Part | null {
    for (const entry of entries) {
      this.#undecided.delete(entry);
      entry.attempts += 1;
      this.figures.attemptsMax = Math.max(this.figures.attemptsMax, entry.attempts);
    }
    this.figures.decisions += entries.length;
    stream.inFlight = true;
    try {
      const part = decidePart(stream, entries, now, this.#setting.rules);
      for (const broken of part.brokenAlarms)
        this.#log(`${broken.message} at centre ${part.key.centreId}; it is set aside`, broken.cause);
      this.#underWay.add(part);
      return part;
    } catch (error) {
      this.#drop(stream, entries, error);
      return null;
    }
  }

  /** Writes the parts. Throws LostConnection, and what this program throws at the answer of the database. */
  async #write(line: Line, parts: readonly Part[]): Promise<void> {
    let query: pg.QueryConfig;
    try {
      query = appendQuery(parts);
    } catch (error) {
      return this.#writeApart(line, parts, error);
    }
    let rows: readonly AppendRow[];
    try {
      rows = await line.ask<AppendRow>(query);
    } catch (error) {
      if (error instanceof LostConnection) throw error;
      return this.#writeApart(line, parts, error);
    }
    const outcomes = appendOutcomes(parts, rows);
    outcomes.forEach((outcome, index) => this.#finish(parts[index] as Part, outcome));
  }

  /** A batch that failed is written part by part, a part that failed entry by entry: only the culprit is refused. */
  async #writeApart(line: Line, parts: readonly Part[], error: unknown): Promise<void> {
    if (parts.length > 1) {
      for (const part of parts) if (this.#underWay.has(part)) await this.#write(line, [part]);
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
    } else if (this.#takeBack(part)) {
      this.#log('a command could not be written', error);
      settle(entry, { kind: 'refused', problem: problemOfWrite(error) });
      this.#release(part.stream);
    }
  }

  #finish(part: Part, outcome: AppendOutcome): void {
    if (outcome.kind === 'held') {
      if (this.#underWay.delete(part)) part.hold();
      this.#tell(part, part.events);
      if (!part.stream.gone) this.#release(part.stream);
      return;
    }
    if (!this.#takeBack(part)) return;
    this.figures.collisions += part.entries.length;
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
    // A part of it that was written is in the tail: it is found there, or was not written.
    for (const entry of part.entries) entry.unsure = false;
    this.#enqueue(part.stream, part.entries);
  }

  #tell({ key }: Part, events: Part['events']): void {
    if (events.length === 0) return;
    try {
      this.#setting.committed(
        key,
        events.map(({ event }) => event),
      );
    } catch (error) {
      this.#log('what was written could not be told', error);
    }
  }

  /** What was not finished of a batch: after a lost connection it is asked again, after anything else its days are read again. */
  #letGo(parts: readonly Part[], cause: unknown): void {
    for (const part of parts) {
      if (!this.#underWay.has(part)) continue;
      // Whether it was committed is unknown. The next append finds out: if it was, the day has moved.
      for (const entry of part.entries) entry.unsure = true;
      if (cause instanceof LostConnection) this.#again(part);
      else this.#throwAway(part, cause);
    }
  }

  /** Takes the part back and lets its entries be decided again. */
  #again(part: Part): void {
    if (this.#takeBack(part)) this.#enqueue(part.stream, part.entries);
  }

  /** Takes the part back. False when it was thrown away before, or is now because it cannot be taken back. */
  #takeBack(part: Part): boolean {
    if (!this.#underWay.has(part)) return false;
    try {
      part.undo();
    } catch (error) {
      this.#throwAway(part, error);
      return false;
    }
    this.#underWay.delete(part);
    return true;
  }

  #throwAway(part: Part, cause: unknown): void {
    this.#underWay.delete(part);
    this.#drop(part.stream, part.entries, cause);
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

  /** The day is thrown away and read again; the commands in it wait on. */
  #drop(stream: Stream, entries: readonly Entry[], cause: unknown): void {
    stream.gone = true;
    this.#ready.delete(stream);
    const orphans = [...entries, ...stream.entries.splice(0)].filter((entry) => !entry.settled);
    try {
      this.#setting.dropped(stream, orphans, cause);
    } catch (error) {
      this.#log('a day could not be read again', error);
      for (const entry of orphans) this.#refuseUndone(entry);
    }
  }

  /** Who waited too long is told so. */
  #refuseLate(): void {
    const now = performance.now();
    for (const entry of this.#waiting) if (entry.deadline <= now) this.#refuseUndone(entry);
  }

  /** “Busy” when it was certainly not written, else “outcome unknown”. */
  #refuseUndone(entry: Entry): void {
    const code = this.#undecided.has(entry) && !entry.unsure ? 'busy' : 'outcome-unknown';
    settle(entry, { kind: 'refused', problem: problem(code, {}) });
  }

  /** A day is never held for longer than a database may take: neither a fault here nor one there stops a hall. */
  #freeOverdue(): void {
    const overdue = performance.now() - PART_MS_MAX;
    for (const part of this.#underWay) {
      if (part.since > overdue) continue;
      this.figures.partsFreed += 1;
      this.#throwAway(part, new Error(`a part was under way for ${PART_MS_MAX / 1_000} seconds`));
    }
  }

  #log(message: string, error?: unknown): void {
    try {
      this.#setting.log(message, error);
    } catch {
      // A log that cannot be written stops nothing.
    }
  }
}
