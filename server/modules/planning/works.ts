import * as highsModule from 'highs';
import { type DayOutlook, type OutlookInput, outlookOf } from '../../../core/planning/outlook.ts';
import { type Roster, rosterModel, type RosterProblem } from '../../../core/planning/roster.ts';
import type { WeekRoster } from '../../../core/planning/week.ts';
import { peopleModel, shiftsModel, type Values } from '../../../core/planning/week-models.ts';

import { FROZEN_CITY } from '../../../core/rehearsal/frozen-city.ts';
import { CITY_POLICIES } from '../../../core/rehearsal/policies.ts';
import type { Staff } from '../../../core/rehearsal/staff.ts';
import { type CityTally, prepare, rehearseCityDay } from '../../../core/rehearsal/rehearse-city.ts';

import {
  type OutlookReport,
  type OutlookToRehearse,
  rehearseOutlook,
} from '../../../core/rehearsal/rehearse-outlook.ts';
import type { WeekProblem } from '../../../core/planning/week-problem.ts';

type Tell = (done: number) => void;

/** Nobody waits longer for shifts of a day, or for the two steps of a week; what is found by then is taken. */
const SOLVE_SECONDS_MAX = 60;
const WEEK_SECONDS_MAX = { shifts: 8, people: 20 };
const ROSTER_GAP = 1e-4;
const WEEK_GAP = 5e-3;

/** The package is an ES module whose types say that it is not one. */
const loadHighs = highsModule.default as unknown as (typeof highsModule.default)['default'];

interface Solved {
  readonly objective: number;
  readonly value: Values;
}

/** Days of the frozen city under one policy. */
export interface CityDays {
  readonly policyId: string;
  readonly seed: number;
  readonly days: readonly number[];
  /** Null: as many people as are wanted, who know everything. */
  readonly staff: Staff | null;
}

/** Calculations that can run in a thread. */
export const works = {
  /** Each day as it came out; what comes back has the figures of a tally without its methods. */
  city: async ({ policyId, seed, days, staff }: CityDays, tell: Tell): Promise<CityTally[]> => {
    const policy = CITY_POLICIES.find((one) => one.policyId === policyId);
    if (policy === undefined) throw new Error(`there is no policy “${policyId}”`);
    const prepared = prepare(FROZEN_CITY, policy, staff);
    return days.map((day, index) => {
      const tally = rehearseCityDay(prepared, seed, day);
      tell((index + 1) / days.length);
      return tally;
    });
  },

  /** What is expected of a day. */
  outlook: async (input: OutlookInput): Promise<DayOutlook> => outlookOf(input),

  /** An expected day, with the windows under consideration. */
  rehearse: async (input: OutlookToRehearse, tell: Tell): Promise<OutlookReport> => rehearseOutlook(input, tell),

  /** The cheapest shifts for each problem: the need is met, to a gap of 1e-4. */
  rosters: async (problems: readonly RosterProblem[], tell: Tell): Promise<Roster[]> => {
    const solve = await solver();
    return problems.map((problem, index) => {
      const { objective: lowerBound } = solve(rosterModel(problem, false), ROSTER_GAP);
      const { value } = solve(rosterModel(problem, true), ROSTER_GAP);
      const counts = problem.shifts.map((_, shift) => Math.round(value(`x${shift}`)));
      const cost = counts.reduce((sum, count, shift) => sum + count * (problem.shifts[shift]?.cost ?? 0), 0);
      tell((index + 1) / problems.length);
      return { cost, lowerBound, counts };
    });
  },

  /** A week of people: first which shifts, then who works them. */
  week: async (problem: WeekProblem, tell: Tell): Promise<WeekRoster> => {
    const solve = await solver();
    const first = shiftsModel(problem);
    const shifts = first.read(solve(first.model, WEEK_GAP, WEEK_SECONDS_MAX.shifts).value);
    tell(0.5);
    const second = peopleModel(problem, shifts);
    return second.read(solve(second.model, WEEK_GAP, WEEK_SECONDS_MAX.people).value);
  },
} satisfies Readonly<Record<string, (input: never, tell: Tell) => Promise<unknown>>>;

export type Works = typeof works;
export type WorkName = keyof Works;

/** HiGHS (docs/adr/0013), on models in the LP format. Throws an Error for a model without a solution. */
async function solver(): Promise<(model: string, gap: number, seconds?: number) => Solved> {
  const highs = await loadHighs();
  return (model, gap, seconds = SOLVE_SECONDS_MAX) => {
    const solution = highs.solve(model, { mip_rel_gap: gap, time_limit: seconds });
    // Where nobody is needed there is nothing to decide: that is solved, too.
    if (!['Optimal', 'Time limit reached', 'Empty'].includes(solution.Status)) {
      throw new Error(`there is no solution: ${solution.Status}`);
    }
    const columns = solution.Columns as Readonly<Record<string, { readonly Primal?: number } | undefined>>;
    return { objective: solution.ObjectiveValue, value: (name) => columns[name]?.Primal ?? 0 };
  };
}
