import { breachProbability } from '../core/planning/waiting.ts';
import type { Day, Visit } from '../core/queue/day.ts';
import { serviceToday } from '../core/queue/decide-visits.ts';
import { deviationOf, waitRange } from '../core/queue/wait-range.ts';
import { demandOf } from '../core/rehearsal/demand.ts';
import { FROZEN_CITY } from '../core/rehearsal/frozen-city.ts';
import { configurationOf, loadOf, meanServiceOf, unitLoad } from '../core/rehearsal/hall.ts';
import { rehearseDay } from '../core/rehearsal/rehearse-day.ts';
import { MINUTE } from '../core/time/instant.ts';
import { type Bench, figure, mean } from './bench.ts';

/** Windows so few that people wait: load and this × its root. */
const BETA = 0.45;
const DAYS = 20;
const ALARM_FROM = 0.3;
const LIMIT_MINUTES = 15;

/** The wait told to a visitor, and the real one. Minutes. */
interface Told {
  readonly q50: number;
  readonly q90: number;
  readonly pBreach: number;
  /** What the last one who was called had waited. */
  readonly les: number;
  actual: number;
}

/**
 * The wait that Okno tells a visitor at the moment they take a ticket, and the alarm that they will wait too long, against what
 * came true; the baseline is what most halls tell, the wait of the last one called. The frozen city, short of windows.
 */
export const benchEta: Bench = async ({ quick }) => {
  const unit = unitLoad(FROZEN_CITY);
  const rounds: Told[][] = [];
  for (let day = 0; day < (quick ? 1 : DAYS); day += 1) {
    rounds.push(FROZEN_CITY.sites.flatMap((site) => toldOn(site, loadOf(unit, site).byHalfHour, day)));
  }
  const ratio = rounds.map((told) => rmse(told, ({ q50 }) => q50) / rmse(told, ({ les }) => les));
  const each = (of: (told: readonly Told[]) => number) => rounds.map(of);
  const waited = each((told) => mean(told.map(({ actual }) => actual)));
  return [
    figure('wait told: RMSE over that of the last one called', '×', ratio, { atMost: 0.65 }),
    figure(
      'wait told: bias',
      'min',
      each((told) => mean(told.map(({ q50, actual }) => q50 - actual))),
      { atLeast: -0.3, atMost: 0.3 },
    ),
    figure(
      'wait told: nine of ten waited less than q90',
      '',
      each((told) => share(told, ({ q90, actual }) => actual <= q90)),
      {
        atLeast: 0.88,
        atMost: 0.92,
      },
    ),
    figure(
      'alarm: of those who waited too long it named',
      '',
      each((told) => caught(told).recall),
      { atLeast: 0.87 },
    ),
    figure(
      'alarm: of those it named so many waited too long',
      '',
      each((told) => caught(told).precision),
      { atLeast: 0.65 },
    ),
    figure('mean wait of those who had to wait', 'min', waited),
  ];
};

function toldOn(site: (typeof FROZEN_CITY.sites)[number], load: readonly number[], seedDay: number): Told[] {
  const plan = load.map((here) => Math.min(site.windows, Math.max(1, Math.ceil(here + BETA * Math.sqrt(here)))));
  const configuration = { ...configurationOf(FROZEN_CITY, site, { kind: 'due-time' }), plannedWindows: plan };
  const told = new Map<number, Told>();
  let les = 0;
  rehearseDay(
    {
      visitors: demandOf(FROZEN_CITY, site, 3, seedDay),
      configuration,
      opensMs: FROZEN_CITY.opens * MINUTE,
      closesMs: FROZEN_CITY.closes * MINUTE,
      plan,
      reserve: null,
      meanServiceMinutes: meanServiceOf(FROZEN_CITY),
    },
    {
      waits: (day, index, now) => {
        const known = tellNewest(day, now);
        if (known !== null) told.set(index, { ...known, les, actual: Number.NaN });
      },
      called: (index, waitedMs) => {
        les = waitedMs / MINUTE;
        const one = told.get(index);
        if (one !== undefined) one.actual = les;
      },
    },
  );
  return [...told.values()];
}

/** What the hall tells the one who has just taken a ticket. */
function tellNewest(day: Day, now: number): Pick<Told, 'q50' | 'q90' | 'pBreach'> | null {
  const visit = [...day.visits.values()].at(-1) as Visit;
  const service = serviceToday(day, visit.wishes[0]?.serviceId ?? '');
  if ('code' in service) return null;
  const range = waitRange(day, service, visit.due, now, visit);
  if (range === null) return null;
  const { q50Minutes: q50, q90Minutes: q90 } = range;
  return { q50, q90, pBreach: breachProbability(q50, deviationOf(range), LIMIT_MINUTES) };
}

function caught(told: readonly Told[]): { recall: number; precision: number } {
  const named = told.filter(({ pBreach }) => pBreach > ALARM_FROM);
  const late = told.filter(({ actual }) => actual > LIMIT_MINUTES);
  const both = named.filter(({ actual }) => actual > LIMIT_MINUTES).length;
  return { recall: both / late.length, precision: both / named.length };
}

function rmse(told: readonly Told[], of: (told: Told) => number): number {
  return Math.sqrt(mean(told.map((one) => (of(one) - one.actual) ** 2)));
}

function share(told: readonly Told[], holds: (told: Told) => boolean): number {
  return told.filter(holds).length / told.length;
}
