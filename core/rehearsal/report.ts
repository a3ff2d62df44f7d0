import type { RehearsalCity } from './frozen-city.ts';
import { type CityPolicy, type CityTally, sumOf } from './rehearse-city.ts';
import { ratio, type Tally } from './tally.ts';
import { MINUTE } from '../time/instant.ts';

/** What a standard asks of a city; shares are of all visitors, over all days of all seeds. */
export interface Standard {
  readonly meanWaitMinutes: number;
  readonly over15: number;
  readonly over30: number;
  /** Of appointments: called later than their limit. */
  readonly appointmentsLate: number;
  /** Hours of the reserve over the bare work. */
  readonly reserve: number;
  readonly stintMinutes: number;
  readonly eachSeedOver15: number;
  readonly worstCentreOver15: number;
  readonly worstCentreMeanMinutes: number;
}

/** The limits and guards of the frozen city. */
export const STANDARD: Standard = {
  meanWaitMinutes: 3,
  over15: 1 / 2_000,
  over30: 1 / 20_000,
  appointmentsLate: 0.01,
  reserve: 0.25,
  stintMinutes: 20,
  eachSeedOver15: 1 / 1_200,
  worstCentreOver15: 1 / 500,
  worstCentreMeanMinutes: 6,
};

/** A figure over all days, with the 95 % bounds of its mean (by the days' own spread). */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a policy came to. */
export interface PolicyReport {
  readonly policyId: string;
  readonly name: { readonly ru: string; readonly en: string };
  /** Paid hours over the bare work; null when a limit of the standard is missed. */
  readonly hours: number | null;
  /** The same whatever the limits; with 2 and 5 minutes paid for each opening. */
  readonly hoursAnyway: Estimate;
  readonly hoursWith2: number;
  readonly hoursWith5: number;
  /** The same with the people of the reserve hired for nothing else, in shifts of four hours. */
  readonly hoursByShift: number;
  /** Smallest and largest of the seeds. */
  readonly hoursBySeed: readonly [number, number];
  readonly planned: number;
  readonly reserve: number;
  readonly overtime: number;
  readonly meanWaitMinutes: Estimate;
  readonly over15: Estimate;
  readonly over15BySeed: readonly [number, number];
  readonly over30: number;
  readonly appointmentsLate: number;
  readonly classWaitMinutes: readonly number[];
  readonly worstCentreOver15: number;
  readonly worstCentreMeanMinutes: number;
  readonly openingsPerCentreDay: number;
  readonly paidHoursPerDay: number;
  readonly movedShare: number;
  /** Minutes of way beyond the usual one, and from the door of the usual centre to the end, for a mean visitor. */
  readonly addedTravelMinutes: number;
  readonly doorToDoorMinutes: number;
  readonly visitors: number;
  readonly days: number;
  readonly misses: readonly string[];
}

/** The days of each seed, in turn. */
export type SeedDays = readonly (readonly CityTally[])[];

/** Sums days up and holds them against the standard. */
export function reportOf(city: RehearsalCity, policy: CityPolicy, seeds: SeedDays, standard = STANDARD): PolicyReport {
  const days = seeds.flat();
  const whole = sumOf(city, days);
  const { all, bySite, moved } = whole;
  const bySeed = seeds.map((one) => sumOf(city, one).all);
  const spread = (of: (tally: Tally) => number) => range(bySeed.map(of));
  const over15 = (tally: Tally) => ratio(tally.over15, tally.visitors);
  const share = (part: number) => ratio(part, all.workMs);
  const addedTravelMinutes = ratio(moved.addedMinutes, all.visitors);
  const figures = {
    hoursAnyway: estimate(all, days, (tally) => tally.hoursOverWork),
    hoursWith2: all.hoursWithOpenings(2),
    hoursWith5: all.hoursWithOpenings(5),
    hoursByShift: share(all.plannedMs + all.overtimeMs + all.reserveShiftsMs),
    hoursBySeed: spread((tally) => tally.hoursOverWork),
    planned: share(all.plannedMs),
    reserve: share(all.reserveMs),
    overtime: share(all.overtimeMs),
    meanWaitMinutes: estimate(all, days, (tally) => tally.meanWaitMinutes),
    over15: estimate(all, days, over15),
    over15BySeed: spread(over15),
    over30: ratio(all.over30, all.visitors),
    appointmentsLate: ratio(all.appointmentsLate, all.appointments),
    classWaitMinutes: all.classVisitors.map((count, index) => ratio(all.classWaitedMs[index] ?? 0, count) / MINUTE),
    worstCentreOver15: Math.max(...bySite.map(over15)),
    worstCentreMeanMinutes: Math.max(...bySite.map((tally) => tally.meanWaitMinutes)),
    openingsPerCentreDay: ratio(all.openings, days.length * bySite.length),
    paidHoursPerDay: ratio(all.paidHours, days.length),
    movedShare: ratio(moved.visitors, all.visitors),
    addedTravelMinutes,
    doorToDoorMinutes: addedTravelMinutes + all.meanWaitMinutes + ratio(all.workMs, all.visitors) / MINUTE,
    visitors: all.visitors,
    days: days.length,
  };
  const misses = missed(policy, figures, standard);
  const { policyId, name } = policy;
  return { policyId, name, hours: misses.length === 0 ? all.hoursOverWork : null, ...figures, misses };
}

function missed(
  { reserve, stintMinutes }: CityPolicy,
  figures: Omit<PolicyReport, 'policyId' | 'name' | 'hours' | 'misses'>,
  standard: Standard,
): string[] {
  const checks: [string, number, number][] = [
    ['mean wait', figures.meanWaitMinutes.value, standard.meanWaitMinutes],
    ['over 15 min', figures.over15.value, standard.over15],
    ['over 30 min', figures.over30, standard.over30],
    ['appointments late', figures.appointmentsLate, standard.appointmentsLate],
    ['reserve', figures.reserve, standard.reserve],
    ['a seed over 15 min', figures.over15BySeed[1], standard.eachSeedOver15],
    ['worst centre over 15 min', figures.worstCentreOver15, standard.worstCentreOver15],
    ['worst centre mean', figures.worstCentreMeanMinutes, standard.worstCentreMeanMinutes],
  ];
  const misses = checks.filter(([, value, limit]) => !(value <= limit)).map(([name]) => name);
  return reserve !== null && stintMinutes < standard.stintMinutes ? [...misses, 'stint'] : misses;
}

const Z95 = 1.959963984540054;

function estimate(all: Tally, days: readonly CityTally[], of: (tally: Tally) => number): Estimate {
  const value = of(all);
  const values = days.map((day) => of(day.all));
  if (values.length < 2) return { value, low: value, high: value };
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
  const half = Z95 * Math.sqrt(variance / values.length);
  return { value, low: value - half, high: value + half };
}

function range(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
