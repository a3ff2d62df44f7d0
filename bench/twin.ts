import { FROZEN_CITY } from '../core/rehearsal/frozen-city.ts';
import { BY_DUE } from '../core/rehearsal/tuned.ts';
import { type CityPolicy, prepare, rehearseCityDay } from '../core/rehearsal/rehearse-city.ts';
import { configurationOf } from '../core/rehearsal/hall.ts';
import type { Visitor } from '../core/rehearsal/demand.ts';
import { exponential, random } from '../core/rehearsal/random.ts';
import { rehearseDay } from '../core/rehearsal/rehearse-day.ts';
import { HOUR, MINUTE } from '../core/time/instant.ts';
import { type Bench, figure } from './bench.ts';

const ROUNDS = 5;
/** Rounds that are not counted: code that has just been loaded is not compiled yet. */
const WARM_UP = 5;
const WINDOWS = 30;
const CUSTOMERS = 20_000;
/** What SimPy plays on a machine like the one of the references, in process style. */
const SIMPY_EVENTS_A_SECOND = 190_000;
const YEAR_DAYS = 300;

const OKNO: CityPolicy = {
  policyId: 'okno',
  name: { ru: '', en: '' },
  order: { kind: 'due-time' },
  plan: { kind: 'with-reserve' },
  reserve: BY_DUE,
  stintMinutes: 20,
  diversion: null,
};

/**
 * How fast days are played through the code of the halls itself, on one processor in memory: a queue with exponential gaps (every
 * ticket, call, start, end and “ready” is decided and folded), a day of the city, a year of one centre. The baseline is a bare
 * simulation of the same queue in the same run: a heap of numbers without any rule.
 */
export const benchTwin: Bench = async ({ quick }) => {
  const rounds = Array.from({ length: quick ? 1 : ROUNDS }, (_, round) => round + 1);
  const city = prepare(FROZEN_CITY, OKNO);
  const site = FROZEN_CITY.sites[60] as (typeof FROZEN_CITY.sites)[number];
  for (let round = 0; round < (quick ? 0 : WARM_UP); round += 1) playQueue(plainVisitors(round));
  const played = rounds.map((round) => {
    const visitors = plainVisitors(round);
    const bare = secondsOf(() => bareQueue(visitors));
    const twin = secondsOf(() => playQueue(visitors));
    const transitions = twin.result;
    return { perSecond: transitions / twin.seconds, overBare: bare.seconds / twin.seconds };
  });
  const days = rounds.map((round) => secondsOf(() => rehearseCityDay(city, 2, round)).seconds);
  const years = rounds.map((round) => {
    const one = prepare({ ...FROZEN_CITY, sites: [site] }, OKNO);
    return secondsOf(() => {
      for (let day = 0; day < YEAR_DAYS; day += 1) rehearseCityDay(one, round, day);
    }).seconds;
  });
  return [
    figure(
      'transitions through the rules, a second',
      '/s',
      played.map(({ perSecond }) => perSecond),
      { atLeast: 2_000_000 },
    ),
    figure(
      'the same over SimPy’s events',
      '×',
      played.map(({ perSecond }) => perSecond / SIMPY_EVENTS_A_SECOND),
      { atLeast: 10 },
    ),
    figure(
      'time of a bare heap simulation over it',
      '×',
      played.map(({ overBare }) => overBare),
    ),
    figure('a day of the city, 70,000 visits with the reserve', 's', days, { atMost: 0.5 }),
    figure('a year of one centre', 's', years, { atMost: 2 }),
    figure('memory of the process', 'MB', [process.memoryUsage().rss / 2 ** 20], { atMost: 500 }),
  ];
};

function plainVisitors(seed: number): Visitor[] {
  const draw = random(seed);
  const visitors: Visitor[] = [];
  for (let at = 0; visitors.length < CUSTOMERS;) {
    at += exponential(draw, (0.9 * WINDOWS) / 12);
    const serviceMs = Math.max(1, Math.round(exponential(draw, 1 / 12) * MINUTE));
    visitors.push({ arrivesMs: Math.round(at * MINUTE), classIndex: 0, serviceMs, slotMs: null });
  }
  return visitors;
}

function playQueue(visitors: readonly Visitor[]): number {
  const site = { ...(FROZEN_CITY.sites[0] as (typeof FROZEN_CITY.sites)[number]), windows: WINDOWS };
  const tally = rehearseDay({
    visitors,
    configuration: configurationOf(FROZEN_CITY, site, { kind: 'due-time' }),
    opensMs: 0,
    closesMs: (visitors.at(-1)?.arrivesMs ?? 0) + HOUR,
    plan: [WINDOWS],
    reserve: null,
    meanServiceMinutes: 12,
  });
  return tally.transitions;
}

/** First come, first served: the first window that is free. Gives the mean wait. */
function bareQueue(visitors: readonly Visitor[]): number {
  const free = new Float64Array(WINDOWS);
  let waited = 0;
  for (const { arrivesMs, serviceMs } of visitors) {
    const begins = Math.max(arrivesMs, free[0] as number);
    waited += begins - arrivesMs;
    let place = 0;
    const ends = begins + serviceMs;
    for (let child = 1; child < WINDOWS; child = 2 * place + 1) {
      if (child + 1 < WINDOWS && (free[child + 1] as number) < (free[child] as number)) child += 1;
      if ((free[child] as number) >= ends) break;
      free[place] = free[child] as number;
      place = child;
    }
    free[place] = ends;
  }
  return waited / visitors.length;
}

function secondsOf<Result>(work: () => Result): { seconds: number; result: Result } {
  const begun = performance.now();
  const result = work();
  return { seconds: (performance.now() - begun) / 1_000, result };
}
