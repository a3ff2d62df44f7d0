import type { Command } from '../../../core/queue/commands.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { nextDueAt } from '../../../core/queue/timers.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Clock } from '../../platform/clock.ts';
import { isolated, type LogFault } from '../../platform/isolated.ts';
import { commandOf, derivedId } from './chain.ts';
import type { Stream, Verdict } from './stream.ts';

interface WakerSetting {
  readonly clock: Clock;
  /** The days in memory. */
  readonly days: ReadonlySet<Stream>;
  serves(centreId: CentreId): boolean;
  ask(stream: Stream, command: Command): Promise<Verdict>;
  /** Told of a day that is closed. */
  over(stream: Stream): void;
  /** Called each time when all days have been looked at. */
  looked(): void;
  readonly log: LogFault;
}

/** How late something due may be noticed; what it comes to does not depend on it. */
const WAKE_EVERY_MS = 100;
/** A day that could not be woken is left alone for so long. */
const WAKE_AGAIN_MS = 5_000;

/** Wakes the days in which something is due. Two nodes that wake one day collide, and one finds nothing due. */
export class Waker {
  readonly #setting: WakerSetting;
  /** Days that could not be woken, and the monotonic millisecond from which it is tried again. */
  readonly #restsUntil = new WeakMap<Stream, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(setting: WakerSetting) {
    this.#setting = setting;
    this.#timer = setInterval(() => this.#look(), WAKE_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { clock, days, looked, log } = this.#setting;
    isolated(log, 'days could not be woken', () => {
      const now = clock.now();
      for (const stream of days) if (!this.#rests(stream)) this.#wake(stream, now);
      looked();
    });
  }

  /** A fault of one day, now or later, keeps no other day from being woken. */
  #wake(stream: Stream, now: Instant): void {
    const { centreId, day } = stream.key;
    const tired: LogFault = (message, error) => {
      this.#restsUntil.set(stream, performance.now() + WAKE_AGAIN_MS);
      this.#setting.log(message, error);
    };
    isolated(tired, `day ${centreId}/${day} could not be woken`, () => this.#wakeIfDue(stream, now));
  }

  #wakeIfDue(stream: Stream, now: Instant): Promise<void> | undefined {
    const { key, day, inFlight, entries } = stream;
    if (inFlight || entries.length > 0 || !this.#setting.serves(key.centreId)) return undefined;
    if (day.state === 'closed') {
      this.#setting.over(stream);
      return undefined;
    }
    const dueAt = nextDueAt(day);
    if (dueAt === null || dueAt > now) return undefined;
    const id = derivedId(`wake/${key.centreId}/${key.day}/${day.seq}`);
    return this.#setting.ask(stream, commandOf('wake', id, { day: key.day })).then((verdict) => {
      if (verdict.kind === 'failed') throw verdict.error;
    });
  }

  #rests(stream: Stream): boolean {
    return (this.#restsUntil.get(stream) ?? 0) > performance.now();
  }
}
