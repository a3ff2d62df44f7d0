import type { QueueConfiguration } from '../queue/configuration.ts';
import { HOUR, type Instant, MINUTE, type Milliseconds } from '../time/instant.ts';
import type { Visitor } from './demand.ts';

const LONG_MS = 15 * MINUTE;
const SHIFT_MS = 4 * HOUR;
const VERY_LONG_MS = 30 * MINUTE;

/** What a rehearsed day came to: counts and sums, so that days can be added up. */
export class Tally {
  visitors = 0;
  waitedMs = 0;
  /** Waited more than 15 and more than 30 minutes. */
  over15 = 0;
  over30 = 0;
  appointments = 0;
  /** Called later than the appointment's limit after its time, or after a visitor came late. */
  appointmentsLate = 0;
  /** Hours of windows: by the plan, beyond the plan's end, of the reserve while open; and the bare work. */
  plannedMs: Milliseconds = 0;
  overtimeMs: Milliseconds = 0;
  reserveMs: Milliseconds = 0;
  workMs: Milliseconds = 0;
  /** The reserve if its people were hired for nothing else, in shifts of four hours. */
  reserveShiftsMs: Milliseconds = 0;
  openings = 0;
  /** Events that the days went through. */
  transitions = 0;
  /** Which classes waited how long, by their places. */
  readonly classVisitors: number[];
  readonly classWaitedMs: number[];
  /** The most reserve windows at a time in each shift so far. */
  readonly #most: number[] = [];

  constructor(classes: number) {
    this.classVisitors = Array.from({ length: classes }, () => 0);
    this.classWaitedMs = Array.from({ length: classes }, () => 0);
  }

  /** A visitor was called. The wait counts from their arrival, also when they came before their time. */
  called(visitor: Visitor, now: Instant, { appointmentLimitMinutes }: QueueConfiguration): void {
    const waited = now - visitor.arrivesMs;
    this.visitors += 1;
    this.waitedMs += waited;
    if (waited > LONG_MS) this.over15 += 1;
    if (waited > VERY_LONG_MS) this.over30 += 1;
    this.classVisitors[visitor.classIndex] = (this.classVisitors[visitor.classIndex] ?? 0) + 1;
    this.classWaitedMs[visitor.classIndex] = (this.classWaitedMs[visitor.classIndex] ?? 0) + waited;
    if (visitor.slotMs === null) return;
    this.appointments += 1;
    const limit = Math.max(visitor.slotMs, visitor.arrivesMs) + appointmentLimitMinutes * MINUTE;
    if (now > limit) this.appointmentsLate += 1;
  }

  /** The tally again after it went through a thread or a file, which keep its figures and lose its methods. */
  static of(figures: Tally): Tally {
    return Object.assign(new Tally(figures.classVisitors.length), figures);
  }

  /** The number of reserve windows open at a time after the doors opened. */
  reserveIs(windows: number, sinceMs: Milliseconds): void {
    const shift = Math.floor(sinceMs / SHIFT_MS);
    const more = windows - (this.#most[shift] ?? 0);
    if (more <= 0) return;
    this.#most[shift] = windows;
    this.reserveShiftsMs += more * SHIFT_MS;
  }

  add(other: Tally): void {
    for (const name of SUMMED) this[name] += other[name];
    other.classVisitors.forEach((count, index) => {
      this.classVisitors[index] = (this.classVisitors[index] ?? 0) + count;
      this.classWaitedMs[index] = (this.classWaitedMs[index] ?? 0) + (other.classWaitedMs[index] ?? 0);
    });
  }

  get meanWaitMinutes(): number {
    return ratio(this.waitedMs, this.visitors) / MINUTE;
  }

  /** Paid window hours over the bare work: 1 is the least that is possible. */
  get hoursOverWork(): number {
    return ratio(this.plannedMs + this.overtimeMs + this.reserveMs, this.workMs);
  }

  /** The same with so many minutes paid for each opening of a reserve window. */
  hoursWithOpenings(minutes: number): number {
    return this.hoursOverWork + ratio(this.openings * minutes * MINUTE, this.workMs);
  }

  get paidHours(): number {
    return (this.plannedMs + this.overtimeMs + this.reserveMs) / HOUR;
  }
}

const SUMMED = [
  'visitors',
  'waitedMs',
  'over15',
  'over30',
  'appointments',
  'appointmentsLate',
  'plannedMs',
  'overtimeMs',
  'reserveMs',
  'workMs',
  'reserveShiftsMs',
  'openings',
  'transitions',
] as const satisfies readonly (keyof Tally)[];

/** A share or a mean; 0 of nothing. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
