import { meanOf, percentileOf } from '../figures/shares.ts';
import { type Instant, MINUTE } from '../time/instant.ts';
import { type ConfigurationOf, type Day, unopenedDay } from './day.ts';
import { evolve } from './evolve.ts';
import { happenedAt, type QueueEvent } from './events.ts';
import type { DayKey } from './ids.ts';
import { isWorking } from './dispatch.ts';
import { clockTime, firstWaitMs } from './wait-clock.ts';

const HALF_HOUR = 30 * MINUTE;

/** Half an hour of a day. Durations are means in milliseconds; null: nothing ended in it. */
export interface CoursePart {
  readonly from: Instant;
  readonly arrivals: number;
  /** Who waited at its end, and the most who waited at once. */
  readonly waiting: number;
  readonly waitingMax: number;
  /** The windows that worked at its end. */
  readonly windows: number;
  readonly calls: number;
  /** The published wait of those whose ticket was first called in it. */
  readonly waitMs: number | null;
  readonly walkMs: number | null;
  readonly serviceMs: number | null;
}

/** A day from its events: how it went, and its waits. */
export interface Course {
  readonly parts: readonly CoursePart[];
  readonly arrivals: number;
  readonly served: number;
  /** Calls that nobody came to, and visitors who went away. */
  readonly noShows: number;
  readonly left: number;
  readonly promisesBroken: number;
  readonly wait: Percentiles;
  readonly walk: Percentiles;
  readonly service: Percentiles;
}

/** Of durations in milliseconds; null where there were none. */
export interface Percentiles {
  readonly n: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}

type Open = { -readonly [Key in 'from' | 'arrivals' | 'waiting' | 'waitingMax' | 'windows' | 'calls']: number } & {
  readonly waits: number[];
  readonly walks: number[];
  readonly services: number[];
};

/** Follows a day up to a moment. Half hours without any event are there too, with the state from before them. */
export function courseOf(key: DayKey, events: Iterable<QueueEvent>, rules: ConfigurationOf, until: Instant): Course {
  const day = unopenedDay(key);
  const parts: Open[] = [];
  const partAt = (at: Instant): Open => {
    const from = at - (at % HALF_HOUR);
    let last = parts.at(-1);
    while (last === undefined || last.from < from) {
      const begins = last === undefined ? from : last.from + HALF_HOUR;
      last = newPart(begins, last);
      parts.push(last);
    }
    return parts.findLast((part) => part.from <= at) ?? last;
  };
  let waiting = 0;
  for (const event of events) {
    if (event.at > until) break;
    evolve(day, event, rules);
    if (day.opening === null || event.kind === 'day-opened') continue;
    const part = partAt(Math.max(happenedAt(event), day.opening.doorsOpen));
    waiting = waitingIn(day);
    part.waiting = waiting;
    part.waitingMax = Math.max(part.waitingMax, waiting);
    part.windows = [...day.windows.values()].filter(isWorking).length;
  }
  if (parts.length > 0) partAt(until);
  for (const visit of day.visits.values()) {
    partOf(parts, visit.takenAt).arrivals += 1;
    const [first] = visit.steps;
    if (first !== undefined) partOf(parts, first.calledAt).waits.push(firstWaitMs(visit.wait, clockTime(day, until)));
    for (const { calledAt, lastCallAt, startedAt, endedAt, stoppedMs } of visit.steps) {
      const part = partOf(parts, calledAt);
      if (lastCallAt !== null) part.calls += 1;
      if (startedAt !== null && lastCallAt !== null) part.walks.push(startedAt - calledAt);
      if (startedAt !== null && endedAt !== null) partOf(parts, endedAt).services.push(endedAt - startedAt - stoppedMs);
    }
  }
  return { parts: parts.map(closed), ...totals(day), ...durations(parts) };
}

function newPart(from: Instant, before: Open | undefined): Open {
  const { waiting = 0, windows = 0 } = before ?? {};
  const lists = { waits: [], walks: [], services: [] };
  return { from, arrivals: 0, waiting, waitingMax: waiting, windows, calls: 0, ...lists };
}

function partOf(parts: readonly Open[], at: Instant): Open {
  return parts.findLast((part) => part.from <= at) ?? (parts[0] as Open);
}

function closed({ waits, walks, services, ...part }: Open): CoursePart {
  return { ...part, waitMs: meanOf(waits), walkMs: meanOf(walks), serviceMs: meanOf(services) };
}

function waitingIn(day: Day): number {
  let waiting = 0;
  for (const line of day.lines.values()) waiting += line.length;
  return waiting;
}

function totals(day: Day) {
  const visits = [...day.visits.values()];
  const count = (state: string) => visits.filter((visit) => visit.state === state).length;
  return {
    arrivals: visits.length,
    served: count('finished'),
    noShows: visits.reduce((sum, { steps }) => sum + steps.filter(({ outcome }) => outcome === 'no-show').length, 0),
    left: count('left'),
    promisesBroken: visits.filter(({ wait }) => wait.broken).length,
  };
}

function durations(parts: readonly Open[]): Pick<Course, 'wait' | 'walk' | 'service'> {
  return {
    wait: percentiles(parts.flatMap(({ waits }) => waits)),
    walk: percentiles(parts.flatMap(({ walks }) => walks)),
    service: percentiles(parts.flatMap(({ services }) => services)),
  };
}

/** What is said of some durations. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const [p50 = null, p90 = null, p99 = null] = [0.5, 0.9, 0.99].map((share) => percentileOf(sorted, share));
  return { n: sorted.length, mean: meanOf(sorted), p50, p90, p99 };
}
