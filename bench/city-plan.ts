import { reportTable } from '../demo/simulation/table.ts';
import { rehearsePolicies } from '../demo/simulation/simulate-policies.ts';
import { FROZEN_CITY } from '../core/rehearsal/frozen-city.ts';
import { CITY_POLICIES } from '../core/rehearsal/policies.ts';
import type { PolicyReport } from '../core/rehearsal/report.ts';
import { type Bench, figure, type Goal } from './bench.ts';

const SEEDS = [2, 3, 4, 5, 6];
const DAYS = 20;

/** What each policy may cost beyond the bare work, in percent of it. */
const GOALS: Readonly<Record<string, number>> = {
  okno: 5.5,
  'okno-short': 4.5,
  'okno-home': 5,
  'okno-short-home': 4.2,
};
const GOAL_WITH_OPENINGS = 7;
const GOAL_OVER_STATIC = 0.7;

/**
 * The fewest window hours with which the frozen city keeps its standard, on seeds that nothing was fitted on. A policy that
 * misses a limit has no figure and is not counted. The baseline of the same run is the static plan for a first-come hall.
 */
export const benchCityPlan: Bench = async ({ quick, say }) => {
  const reports = await rehearsePolicies(CITY_POLICIES, quick ? [2] : SEEDS, quick ? 2 : DAYS, (line) =>
    say(line.trim()),
  );
  say(reportTable(FROZEN_CITY, reports));
  const reportOf = (policyId: string): PolicyReport => {
    const report = reports.find((one) => one.policyId === policyId);
    if (report === undefined) throw new Error(`${policyId} was not rehearsed`);
    return report;
  };
  /** Percent beyond the bare work, with the range over seeds; a policy that fails a limit is worse than any number. */
  const beyondWork = (name: string, policyId: string, openingMinutes: number, goal: Goal | null) => {
    const { hours, hoursAnyway, hoursWith5, hoursBySeed } = reportOf(policyId);
    if (hours === null) return figure(`${name}: FAILS A LIMIT`, '%', [Infinity], goal);
    const openings = openingMinutes === 0 ? 0 : hoursWith5 - hoursAnyway.value;
    const [low, high] = hoursBySeed;
    return figure(
      name,
      '%',
      [low, hoursAnyway.value, high].map((value) => 100 * (value + openings - 1)),
      goal,
    );
  };
  return [
    ...Object.entries(GOALS).map(([policyId, atMost]) =>
      beyondWork(`paid hours beyond the bare work: ${policyId}`, policyId, 0, { atMost }),
    ),
    beyondWork('with 5 minutes paid for each opening', 'okno-openings', 5, { atMost: GOAL_WITH_OPENINGS }),
    beyondWork('fitted to a mean of 2.7 minutes', 'okno-margin', 0, null),
    beyondWork('static plan, first come', 'fifo-static', 0, null),
    figure(
      'okno over the static first-come plan',
      '×',
      [reportOf('okno').hoursAnyway.value / reportOf('fifo-static').hoursAnyway.value],
      { atMost: GOAL_OVER_STATIC },
    ),
  ];
};
