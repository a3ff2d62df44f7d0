import { windowsByBreachPrice } from '../planning/staffing.ts';
import { type AlarmTuning, type LoadForecast, planOf, type ReserveTuning } from '../planning/reserve.ts';
import type { Policy, QueueConfiguration } from '../queue/configuration.ts';
import { MINUTE, SECOND } from '../time/instant.ts';
import { demandOf, type Visitor } from './demand.ts';
import { divert, type Diversion, type Moved, nearCentres } from './diversion.ts';
import type { RehearsalCity, RehearsalSite } from './frozen-city.ts';
import { configurationOf, loadOf, meanServiceOf, unitLoad } from './hall.ts';
import { random, streamOf } from './random.ts';
import type { DayToRehearse, Specialist } from './day-to-rehearse.ts';
import { HallRehearsal } from './rehearse-day.ts';
import type { Staff } from './staff.ts';
import { Tally } from './tally.ts';

/** How the windows of each half hour are planned. */
export type PlanRule =
  /** Load and `beta` times its root (performance formulas 2a; Halfin and Whitt 1981). */
  | { readonly kind: 'square-root'; readonly beta: number }
  /** By the price of a breach in window hours (rule R2). */
  | { readonly kind: 'breach-price'; readonly theta: number }
  /** The number of windows in each half hour. */
  | { readonly kind: 'given'; readonly windows: readonly number[] }
  /** As the reserve's own tuning says. */
  | { readonly kind: 'with-reserve' };

/** A way to run the halls of a city: whom to call, how many windows to plan, and what to do in between. */
export interface CityPolicy {
  readonly policyId: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly order: Policy;
  readonly plan: PlanRule;
  readonly reserve: ReserveTuning | AlarmTuning | null;
  readonly stintMinutes: number;
  readonly diversion: Diversion | null;
}

/** What days of a city came to: all together and each site. */
export interface CityTally {
  readonly days: number;
  readonly all: Tally;
  readonly bySite: readonly Tally[];
  readonly moved: Moved;
}

interface Hall {
  readonly site: RehearsalSite;
  readonly configuration: QueueConfiguration;
  readonly load: LoadForecast;
  readonly plan: readonly number[];
}

/** Everything of a policy that is the same every day. */
export interface PreparedCity {
  readonly city: RehearsalCity;
  readonly policy: CityPolicy;
  readonly halls: readonly Hall[];
  readonly meanServiceMinutes: number;
  /** Null: as many as are wanted, each with every skill. */
  readonly staff: Staff | null;
}

export function prepare(city: RehearsalCity, policy: CityPolicy, staff: Staff | null = null): PreparedCity {
  const unit = unitLoad(city);
  const meanServiceMinutes = meanServiceOf(city);
  const halls = city.sites.map((site) => {
    const load = loadOf(unit, site);
    return {
      site,
      configuration: configurationOf(
        city,
        site,
        policy.order,
        staff?.specialists.some(({ knows }) => knows !== undefined) ?? false,
      ),
      load,
      plan: planned(city, policy, site, load),
    };
  });
  return { city, policy, halls, meanServiceMinutes, staff };
}

function planned(
  city: RehearsalCity,
  { plan, reserve }: CityPolicy,
  { windows }: RehearsalSite,
  load: LoadForecast,
): number[] {
  const within = (count: number) => Math.min(Math.max(count, 1), windows);
  if (plan.kind === 'with-reserve') {
    if (reserve === null || reserve.kind !== 'foresight')
      throw new Error('only the reserve’s own tuning plans with it');
    return planOf(load, reserve, windows);
  }
  if (plan.kind === 'given') return plan.windows.map((count) => Math.min(count, windows));
  if (plan.kind === 'square-root') {
    return load.byHalfHour.map((here) => within(Math.ceil(here + plan.beta * Math.sqrt(here))));
  }
  const serviceMinutes = meanServiceOf(city);
  const cs2 = spreadOf(city);
  return load.byHalfHour.map((here) => within(windowsByBreachPrice({ load: here, serviceMinutes, cs2 }, plan.theta)));
}

