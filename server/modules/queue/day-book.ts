import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { problem, ProblemError, refuse } from '../../../core/problems.ts';
import type { Command, CommandBodies } from '../../../core/queue/commands.ts';
import { type QueueConfiguration, readConfiguration } from '../../../core/queue/configuration.ts';
import { type Day, unopenedDay } from '../../../core/queue/day.ts';
import { evolveAll, UnreadableEvent } from '../../../core/queue/evolve.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { CentreId, DayKey, WindowId } from '../../../core/queue/ids.ts';
import { nextDueAt } from '../../../core/queue/timers.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { NodeFigures } from '../../../contract/platform.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { commandOf, configurationHash, derivedId } from './chain.ts';
import type { Answer } from './nodes/exchange.ts';
import { LiveFeed } from './live-feed.ts';
import { Snapshots } from './snapshots/snapshots.ts';
import type { KeptSnapshot } from './snapshots/store.ts';
import {
  ensureMonth,
  eventsAfter,
  eventsAfterEach,
  keepConfiguration,
  keptConfiguration,
  openedDays,
  type StoredEvent,
} from './store.ts';
import { type Asked, catchUp, emptyStream, type Entry, settle, type Stream, type Verdict } from './stream.ts';
import { Writer } from './writer.ts';

/** How a day begins: its bounds and its rules. Throws ProblemError when it may not begin. */
export type DayPlan = (key: DayKey) => Promise<{
  readonly opening: Omit<CommandBodies['open-day'], 'configuration'>;
  readonly configuration: QueueConfiguration;
}>;

export interface DayBookSetting {
  readonly database: Database;
  readonly clock: Clock;
  readonly plan: DayPlan;
  /** Told of every day that is over, by whichever node it was closed; more than once perhaps. */
  closed(key: DayKey): void;
  /** Told of windows that were closed, once or more often. */
  windowsClosed?(key: DayKey, windowIds: readonly WindowId[]): void;
  /** Has the node that serves the centre decide; null when this node does. Left out where there is only one. */
  readonly elsewhere?: (key: DayKey, command: Command) => Promise<Answer> | null;
  /** True for the centres that this node serves: it wakes their days. */
  readonly serves?: (centreId: CentreId) => boolean;
  log(message: string, error?: unknown): void;
}

/** Two batches under way keep both a processor and the disk at work; more only make them smaller. */
const LANES = 2;
/** So many days are loaded at once: enough to keep the database at work while the node folds. */
const LOADS_AT_ONCE = 4;
/** What is written of so many days is read together. */
const READ_AT_ONCE = 4;
/** How late something due may be noticed; what it comes to does not depend on it. */
const WAKE_EVERY_MS = 100;

/** What is written of a day: a snapshot to go on from, where there is one, and the events after it. */
interface Written {
  readonly key: DayKey;
  readonly snapshot: KeptSnapshot | null;
  readonly events: readonly StoredEvent[];
}

/** A day's name among the days of this node. */
function nameOf({ centreId, day }: DayKey): string {
  return `${centreId}/${day}`;
}

/** All days that this node knows. */
export class DayBook {
  /** The events of the days as soon as they are durable, whichever node wrote them. */
  readonly live: LiveFeed;
  readonly #setting: DayBookSetting;
  readonly #writer: Writer;
  readonly #streams = new Map<string, Promise<Stream>>();
  readonly #loaded = new Set<Stream>();
  readonly #unreadable = new Set<string>();
  /** Days that are folded from their first event on: a snapshot of theirs did not fit. */
  readonly #distrusted = new Set<string>();
  /** Days that this node has seen closed: nobody need wake them. */
  readonly #over = new Set<string>();
  readonly #snapshots: Snapshots;
  readonly #configurations = new Map<string, QueueConfiguration>();
  readonly #wake: NodeJS.Timeout;
  #forwarded = 0;

