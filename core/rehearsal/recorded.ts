import { dayLoad, SERVICE_CV } from '../planning/outlook.ts';
import { type Policy, type QueueConfiguration, readConfiguration } from '../queue/configuration.ts';
import type { Day } from '../queue/day.ts';
import { type Instant, type Milliseconds, MINUTE } from '../time/instant.ts';
import type { Visitor } from './demand.ts';
import { lognormal, random } from './random.ts';
import { rehearseDay } from './rehearse-day.ts';
import { ratio, type Tally } from './tally.ts';
import { BY_DUE } from './tuned.ts';

/** A day of one hall as it was: the visitors, how long each waited, and how many windows were at work. */
export interface RecordedDay {
  readonly visitors: readonly Visitor[];
  /** In the same order. */
  readonly waitedMs: readonly Milliseconds[];
  /** The mean service of each class of the visitors, in minutes. */
  readonly classMinutes: readonly number[];
  readonly opensMs: Instant;
  readonly closesMs: Instant;
  /** Windows at work in each half hour from the opening. */
  readonly windows: readonly number[];
  /** The same for each class by itself, where each had windows of its own; null: every window served everybody. */
  readonly windowsByClass: readonly (readonly number[])[] | null;
}

/** What a rehearsal of a recorded day came to. */
export interface RecordedReport {
  readonly visitors: number;
  readonly recorded: Waits;
  /** First come, first served, with the windows that were there, of each queue by itself if so: how well the rehearsal knows the hall. */
  readonly rehearsed: Waits;
  /** How the mean waits of half hours go together (Pearson), from −1 to 1; null when one of them never changes. */
  readonly correlation: number | null;
  /** One queue in the order of being due, with the same windows together; and with Okno's reserve in addition. */
  readonly byDue: Waits;
  readonly withReserve: Waits & { readonly reserveHours: number; readonly openings: number };
}

export interface Waits {
  readonly meanMinutes: number;
  readonly over15: number;
}

const HALF_HOUR = 30 * MINUTE;
const SEATING_MINUTES = 2;
const STINT_MINUTES = 20;

/** A day of one's own history. Services are as long as they were; windows are those that served anyone. */
export function recordedOf(day: Day): RecordedDay | null {
  const { opening, configuration } = day;
  if (opening === null) return null;
  const classOf = new Map(configuration.services.map(({ serviceId }, index) => [serviceId as string, index]));
  const served = [...day.visits.values()].flatMap((visit) => {
    const [first] = visit.steps;
    const serviceMs = visit.steps.reduce(
      (sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? 0) - (startedAt ?? endedAt ?? 0)),
      0,
    );
    const classIndex = classOf.get(first?.serviceId ?? '');
    if (first === undefined || serviceMs === 0 || classIndex === undefined) return [];
    const visitor = { arrivesMs: visit.takenAt, classIndex, serviceMs, slotMs: visit.slot };
    return [{ visitor, waitedMs: first.calledAt - visit.takenAt, steps: visit.steps }];
  });
  const sorted = served.toSorted((a, b) => a.visitor.arrivesMs - b.visitor.arrivesMs);
  const windows = Array.from({ length: Math.ceil((opening.doorsClose - opening.doorsOpen) / HALF_HOUR) }, (_, half) => {
    const from = opening.doorsOpen + half * HALF_HOUR;
    const working = served.flatMap(({ steps }) =>
      steps.flatMap(({ windowId, calledAt, endedAt }) =>
        calledAt < from + HALF_HOUR && (endedAt ?? Infinity) > from ? windowId : [],
      ),
    );
    return new Set(working).size;
  });
  return {
    visitors: sorted.map(({ visitor }) => visitor),
    waitedMs: sorted.map(({ waitedMs }) => waitedMs),
    classMinutes: configuration.services.map(({ minutes }) => minutes),
    opensMs: opening.doorsOpen,
    closesMs: opening.doorsClose,
    windows,
    windowsByClass: null,
  };
}

/** A line of a list of tickets. */
export interface RecordedCall {
  readonly queue: string;
  readonly takenAt: Instant;
  readonly calledAt: Instant;
}

/**
 * A day of which only tickets and calls are known, each queue with windows of its own. How long services took is drawn (lognormal,
 * of this mean); the windows of a queue in a half hour are those that such services need for the calls that it made, at least one.
 */
export function recordedFromCalls(calls: readonly RecordedCall[], serviceMinutes: number, seed: number): RecordedDay {
  const sorted = calls.toSorted((a, b) => a.takenAt - b.takenAt);
  const draw = random(seed);
  const queues = [...new Set(sorted.map(({ queue }) => queue))];
  const opensMs = Math.floor((sorted[0]?.takenAt ?? 0) / HALF_HOUR) * HALF_HOUR;
  const last = sorted.reduce((latest, { calledAt }) => Math.max(latest, calledAt), opensMs);
  const halves = Math.floor((last - opensMs) / HALF_HOUR) + 1;
  const windowsByClass = queues.map((queue) => {
    const made = Array.from({ length: halves }, () => 0);
    for (const call of sorted) {
      const half = Math.floor((call.calledAt - opensMs) / HALF_HOUR);
      if (call.queue === queue) made[half] = (made[half] ?? 0) + 1;
    }
    return made.map((count) => Math.max(1, Math.round((count * serviceMinutes) / 30)));
  });
  const windows = Array.from({ length: halves }, (_, half) =>
    windowsByClass.reduce((sum, own) => sum + (own[half] ?? 0), 0),
  );
  return {
    visitors: sorted.map(({ queue, takenAt }) => ({
      arrivesMs: takenAt,
      classIndex: queues.indexOf(queue),
      serviceMs: Math.max(1, Math.round(lognormal(draw, serviceMinutes, SERVICE_CV) * MINUTE)),
      slotMs: null,
    })),
    waitedMs: sorted.map(({ calledAt, takenAt }) => calledAt - takenAt),
    classMinutes: queues.map(() => serviceMinutes),
    opensMs,
    closesMs: opensMs + halves * HALF_HOUR,
    windows,
    windowsByClass,
  };
}

