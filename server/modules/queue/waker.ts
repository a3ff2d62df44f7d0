import { ProblemError } from '../../../core/problems.ts';
import type { Command } from '../../../core/queue/commands.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { nextDueAt } from '../../../core/queue/timers.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Clock } from '../../platform/clock.ts';
import { awayProblem } from '../../platform/database-away.ts';
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
  /** A day that could not be woken is left alone for so long, and for twice as long each time after. */
  readonly againAfterMs?: number;
}

/** How late something due may be noticed; what it comes to does not depend on it. */
const WAKE_EVERY_MS = 100;
const AGAIN_AFTER_MS = 5_000;
/** So often it is tried. What throws so often in one place of the day, such as its closing, throws each time. */
const TRIES = 5;

/** A day that could not be woken: where it was, how often in a row, and the monotonic millisecond from which it is tried again. */
interface Tired {
  readonly seq: number;
  readonly times: number;
  readonly until: number;
}

/** Wakes the days in which something is due. Two nodes that wake one day collide, and one finds nothing due. */
export class Waker {
  readonly #setting: WakerSetting;
  /** By the name of the day: one that fails is read again, and would be forgotten as a thing in memory. */
  readonly #tired = new Map<string, Tired>();
  readonly #timer: NodeJS.Timeout;

  constructor(setting: WakerSetting) {
    this.#setting = setting;
    this.#timer = setInterval(() => this.#look(), WAKE_EVERY_MS).unref();
  }

  /** Days that are not woken any more until a command comes for them, or the node restarts. */
  get setAside(): number {
    let count = 0;
    for (const { times } of this.#tired.values()) if (times >= TRIES) count += 1;
    return count;
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
    const tired: LogFault = (message, error) => this.#tire(stream, message, error);
    isolated(tired, `day ${nameOf(stream)} could not be woken`, () => this.#wakeIfDue(stream, now));
  }

  #tire(stream: Stream, message: string, error: unknown): void {
    const { againAfterMs = AGAIN_AFTER_MS, log } = this.#setting;
    const { seq } = stream.day;
    const before = this.#tired.get(nameOf(stream));
    // A database that is away says nothing about the day.
    const times = awayProblem(error) === null ? (before?.seq === seq ? before.times : 0) + 1 : 0;
    const pause = againAfterMs * 2 ** Math.max(times - 1, 0);
    this.#tired.set(nameOf(stream), { seq, times, until: performance.now() + pause });
    log(message, error);
    if (times === TRIES)
      log(
        `day ${nameOf(stream)} is set aside: what is due in it has failed ${TRIES} times. The other days go on. okno verify looks at it`,
      );
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
      if (verdict.kind === 'refused' && verdict.problem.code === 'internal') throw new ProblemError(verdict.problem);
      this.#tired.delete(nameOf(stream));
    });
  }

  #rests(stream: Stream): boolean {
    const tired = this.#tired.get(nameOf(stream));
    // Whatever has happened in the day since may have mended it.
    if (tired === undefined || tired.seq !== stream.day.seq) return false;
    return tired.times >= TRIES || tired.until > performance.now();
  }
}

function nameOf({ key }: Stream): string {
  return `${key.centreId}/${key.day}`;
}
