import { reportTable } from '../cli/rehearse/table.ts';
import { rehearsePolicies } from '../cli/rehearse/rehearse.ts';
import { FROZEN_CITY } from '../core/rehearsal/frozen-city.ts';
import { CITY_POLICIES } from '../core/rehearsal/policies.ts';
import type { PolicyReport } from '../core/rehearsal/report.ts';
import { type Bench, figure, type Goal } from './bench.ts';

const SEEDS = [2, 3, 4, 5, 6];
const DAYS = 20;

/** What each policy may cost, in paid window hours over the bare work. */
const GOALS: Readonly<Record<string, number>> = {
  okno: 1.055,
  'okno-short': 1.045,
  'okno-home': 1.05,
  'okno-short-home': 1.042,
};
const GOAL_WITH_OPENINGS = 1.07;
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
  const hoursOf = (policyId: string): PolicyReport => {
    const report = reports.find((one) => one.policyId === policyId);
    if (report === undefined) throw new Error(`${policyId} was not rehearsed`);
    return report;
  };
  /** A policy that fails a limit is worse than any number. */
  const judged = (name: string, { hours }: PolicyReport, value: number, goal: Goal | null) =>
    figure(hours === null ? `${name}: FAILS A LIMIT` : name, '×', [hours === null ? Infinity : value], goal);
  const okno = hoursOf('okno');
  const fifo = hoursOf('fifo-static');
  return [
    ...Object.entries(GOALS).map(([policyId, atMost]) => {
      const report = hoursOf(policyId);
      return judged(`hours over work, ${policyId}`, report, report.hoursAnyway.value, { atMost });
    }),
    judged('hours over work with 5 min an opening', hoursOf('okno-openings'), hoursOf('okno-openings').hoursWith5, {
      atMost: GOAL_WITH_OPENINGS,
    }),
    judged('okno over the static first-come plan', okno, okno.hoursAnyway.value / fifo.hoursAnyway.value, {
      atMost: GOAL_OVER_STATIC,
    }),
    judged(
      'hours over work, fitted to a mean of 2.7 min',
      hoursOf('okno-margin'),
      hoursOf('okno-margin').hoursAnyway.value,
      null,
    ),
  ];
};