/** Plays a recorded day again: as it was, in the order of being due, and with a reserve. */
export function rehearseRecorded(day: RecordedDay): RecordedReport {
  const asItWas =
    day.windowsByClass === null ? play(day, { kind: 'fifo' }, false).waitedMs : playApart(day, day.windowsByClass);
  const byDue = play(day, { kind: 'due-time' }, false);
  const reserve = play(day, { kind: 'due-time' }, true);
  return {
    visitors: day.visitors.length,
    recorded: waitsOf(day.waitedMs),
    rehearsed: waitsOf(asItWas),
    correlation: correlation(byHalfHour(day, day.waitedMs), byHalfHour(day, asItWas)),
    byDue: waitsOf(byDue.waitedMs),
    withReserve: {
      ...waitsOf(reserve.waitedMs),
      reserveHours: reserve.tally.reserveMs / (60 * MINUTE),
      openings: reserve.tally.openings,
    },
  };
}

/** Each class with windows of its own. */
function playApart(day: RecordedDay, windowsByClass: readonly (readonly number[])[]): number[] {
  const waitedMs = day.visitors.map(() => 0);
  windowsByClass.forEach((windows, classIndex) => {
    const places = day.visitors.flatMap((visitor, place) => (visitor.classIndex === classIndex ? [place] : []));
    const own = { ...day, visitors: places.map((place) => day.visitors[place] as Visitor), windows };
    play(own, { kind: 'fifo' }, false).waitedMs.forEach(
      (waited, index) => (waitedMs[places[index] as number] = waited),
    );
  });
  return waitedMs;
}

function play(day: RecordedDay, order: Policy, withReserve: boolean): { tally: Tally; waitedMs: number[] } {
  const { visitors, classMinutes, opensMs, closesMs, windows } = day;
  const windowsMax = 2 * Math.max(...windows, 1);
  const work = visitors.reduce((sum, { serviceMs }) => sum + serviceMs, 0);
  const meanServiceMinutes = ratio(work, visitors.length) / MINUTE || 1;
  const waitedMs = visitors.map(() => 0);
  const means = windows.map(
    (_, half) => visitors.filter((one) => Math.floor((one.arrivesMs - opensMs) / HALF_HOUR) === half).length,
  );
  const tally = rehearseDay(
    {
      visitors,
      configuration: configurationOf(classMinutes, windowsMax, order),
      opensMs,
      closesMs,
      plan: windows,
      meanServiceMinutes,
      reserve: withReserve
        ? {
            tuning: BY_DUE,
            limits: { stintMinutes: STINT_MINUTES, seatingMinutes: SEATING_MINUTES, windowsMax },
            load: dayLoad(means, [{ share: 1, serviceMinutes: meanServiceMinutes, cv: SERVICE_CV }]),
          }
        : null,
    },
    { called: (index, waited) => (waitedMs[index] = waited) },
  );
  return { tally, waitedMs };
}

function configurationOf(classMinutes: readonly number[], windows: number, policy: Policy): QueueConfiguration {
  const group = 'all';
  return {
    ...readConfiguration({
      walkInLimitMinutes: 15,
      readyAfterSeconds: null,
      promise: { waitSeconds: null, servedSeconds: 60 },
      groups: [{ groupId: group, letter: 'П' }],
      windows: Array.from({ length: windows }, (_, index) => ({ windowId: index + 1, groupIds: [group] })),
      policy,
    }),
    services: classMinutes.map((minutes, index) => ({
      serviceId: `s${index}`,
      groupId: group,
      level: 1,
      minutes: Math.max(1, Math.round(minutes)),
      off: false,
    })),
  };
}

function waitsOf(waitedMs: readonly number[]): Waits {
  const sum = waitedMs.reduce((all, one) => all + one, 0);
  return {
    meanMinutes: ratio(sum, waitedMs.length) / MINUTE,
    over15: ratio(waitedMs.filter((waited) => waited > 15 * MINUTE).length, waitedMs.length),
  };
}

function byHalfHour({ visitors, opensMs, windows }: RecordedDay, waitedMs: readonly number[]): (number | null)[] {
  return windows.map((_, half) => {
    const here = visitors.flatMap(({ arrivesMs }, index) =>
      Math.floor((arrivesMs - opensMs) / HALF_HOUR) === half ? [waitedMs[index] ?? 0] : [],
    );
    return here.length === 0
      ? null
      : ratio(
          here.reduce((sum, one) => sum + one, 0),
          here.length,
        );
  });
}

function correlation(a: readonly (number | null)[], b: readonly (number | null)[]): number | null {
  const pairs = a.flatMap((one, index) => {
    const other = b[index] ?? null;
    return one === null || other === null ? [] : [[one, other] as const];
  });
  const mean = (of: (pair: readonly [number, number]) => number) =>
    ratio(
      pairs.reduce((sum, pair) => sum + of(pair), 0),
      pairs.length,
    );
  const [middleA, middleB] = [mean(([one]) => one), mean(([, other]) => other)];
  const together = mean(([one, other]) => (one - middleA) * (other - middleB));
  const spread = Math.sqrt(mean(([one]) => (one - middleA) ** 2) * mean(([, other]) => (other - middleB) ** 2));
  return spread === 0 ? null : together / spread;
}
