import { problem, ProblemError, refuse } from '../../../core/problems.ts';
import type { Command, CommandBodies } from '../../../core/queue/commands.ts';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { ConfigurationOf, Day } from '../../../core/queue/day.ts';
import { UnreadableEvent } from '../../../core/queue/evolve.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import { nextDueAt } from '../../../core/queue/timers.ts';
import type { Live } from '../../platform/live.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { commandOf, configurationHash, derivedId } from './chain.ts';
import { configurationBy, ensureMonth, eventsAfter, keepConfiguration, openedDays } from './store.ts';
import { type Asked, catchUp, emptyStream, settle, type Stream, type Verdict } from './stream.ts';
import { openWriter } from './writer.ts';

/** All days that this node knows. */
export interface DayBook {
  /** Carries a command out on its day, which it opens if need be. Gives its events once they are durable; throws ProblemError. */
  carryOut(key: DayKey, command: Command): Promise<readonly QueueEvent[]>;
  /** Reads a durable state of a day. `look` must not keep the day. Throws ProblemError. */
  view<Seen>(key: DayKey, look: (day: Day) => Seen): Promise<Seen>;
  /** The events of a day after a place, oldest first, at most `limit`. */
  eventsAfter(key: DayKey, seq: number, limit: number): Promise<QueueEvent[]>;
  /** Loads those of the days that are open, so that nothing due in them sleeps unseen. */
  warm(keys: readonly DayKey[]): Promise<void>;
  readonly daysUnreadable: number;
  close(): Promise<void>;
}

/** How a day begins: its bounds and its rules. Throws ProblemError when it may not begin. */
export type DayPlan = (key: DayKey) => Promise<{
  readonly opening: Omit<CommandBodies['open-day'], 'configuration'>;
  readonly configuration: QueueConfiguration;
}>;

export interface DayBookSetting {
  readonly database: Database;
  readonly clock: Clock;
  readonly live: Live<readonly QueueEvent[]>;
  readonly plan: DayPlan;
  readonly lanes?: number;
  log(message: string, error?: unknown): void;
}

const WAKE_EVERY_MS = 100;

/** The topic under which a day's events are told. */
export function topicOf({ centreId, day }: DayKey): string {
  return `${centreId}/${day}`;
}

export function openDayBook({ database, clock, live, plan, lanes = 2, log }: DayBookSetting): DayBook {
  const streams = new Map<string, Promise<Stream>>();
  const loaded = new Set<Stream>();
  const unreadable = new Set<string>();
  const configurations = new Map<string, QueueConfiguration>();

  const rules: ConfigurationOf = (hash) => {
    const found = configurations.get(hash);
    if (found === undefined) throw new Error(`no configuration ${hash}`);
    return found;
  };
  const writer = openWriter({
    connection: database.connection,
    lanes,
    now: () => clock.now(),
    rules,
    revive: () => database.revive(),
    committed: (key, events) => live.tell(topicOf(key), events),
    dropped: (stream, entries, cause) => {
      log(`day ${topicOf(stream.key)} is read again`, cause);
      forget(stream.key);
      loaded.delete(stream);
      for (const entry of entries) {
        void submit(stream.key, entry.asked)
          .catch((error: unknown): Verdict => ({ kind: 'refused', problem: problemOf(error) }))
          .then((verdict) => settle(entry, verdict));
      }
    },
    log,
  });

  const forget = (key: DayKey) => streams.delete(topicOf(key));
  const streamOf = (key: DayKey): Promise<Stream> => {
    const known = streams.get(topicOf(key));
    if (known !== undefined) return known;
    const opening = load(key).catch((error: unknown) => {
      forget(key);
      throw error;
    });
    streams.set(topicOf(key), opening);
    return opening;
  };

  const load = async (key: DayKey): Promise<Stream> => {
    const stream = emptyStream(key);
    const events = await eventsAfter(database.pool, key, 0);
    for (const { event } of events) {
      if (event.kind === 'day-opened') await learn(event.body.configuration);
    }
    try {
      catchUp(stream, events, rules);
      unreadable.delete(topicOf(key));
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      unreadable.add(topicOf(key));
      log(`day ${topicOf(key)} is unreadable`, error);
      return refuse('day-unreadable', { day: key.day, seq: error.seq });
    }
    if (events.length === 0) await open(stream);
    loaded.add(stream);
    return stream;
  };

  const learn = async (hash: string): Promise<void> => {
    if (configurations.has(hash)) return;
    const body = await configurationBy(database.pool, hash);
    if (body !== null) configurations.set(hash, body);
  };

  const open = async (stream: Stream): Promise<void> => {
    const { key } = stream;
    const { opening, configuration } = await plan(key);
    const hash = configurationHash(configuration);
    await keepConfiguration(database.pool, hash, configuration);
    await ensureMonth(database.pool, key.day);
    configurations.set(hash, configuration);
    const command = commandOf('open-day', derivedId(`open-day/${topicOf(key)}`), { ...opening, configuration: hash });
    const verdict = await writer.submit(stream, { command });
    // Another node may have opened it in the meantime; then its facts stand.
    if (verdict.kind === 'refused' && stream.day.state === 'unopened') throw new ProblemError(verdict.problem);
  };

  const submit = async (key: DayKey, asked: Asked): Promise<Verdict> => writer.submit(await streamOf(key), asked);

  const wake = setInterval(() => {
    const now = clock.now();
    for (const stream of loaded) {
      if (stream.inFlight || stream.entries.length > 0) continue;
      const dueAt = nextDueAt(stream.day);
      if (dueAt === null || dueAt > now) continue;
      const { key, day } = stream;
      const command = commandOf('wake', derivedId(`wake/${topicOf(key)}/${day.seq}`), { day: key.day });
      void writer.submit(stream, { command });
    }
  }, WAKE_EVERY_MS);
  wake.unref();

  return {
    get daysUnreadable() {
      return unreadable.size;
    },
    carryOut: async (key, command) => {
      if (!clock.steady) return refuse('clock-behind', {});
      const verdict = await submit(key, { command });
      if (verdict.kind === 'done') return verdict.events;
      if (verdict.kind === 'repeated') {
        const stored = await eventsAfter(database.pool, key, verdict.seq - 1, verdict.events);
        return stored.map(({ event }) => event);
      }
      if (verdict.kind === 'refused') throw new ProblemError(verdict.problem);
      throw new Error('a command was answered like a reader');
    },
    view: async <Seen>(key: DayKey, look: (day: Day) => Seen) => {
      const verdict = await submit(key, { look });
      if (verdict.kind === 'seen') return verdict.seen as Seen;
      throw new ProblemError(verdict.kind === 'refused' ? verdict.problem : problem('internal', {}));
    },
    eventsAfter: async (key, seq, limit) => (await eventsAfter(database.pool, key, seq, limit)).map(({ event }) => event),
    warm: async (keys) => {
      const opened = await openedDays(database.pool, keys);
      await Promise.all(opened.map((key) => streamOf(key).catch((error: unknown) => log(`day ${topicOf(key)} did not load`, error))));
    },
    close: async () => {
      clearInterval(wake);
      await writer.close();
    },
  };
}

function problemOf(error: unknown) {
  return error instanceof ProblemError ? error.problem : problem('internal', {});
}
