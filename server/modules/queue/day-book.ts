import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { problem, ProblemError, refuse } from '../../../core/problems.ts';
import type { Command, CommandBodies } from '../../../core/queue/commands.ts';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import { type Day, unopenedDay } from '../../../core/queue/day.ts';
import { CLOCK_BEHIND_MAX } from '../../../core/queue/execute-command.ts';
import { evolveAll, UnreadableEvent } from '../../../core/queue/evolve.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { CentreId, DayKey, WindowId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { NodeFigures } from '../../../contract/platform.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { StoredEvent } from './append-part.ts';
import { commandOf, derivedId } from './chain.ts';
import { Configurations } from './configurations.ts';
import type { Answer } from './nodes/exchange.ts';
import { LiveFeed } from './live-feed.ts';
import { Snapshots } from './snapshots/snapshots.ts';
import type { KeptSnapshot } from './snapshots/queries.ts';
import { ensureMonth, eventsAfter, eventsAfterEach, openedDays } from './queries.ts';
import { type Asked, catchUp, emptyStream, type Entry, settle, type Stream, type Verdict } from './stream.ts';
import { guarded, isolated } from '../../platform/isolated.ts';
import { Waker } from './waker.ts';
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
  /** For how long a day in which something throws is left alone before it is tried again. */
  readonly wakeAgainMs?: number;
  log(message: string, error?: unknown): void;
}

/** Two batches under way keep both a processor and the disk at work; more only make them smaller. */
const LANES = 2;
/** Days that are loaded at once: enough to keep the database at work while the node folds. */
const LOADS_AT_ONCE = 4;
/** What is written of so many days is read together. */
const READ_AT_ONCE = 4;
/** A day that is not read by then is not read at all: the next request has it read again. */
const LOAD_MS_MAX = 10_000;
/** A day that answers nobody for so long does not work. */
const LOOK_MS_MAX = 2_500;

/** What is written of a day: a snapshot to go on from, where there is one, and the events after it. */
interface Written {
  readonly key: DayKey;
  readonly snapshot: KeptSnapshot | null;
  readonly events: readonly StoredEvent[];
}