/** The squared variation of a city's services taken together. */
export function spreadOf(city: RehearsalCity): number {
  const mean = meanServiceOf(city);
  const square = city.classes.reduce(
    (sum, { share, meanMinutes, cv }) => sum + share * meanMinutes ** 2 * (1 + cv * cv),
    0,
  );
  return square / mean ** 2 - 1;
}

/** Rehearses one day of a city. The same seed and day give the same visitors under every policy. */
export function rehearseCityDay(
  { city, policy, halls, meanServiceMinutes, staff }: PreparedCity,
  seed: number,
  day: number,
): CityTally {
  const choosing: { site: number; visitor: Visitor }[] = [];
  const playing = halls.map(({ site, configuration, load, plan }, index) => {
    const all = demandOf(city, site, seed, day);
    const visitors =
      policy.diversion === null ? all : part(all, policy.diversion, index, streamOf(seed, day, index, 3), choosing);
    const input: DayToRehearse = {
      visitors,
      configuration,
      opensMs: city.opens * MINUTE,
      closesMs: city.closes * MINUTE,
      plan,
      meanServiceMinutes,
      ...(staff === null ? {} : peopleOf(staff, streamOf(seed, day, index, 5))),
      reserve: policy.reserve && {
        tuning: policy.reserve,
        load,
        limits: { stintMinutes: policy.stintMinutes, seatingMinutes: city.seatingMinutes, windowsMax: site.windows },
      },
    };
    return new HallRehearsal(input);
  });
  const moved =
    policy.diversion === null
      ? { visitors: 0, addedMinutes: 0 }
      : divert(city, nearCentres(city), playing, choosing, policy.diversion, streamOf(seed, day));
  for (const hall of playing) hall.advance(Infinity);
  const all = new Tally(city.classes.length);
  const bySite = playing.map(({ tally }) => tally);
  for (const tally of bySite) all.add(tally);
  return { days: 1, all, bySite, moved };
}

/** The people of a staff, and which visitors do not come when called. */
function peopleOf({ specialists, noShow = 0, walkSeconds = 0 }: Staff, seed: number) {
  const away = new Map<number, boolean>();
  const draw = random(seed);
  return {
    specialists: specialists.map(({ speed = 1, breaks = [], knows }): Specialist => {
      const skills = knows?.map((groupId) => ({ groupId, level: 3 as const }));
      return skills === undefined ? { speed, breaks } : { speed, breaks, skills };
    }),
    walkMs: walkSeconds * SECOND,
    staysAway: (index: number) => {
      const known = away.get(index) ?? draw() < noShow;
      away.set(index, known);
      return known;
    },
  };
}

/** The visitors of the day who go to their centre as ever; the others are added to those who choose. */
function part(
  visitors: readonly Visitor[],
  { share }: Diversion,
  site: number,
  seed: number,
  choosing: { site: number; visitor: Visitor }[],
): Visitor[] {
  const draw = random(seed);
  return visitors.filter((visitor) => {
    const chooses = draw() < share && visitor.slotMs === null;
    if (chooses) choosing.push({ site, visitor });
    return !chooses;
  });
}

/** A day again after it went through a thread. */
export function cityTallyOf(figures: CityTally): CityTally {
  return { ...figures, all: Tally.of(figures.all), bySite: figures.bySite.map((site) => Tally.of(site)) };
}

/** Days added up. */
export function sumOf(city: RehearsalCity, days: readonly CityTally[]): CityTally {
  const tally = () => new Tally(city.classes.length);
  const sum = { days: 0, all: tally(), bySite: city.sites.map(tally), moved: { visitors: 0, addedMinutes: 0 } };
  for (const { days: count, all, bySite, moved } of days) {
    sum.days += count;
    sum.all.add(all);
    sum.bySite.forEach((site, index) => site.add(bySite[index] as Tally));
    sum.moved.visitors += moved.visitors;
    sum.moved.addedMinutes += moved.addedMinutes;
  }
  return sum;
}
