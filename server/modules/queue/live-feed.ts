import type { QueueEvent } from '../../../core/queue/events.ts';
import type { DayKey } from '../../../core/queue/ids.ts';
import type { Db } from '../../platform/handles.ts';
import { tailsAfter } from './queries.ts';

/** Hears the events of a day, in order and without a gap. */
export type Hear = (events: readonly QueueEvent[]) => void;

/** How often the days with listeners are asked for what other nodes wrote. */
const POLL_EVERY_MS = 25;

/**
 * A hall's events are told at once, and then at most so often: what follows close behind goes out together. A person
 * sees no difference, and a hundred boards cost a hundred writes and not a thousand.
 */
const TELL_EVERY_MS = 50;

/**
 * Telling takes no more of a node's time than this share: people at a window or a kiosk go before those who look at a
 * board. Halls that would take more wait in turn, and what happens in them meanwhile goes out together. Four thousand
 * boards at 200 events a second take half of it.
 */
const TELLING_SHARE_MAX = 0.1;
/** After a quiet time so much may be told at once. */
const TELLING_BURST_MS = 25;

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
 * Tells the events of days to the listeners on this node. The place in the day is the only cursor: what this node
 * writes is told at once; what others write is found by one query for all days that have listeners.
 */
export class LiveFeed {
  readonly #topics = new Map<string, Topic>();
  readonly #queries: Db;
  readonly #log: (message: string, error?: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  /** The halls whose turn to be told has not come. */
  readonly #waiting: Topic[] = [];
  /** Milliseconds of telling beyond its share, below zero what is still free; and when that was true. */
  #debtMs = 0;
  #debtAt = 0;
  #closed = false;

  constructor(db: Db, log: (message: string, error?: unknown) => void) {
    this.#queries = db;
    this.#log = log;
    this.#pollLater();
  }

  /** Listens from now on; gives the way to stop. A listener must say with `reached` what it has read. */
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
    topic.held.push(...news);
    const soonest = topic.toldAt + TELL_EVERY_MS - performance.now();
    if (soonest <= 0) this.#takeTurn(topic);
    else setTimeout(() => this.#takeTurn(topic), soonest).unref();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #takeTurn(topic: Topic): void {
    this.#waiting.push(topic);
    if (this.#waiting.length === 1) this.#tellInTurn();
  }

  /** Tells hall after hall while the share lasts, and goes on when it does again. */
  #tellInTurn(): void {
    const now = performance.now();
    this.#debtMs = Math.max(-TELLING_BURST_MS, this.#debtMs - (now - this.#debtAt) * TELLING_SHARE_MAX);
    this.#debtAt = now;
    for (let topic = this.#waiting[0]; topic !== undefined && this.#debtMs <= 0; topic = this.#waiting[0]) {
      this.#waiting.shift();
      this.#pass(topic);
    }
    if (this.#waiting.length > 0) setTimeout(() => this.#tellInTurn(), this.#debtMs / TELLING_SHARE_MAX).unref();
  }

  #pass(topic: Topic): void {
    topic.toldAt = performance.now();
    const events = topic.held.splice(0);
    for (const hear of topic.listeners) {
      try {
        hear(events);
      } catch (error) {
        // The other boards, and the halls whose turn comes after this one, hear all the same.
        this.#log(`a listener to ${nameOf(topic.key)} could not be told`, error);
      }
    }
    this.#debtMs += performance.now() - topic.toldAt;
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
    for (const { key, events } of await this.#queries.read((tx) => tailsAfter(tx, places))) this.tell(key, events);
  }
}

function nameOf({ centreId, day }: DayKey): string {
  return `${centreId}/${day}`;
}
