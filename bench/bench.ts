import { percentile } from '../core/figures/percentile.ts';

export { percentile };

/** A figure of a benchmark: the median of its rounds, with the smallest and the largest. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** What it should be, such as `>= 2.3`; null for a figure that only explains the others. */
  readonly goal: string | null;
  /** Whether the goal is met; null without a goal. */
  readonly met: boolean | null;
}

export interface BenchSetting {
  /** A few short rounds: to see that it runs, not to publish. */
  readonly quick: boolean;
  /** What a benchmark that draws by chance draws from; another one draws otherwise. Its own where it is left out. */
  readonly seed?: number;
  /** A folder of its own that is removed afterwards. */
  readonly folder: string;
  /** A file of questions, for the search of services. */
  readonly queriesFile?: string;
  say(line: string): void;
}

/** Measures something against a baseline in the same run. */
export type Bench = (setting: BenchSetting) => Promise<Figure[]>;

/** How a figure is judged: `atLeast` or `atMost` a number. */
export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function figure(name: string, unit: string, samples: readonly number[], goal: Goal | null = null): Figure {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = median(sorted);
  const met = goal === null ? null : value >= (goal.atLeast ?? -Infinity) && value <= (goal.atMost ?? Infinity);
  return {
    name,
    unit,
    value,
    min: sorted[0] as number,
    max: sorted.at(-1) as number,
    goal: goal && inWords(goal),
    met,
  };
}

function inWords({ atLeast, atMost }: Goal): string {
  return atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`;
}

export function mean(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