  constructor(setting: DayBookSetting) {
    const { database, clock, log } = setting;
    this.#setting = setting;
    this.live = new LiveFeed(database.pool, log);
    this.#snapshots = new Snapshots({
      pool: database.pool,
      rules: (hash, kept) => {
        if (!this.#configurations.has(hash)) this.#configurations.set(hash, readConfiguration(kept));
        return this.rules(hash);
      },
      hashOf: (configuration) => this.#hashOf(configuration),
      log,
    });
    this.#writer = new Writer({
      connection: database.connection,
      lanes: LANES,
      now: () => clock.now(),
      rules: this.rules,
      revive: () => database.revive(),
      committed: (key, events) => {
        this.live.tell(key, events);
        const windows = events.flatMap((event) => (event.kind === 'window-closed' ? [event.body.windowId] : []));
        if (windows.length > 0) setting.windowsClosed?.(key, windows);
        if (events.at(-1)?.kind === 'day-closed') setting.closed(key);
      },
      dropped: (stream, entries, cause) => this.#readAgain(stream, entries, cause),
      log,
    });
    this.#wake = setInterval(() => this.#wakeDue(), WAKE_EVERY_MS);
    this.#wake.unref();
  }

  /** What this node does: days that it cannot read stop their own centres only. */
  get figures(): Omit<NodeFigures, 'nodes'> {
    const { decisions, collisions, attemptsMax } = this.#writer.figures;
    return {
      days: this.#loaded.size,
      daysUnreadable: this.#unreadable.size,
      decisions,
      collisions,
      attemptsMax,
      forwarded: this.#forwarded,
    };
  }

  /**
   * Carries a command out on its day, which it opens if need be: at the node that serves the centre, or here when that
   * is not reached. Gives its events once they are durable; throws ProblemError.
   */
  async carryOut(key: DayKey, command: Command): Promise<readonly QueueEvent[]> {
    const asked = this.#setting.elsewhere?.(key, command) ?? null;
    if (asked !== null) {
      this.#forwarded += 1;
      const answer = await asked;
      if (answer.kind === 'events') return answer.events;
      if (answer.kind === 'problem') throw new ProblemError(answer.problem);
    }
    return this.carryOutHere(key, command);
  }

  /** Carries a command out at this node, whoever serves the centre. */
  async carryOutHere(key: DayKey, command: Command): Promise<readonly QueueEvent[]> {
    if (!this.#setting.clock.steady) return refuse('clock-behind', {});
    const verdict = await this.#submit(key, { command });
    if (verdict.kind === 'done') return verdict.events;
    if (verdict.kind === 'repeated') return this.eventsAfter(key, verdict.seq - 1, verdict.events);
    if (verdict.kind === 'refused') throw new ProblemError(verdict.problem);
    throw new Error('a command was answered like a reader');
  }

  /** Reads a durable state of a day. `look` must not keep the day. Throws ProblemError. */
  async view<Seen>(key: DayKey, look: (day: Day) => Seen): Promise<Seen> {
    const verdict = await this.#submit(key, { look });
    if (verdict.kind === 'seen') return verdict.seen as Seen;
    throw new ProblemError(verdict.kind === 'refused' ? verdict.problem : problem('internal', {}));
  }

  /** The days in memory that this node serves. */
  get served(): DayKey[] {
    const serves = this.#setting.serves ?? (() => true);
    return [...this.#loaded].map(({ key }) => key).filter(({ centreId }) => serves(centreId));
  }

  /** The events of a day after a place, oldest first, at most `limit`. */
  async eventsAfter(key: DayKey, seq: number, limit: number): Promise<QueueEvent[]> {
    return (await eventsAfter(this.#setting.database.pool, key, seq, limit)).map(({ event }) => event);
  }

  /** Every event of a day, oldest first. Throws day-not-open when there is none. */
  async wholeDay(key: DayKey): Promise<QueueEvent[]> {
    const events = (await eventsAfter(this.#setting.database.pool, key, 0)).map(({ event }) => event);
    if (events.length === 0) return refuse('day-not-open', { day: key.day });
    await this.#learnAll(events);
    return events;
  }

  /** A day as it stood at a moment: a day of its own, which nobody else touches. Throws day-not-open. */
  async dayAt(key: DayKey, at: Instant): Promise<Day> {
    const events = await this.wholeDay(key);
    const day = unopenedDay(key);
    evolveAll(
      day,
      events.filter((event) => event.at <= at),
      this.rules,
    );
    return day;
  }

  /** Changes the rules of a running day. */
  async configure(key: DayKey, configuration: QueueConfiguration): Promise<void> {
    const hash = await this.#keep(configuration);
    await this.carryOut(key, commandOf('configure', randomUUID(), { configuration: hash }));
  }

  /**
   * Loads those of the days that are open, so that nothing due in them sleeps unseen; what is in memory already is brought up to what
   * other nodes wrote.
   */
  async warm(keys: readonly DayKey[]): Promise<void> {
    const [first] = keys.map(({ day }) => day).toSorted();
    if (first !== undefined) await this.#snapshots.dropBefore(first);
    const going = keys.filter((key) => !this.#over.has(nameOf(key)) && !this.#unreadable.has(nameOf(key)));
    const left = await openedDays(this.#setting.database.pool, going);
    const load = async () => {
      while (left.length > 0) await this.#warmSome(left.splice(-READ_AT_ONCE));
    };
    await Promise.all(Array.from({ length: LOADS_AT_ONCE }, load));
  }

  async #warmSome(keys: readonly DayKey[]): Promise<void> {
    // A look is answered once the log has been asked whether it says more. That it could not be asked is in the writer's log.
    for (const key of keys) if (this.#streams.has(nameOf(key))) await this.view(key, () => null).catch(unlessRefused);
    const unknown = keys.filter((key) => !this.#streams.has(nameOf(key)));
    if (unknown.length === 0) return;
    for (const written of await this.#read(unknown)) {
      const name = nameOf(written.key);
      await this.#stream(written.key, written).catch((error: unknown) =>
        this.#setting.log(`day ${name} did not load`, error),
      );
      await turn();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#wake);
    this.live.close();
    await this.#writer.close();
    await this.#snapshots.takeAll(this.#loaded);
  }

  /** The rules that days of this node go by. Throws for a hash that no day here has named. */
  readonly rules = (hash: string): QueueConfiguration => {
    const found = this.#configurations.get(hash);
    if (found === undefined) throw new Error(`no configuration ${hash}`);
    return found;
  };

  async #submit(key: DayKey, asked: Asked): Promise<Verdict> {
    return this.#writer.submit(await this.#stream(key), asked);
  }

  #stream(key: DayKey, written?: Written): Promise<Stream> {
    const name = nameOf(key);
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const loading = this.#load(key, written).catch((error: unknown) => {
      this.#streams.delete(name);
      throw error;
    });
    this.#streams.set(name, loading);
    return loading;
  }

  /** What is written of days. */
  async #read(keys: readonly DayKey[]): Promise<Written[]> {
    const { pool } = this.#setting.database;
    const snapshots = await this.#snapshots.read(keys.filter((key) => !this.#distrusted.has(nameOf(key))));
    const days = keys.map((key) => {
      const name = nameOf(key);
      const snapshot = snapshots.find((one) => nameOf(one.key) === name) ?? null;
      return { key, snapshot, after: snapshot?.seq ?? 0 };
    });
    const events = await eventsAfterEach(pool, days);
    return days.map((day, index) => ({ ...day, events: events[index] ?? [] }));
  }

  async #load(key: DayKey, written?: Written): Promise<Stream> {
    const { snapshot, events } = written ?? ((await this.#read([key]))[0] as Written);
    const stream = snapshot === null ? emptyStream(key) : this.#snapshots.open(snapshot);
    await this.#learnAll(events.map(({ event }) => event));
    try {
      catchUp(stream, events, this.rules);
      this.#unreadable.delete(nameOf(key));
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      if (snapshot !== null) {
        this.#distrusted.add(nameOf(key));
        return this.#load(key);
      }
      this.#unreadable.add(nameOf(key));
      this.#setting.log(`day ${nameOf(key)} is unreadable`, error);
      return refuse('day-unreadable', { day: key.day, seq: error.seq });
    }
    if (stream.day.state === 'unopened') await this.#open(stream);
    this.#loaded.add(stream);
    return stream;
  }

  async #learnAll(events: readonly QueueEvent[]): Promise<void> {
    for (const { body } of events) if ('configuration' in body) await this.#learn(body.configuration);
  }

  async #learn(hash: string): Promise<void> {
    if (this.#configurations.has(hash)) return;
    const kept = await keptConfiguration(this.#setting.database.pool, hash);
    if (kept !== null) this.#configurations.set(hash, readConfiguration(kept));
  }

  async #open(stream: Stream): Promise<void> {
    const { key } = stream;
    const { opening, configuration } = await this.#setting.plan(key);
    const hash = await this.#keep(configuration);
    await ensureMonth(this.#setting.database.pool, key.day);
    const id = derivedId(`open-day/${nameOf(key)}`);
    const command = commandOf('open-day', id, { ...opening, configuration: hash });
    const verdict = await this.#writer.submit(stream, { command });
    // Another node may have opened it in the meantime; then its facts stand.
    if (verdict.kind === 'refused' && stream.day.state === 'unopened') throw new ProblemError(verdict.problem);
  }

  async #keep(configuration: QueueConfiguration): Promise<string> {
    const hash = configurationHash(configuration);
    await keepConfiguration(this.#setting.database.pool, hash, configuration);
    if (!this.#configurations.has(hash)) this.#configurations.set(hash, configuration);
    return hash;
  }

  /** The day in memory is wrong: it is forgotten, and whoever waited in it is asked again on a fresh one. */
  #readAgain(stream: Stream, entries: readonly Entry[], cause: unknown): void {
    this.#setting.log(`day ${nameOf(stream.key)} is read again`, cause);
    this.#distrusted.add(nameOf(stream.key));
    this.#forget(stream);
    for (const entry of entries) {
      void this.#submit(stream.key, entry.asked)
        .catch((error: unknown): Verdict => ({ kind: 'refused', problem: problemOf(error) }))
        .then((verdict) => settle(entry, verdict));
    }
  }

  #forget(stream: Stream): void {
    this.#streams.delete(nameOf(stream.key));
    this.#loaded.delete(stream);
    this.#snapshots.forget(stream);
  }

  #hashOf(configuration: QueueConfiguration): string | null {
    for (const [hash, known] of this.#configurations) if (known === configuration) return hash;
    return null;
  }

  /** Wakes the days in which something is due. Two nodes that wake one day collide, and one finds nothing due. */
  #wakeDue(): void {
    if (!this.#setting.clock.steady) return;
    const now = this.#setting.clock.now();
    for (const stream of this.#loaded) {
      if (stream.inFlight || stream.entries.length > 0 || this.#setting.serves?.(stream.key.centreId) === false)
        continue;
      // Nothing follows in a closed day: whoever still asks for it reads it again.
      if (stream.day.state === 'closed') {
        this.#over.add(nameOf(stream.key));
        this.#forget(stream);
        this.#setting.closed(stream.key);
      }
      const dueAt = nextDueAt(stream.day);
      if (dueAt === null || dueAt > now) continue;
      const { key, day } = stream;
      const command = commandOf('wake', derivedId(`wake/${nameOf(key)}/${day.seq}`), { day: key.day });
      void this.#writer.submit(stream, { command });
    }
    this.#snapshots.takeOne(this.#loaded);
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
}

function problemOf(error: unknown) {
  return error instanceof ProblemError ? error.problem : problem('internal', {});
}