/** A day's name among the days of this node. */
const nameOf = ({ centreId, day }: DayKey): string => `${centreId}/${day}`;

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
  readonly #closed = new Set<string>();
  readonly #snapshots: Snapshots;
  readonly #configurations: Configurations;
  readonly #waker: Waker;
  #forwarded = 0;

  constructor(given: DayBookSetting) {
    const setting = { ...given, log: guarded(given.log) };
    const { database, clock, log } = setting;
    this.#setting = setting;
    this.live = new LiveFeed(database, log);
    this.#configurations = new Configurations(database);
    this.#snapshots = new Snapshots({
      db: database,
      rules: (hash, kept) => this.#configurations.rulesAsKept(hash, kept),
      hashOf: (configuration) => this.#configurations.hashOf(configuration),
      log,
    });
    this.#writer = new Writer({
      connection: database.connection,
      lanes: LANES,
      now: () => clock.now(),
      rules: this.rules,
      revive: () => database.revive(),
      committed: (key, events) => this.#committed(key, events),
      dropped: (stream, entries, cause) => this.#readAgain(stream, entries, cause),
      log,
    });
    this.#waker = new Waker({
      clock,
      days: this.#loaded,
      serves: (centreId) => setting.serves?.(centreId) ?? true,
      ask: (stream, command) => this.#writer.submit(stream, { command }),
      over: (stream) => this.#over(stream),
      looked: () => this.#snapshots.takeOne(this.#loaded),
      log,
      ...(setting.wakeAgainMs !== undefined && { againAfterMs: setting.wakeAgainMs }),
    });
  }

  /** What this node does: days that it cannot read stop their own centres only. */
  get figures(): Omit<NodeFigures, 'nodes'> {
    return {
      days: this.#loaded.size,
      daysUnreadable: this.#unreadable.size,
      daysSetAside: this.#waker.setAside,
      ...this.#writer.figures,
      forwarded: this.#forwarded,
    };
  }

  /** Which of the days in memory, among those named, answer nobody or cannot be read. */
  async notWorking(keys: readonly DayKey[]): Promise<DayKey[]> {
    const found = await Promise.all(
      keys.map(async (key) => {
        if (this.#unreadable.has(nameOf(key))) return [key];
        if (!this.#streams.has(nameOf(key))) return [];
        const isNear = (day: Day) => day.at - this.#setting.clock.now() <= CLOCK_BEHIND_MAX;
        const works = within(LOOK_MS_MAX, this.view(key, isNear)).catch(isAnswer);
        return (await works) ? [] : [key];
      }),
    );
    return found.flat();
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
      // A node that is stopping is busy for good: it has written nothing, so this node decides.
      if (answer.kind === 'problem' && answer.problem.code !== 'busy') throw new ProblemError(answer.problem);
    }
    return this.carryOutHere(key, command);
  }

  /** Carries a command out at this node, whichever node serves the centre. */
  async carryOutHere(key: DayKey, command: Command): Promise<readonly QueueEvent[]> {
    // Another node may have kept the rules that its command names.
    if (command.kind === 'configure') await this.#configurations.learn([command]);
    const verdict = await this.#submit(key, { command });
    if (verdict.kind === 'done') return verdict.events;
    if (verdict.kind === 'repeated') return this.eventsAfter(key, verdict.seq - 1, verdict.events);
    if (verdict.kind === 'refused') throw new ProblemError(verdict.problem);
    throw verdict.kind === 'failed' ? verdict.error : new Error('a command was answered like a reader');
  }

  /** Reads a durable state of a day. `look` must not keep the day. Throws ProblemError, and what `look` throws. */
  async view<Seen>(key: DayKey, look: (day: Day) => Seen): Promise<Seen> {
    const verdict = await this.#submit(key, { look });
    if (verdict.kind === 'seen') return verdict.seen as Seen;
    if (verdict.kind === 'failed') throw verdict.error;
    throw new ProblemError(verdict.kind === 'refused' ? verdict.problem : problem('internal', {}));
  }

  /** The days in memory that this node serves. */
  get served(): DayKey[] {
    const serves = this.#setting.serves ?? (() => true);
    return [...this.#loaded].map(({ key }) => key).filter(({ centreId }) => serves(centreId));
  }

  /** The events of a day after a place, oldest first, at most `limit`. */
  async eventsAfter(key: DayKey, seq: number, limit: number): Promise<QueueEvent[]> {
    return (await this.#setting.database.read((tx) => eventsAfter(tx, key, seq, limit))).map(({ event }) => event);
  }

  /** Every event of a day, oldest first. Throws day-not-open when there is none. */
  async wholeDay(key: DayKey): Promise<QueueEvent[]> {
    const events = (await this.#setting.database.read((tx) => eventsAfter(tx, key, 0))).map(({ event }) => event);
    if (events.length === 0) return refuse('day-not-open', { day: key.day });
    await this.#configurations.learn(events);
    return events;
  }

  /** A day as it was at a moment: a day of its own, which nobody else touches. Throws day-not-open. */
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
    const hash = await this.#configurations.keep(configuration);
    await this.carryOut(key, commandOf('configure', randomUUID(), { configuration: hash }));
  }

  /**
   * Loads those of the days that are open, so that nothing due in them sleeps unseen; what is in memory already is brought up to what
   * other nodes wrote.
   */
  async warm(keys: readonly DayKey[]): Promise<void> {
    const [first] = keys.map(({ day }) => day).toSorted();
    if (first !== undefined) await this.#snapshots.dropBefore(first);
    const going = keys.filter((key) => !this.#closed.has(nameOf(key)) && !this.#unreadable.has(nameOf(key)));
    const left = await this.#setting.database.read((tx) => openedDays(tx, going));
    const load = async () => {
      while (left.length > 0) await this.#warmSome(left.splice(-READ_AT_ONCE));
    };
    await Promise.all(Array.from({ length: LOADS_AT_ONCE }, load));
  }

  async #warmSome(keys: readonly DayKey[]): Promise<void> {
    const { log } = this.#setting;
    // A look is answered once the log has been asked whether it says more.
    for (const key of keys)
      if (this.#streams.has(nameOf(key)))
        await isolated(log, `day ${nameOf(key)} could not be brought up to date`, async () => {
          await this.view(key, () => null).catch(unlessRefused);
        });
    const unknown = keys.filter((key) => !this.#streams.has(nameOf(key)));
    if (unknown.length === 0) return;
    await isolated(log, 'open days could not be read', async () => {
      for (const written of await this.#read(unknown)) {
        await isolated(log, `day ${nameOf(written.key)} did not load`, () => this.#stream(written.key, written));
        await turn();
      }
    });
  }

  async close(): Promise<void> {
    this.#waker.stop();
    this.live.close();
    await this.#writer.close();
    await this.#snapshots.takeAll(this.#loaded);
  }

  /** The rules that days of this node go by. Throws for a hash that no day here has named. */
  readonly rules = (hash: string): QueueConfiguration => this.#configurations.rules(hash);

  async #submit(key: DayKey, asked: Asked, deadline?: number): Promise<Verdict> {
    let stream = await this.#stream(key);
    // It was thrown away in the moment in which it was found: the next one is fresh.
    if (stream.gone) stream = await this.#stream(key);
    return this.#writer.submit(stream, asked, deadline);
  }

  #stream(key: DayKey, written?: Written): Promise<Stream> {
    const name = nameOf(key);
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const loading = within(LOAD_MS_MAX, this.#load(key, written)).then(
      (stream) => {
        if (!stream.gone) this.#loaded.add(stream);
        return stream;
      },
      (error: unknown) => {
        if (this.#streams.get(name) === loading) this.#streams.delete(name);
        throw error;
      },
    );
    this.#streams.set(name, loading);
    return loading;
  }

  /** What is written of days. */
  async #read(keys: readonly DayKey[]): Promise<Written[]> {
    const db = this.#setting.database;
    const snapshots = await this.#snapshots.read(keys.filter((key) => !this.#distrusted.has(nameOf(key))));
    const days = keys.map((key) => {
      const name = nameOf(key);
      const snapshot = snapshots.find((one) => nameOf(one.key) === name) ?? null;
      return { key, snapshot, after: snapshot?.seq ?? 0 };
    });
    const events = await db.read((tx) => eventsAfterEach(tx, days));
    return days.map((day, index) => ({ ...day, events: events[index] ?? [] }));
  }

  async #load(key: DayKey, written?: Written): Promise<Stream> {
    const { snapshot, events } = written ?? ((await this.#read([key]))[0] as Written);
    const name = nameOf(key);
    let stream: Stream;
    try {
      stream = snapshot === null ? emptyStream(key) : this.#snapshots.open(snapshot);
      await this.#configurations.learn(events.map(({ event }) => event));
      catchUp(stream, events, this.rules);
      this.#unreadable.delete(name);
    } catch (error) {
      if (snapshot !== null) {
        this.#distrusted.add(name);
        return this.#load(key);
      }
      if (!(error instanceof UnreadableEvent)) throw error;
      this.#unreadable.add(name);
      this.#setting.log(`day ${name} is unreadable`, error);
      return refuse('day-unreadable', { day: key.day, seq: error.seq });
    }
    if (stream.day.state === 'unopened') await this.#open(stream);
    return stream;
  }

  async #open(stream: Stream): Promise<void> {
    const { key } = stream;
    const { opening, configuration } = await this.#setting.plan(key);
    const hash = await this.#configurations.keep(configuration);
    await this.#setting.database.writeNow((tx) => ensureMonth(tx, key.day));
    const id = derivedId(`open-day/${nameOf(key)}`);
    const command = commandOf('open-day', id, { ...opening, configuration: hash });
    const verdict = await this.#writer.submit(stream, { command });
    // Another node may have opened it in the meantime; then its facts stand.
    if (verdict.kind === 'refused' && stream.day.state === 'unopened') throw new ProblemError(verdict.problem);
    if (verdict.kind === 'failed') throw verdict.error;
  }

  /** Durable events are told to the listeners; one that throws keeps no other from hearing. */
  #committed(key: DayKey, events: readonly QueueEvent[]): void {
    const { log, windowsClosed, closed } = this.#setting;
    const tell = (whom: string, told: () => void) => isolated(log, `${whom} could not be told of ${nameOf(key)}`, told);
    tell('live feeds', () => this.live.tell(key, events));
    const windows = events.flatMap((event) => (event.kind === 'window-closed' ? [event.body.windowId] : []));
    if (windows.length > 0) tell('who keeps seats', () => windowsClosed?.(key, windows));
    if (events.at(-1)?.kind === 'day-closed') tell('who seals days', () => closed(key));
  }

  /** The day in memory is wrong: it is forgotten, and the commands that waited in it are decided again on a fresh one. */
  #readAgain(stream: Stream, entries: readonly Entry[], cause: unknown): void {
    this.#forget(stream);
    this.#distrusted.add(nameOf(stream.key));
    this.#setting.log(`day ${nameOf(stream.key)} is read again`, cause);
    for (const entry of entries) void this.#askAgain(stream.key, entry);
  }

  /** Until its own deadline, not for ever: what throws a day away each time it is asked does not go round in circles. */
  async #askAgain(key: DayKey, entry: Entry): Promise<void> {
    const verdict = await this.#submit(key, entry.asked, entry.deadline).catch(verdictOf);
    const unsure = verdict.kind === 'refused' && verdict.problem.code === 'busy' && entry.unsure;
    settle(entry, unsure ? { kind: 'refused', problem: problem('outcome-unknown', {}) } : verdict);
  }

  /** Nothing follows in a closed day: a later request reads it again. */
  #over(stream: Stream): void {
    this.#closed.add(nameOf(stream.key));
    this.#forget(stream);
    this.#setting.closed(stream.key);
  }

  #forget(stream: Stream): void {
    this.#streams.delete(nameOf(stream.key));
    this.#loaded.delete(stream);
    this.#snapshots.forget(stream);
  }
}

/** Rejects with “busy” when the work takes longer; what comes of it then is nobody's. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new ProblemError(problem('busy', {}))), ms).unref();
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A day that has too much to do works; one that says nothing does not. */
const isAnswer = (error: unknown) => error instanceof ProblemError && error.problem.code === 'overloaded';

function unlessRefused(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
}

function verdictOf(error: unknown): Verdict {
  return error instanceof ProblemError ? { kind: 'refused', problem: error.problem } : { kind: 'failed', error };
}
