import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import { type Queries, tailsAfter } from './store.ts';

/** Hears the events of a day, in order and without a gap. */
export type Hear = (events: readonly QueueEvent[]) => void;

/** How often the days that somebody listens to are asked for what other nodes wrote. */
const POLL_EVERY_MS = 25;

/**
 * A hall's events are told at once, and then at most so often: what follows close behind goes out together. A person
 * sees no difference, and a hundred boards cost a hundred writes and not a thousand.
 */
const TELL_EVERY_MS = 50;

/**
 * A node that is driven so hard that telling would take more of its time than this share tells less often, down to
 * twice a second: whoever stands at a window or a kiosk goes before whoever looks at a board.
 */
const TELLING_SHARE_MAX = 0.05;
const TELL_EVERY_MS_MAX = 500;
/** Over how long the share is taken. */
const SHARE_OVER_MS = 1_000;

interface Topic {
  readonly key: DayKey;
  readonly listeners: Set<Hear>;
  /** The place of the last event that was told; null until a listener has read the day. */
  seq: number | null;
  /** What is told together a moment later, because something was told just now. */
  held: QueueEvent[];
  toldAt: number;
}

/**
 * Tells the events of days to whoever listens on this node. The place in the day is the only cursor: what this node
 * writes is told at once; what others write is found by one query for all days that have listeners.
 */
export class LiveFeed {
  readonly #topics = new Map<string, Topic>();
  readonly #queries: Queries;
  readonly #log: (message: string, error?: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  /** Milliseconds spent on telling, those long ago counting ever less; and when that was true. */
  #spentMs = 0;
  #spentAt = 0;
  #closed = false;

  constructor(queries: Queries, log: (message: string, error?: unknown) => void) {
    this.#queries = queries;
    this.#log = log;
    this.#pollLater();
  }

  /** Listens from now on; gives the way to stop. Who listens must say with `reached` what he has read. */
  listen(key: DayKey, hear: Hear): () => void {
    const name = nameOf(key);
    const topic = this.#topics.get(name) ?? { key, listeners: new Set<Hear>(), seq: null, held: [], toldAt: 0 };
    this.#topics.set(name, topic);
    topic.listeners.add(hear);
    return () => {
      topic.listeners.delete(hear);
      if (topic.listeners.size === 0 && this.#topics.get(name) === topic) this.#topics.delete(name);
    };
  }

  /** A listener has read the day up to here: what comes after is news. */
  reached(key: DayKey, seq: number): void {
    const topic = this.#topics.get(nameOf(key));
    if (topic !== undefined) topic.seq ??= seq;
  }

  /** Tells durable events. What was told already is left out; after a gap the next poll tells everything in order. */
  tell(key: DayKey, events: readonly QueueEvent[]): void {
    const topic = this.#topics.get(nameOf(key));
    if (topic === undefined) return;
    const { seq } = topic;
    const news = seq === null ? events : events.filter((event) => event.seq > seq);
    const [first] = news;
    if (first === undefined || (seq !== null && first.seq !== seq + 1)) return;
    topic.seq = news.at(-1)?.seq ?? seq;
    if (topic.held.length > 0) {
      topic.held.push(...news);
      return;
    }
    const soonest = topic.toldAt + this.#tellEveryMs() - performance.now();
    if (soonest <= 0) return this.#pass(topic, news);
    topic.held.push(...news);
    setTimeout(() => this.#pass(topic, topic.held.splice(0)), soonest).unref();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #pass(topic: Topic, events: readonly QueueEvent[]): void {
    topic.toldAt = performance.now();
    for (const hear of topic.listeners) hear(events);
    const now = performance.now();
    this.#spentMs = this.#spentMs * Math.exp((this.#spentAt - now) / SHARE_OVER_MS) + now - topic.toldAt;
    this.#spentAt = now;
  }

  #tellEveryMs(): number {
    const share = (this.#spentMs * Math.exp((this.#spentAt - performance.now()) / SHARE_OVER_MS)) / SHARE_OVER_MS;
    return Math.min(TELL_EVERY_MS_MAX, TELL_EVERY_MS * Math.max(1, share / TELLING_SHARE_MAX));
  }

  #pollLater(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      void this.#poll()
        .catch((error: unknown) => this.#log('the live feed could not be read; trying again', error))
        .finally(() => this.#pollLater());
    }, POLL_EVERY_MS);
    this.#timer.unref();
  }

  async #poll(): Promise<void> {
    const places = [...this.#topics.values()].flatMap(({ key, seq }) => (seq === null ? [] : [{ key, seq }]));
    if (places.length === 0) return;
    for (const { key, events } of await tailsAfter(this.#queries, places)) this.tell(key, events);
  }
}

function nameOf({ centreId, day }: DayKey): string {
  return `${centreId}/${day}`;
}
