import { guarded, isolated, type LogFault, repeated } from './isolated.ts';

/** Work that every node repeats. Doing it twice has the effect of doing it once. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** True for long work that a start does not wait for: it runs when its interval has passed once. */
  readonly notAtStart?: true;
  run(): Promise<unknown>;
}

export const HOUR_MS = 3_600_000;

/** A job that takes longer at the start goes on by itself: nobody's doors wait for it. */
export const START_WITHIN_MS = 15_000;

/**
 * Does jobs at the start, one after another, and then each in its time. One that throws is logged and done the next time; one that
 * hangs is not begun a second time, and stops neither the start nor any other.
 */
export async function runJobs(jobs: readonly Job[], log: LogFault, startWithinMs: number): Promise<() => void> {
  const underWay = new Map<Job, Promise<unknown>>();
  const begin = (job: Job): Promise<unknown> => {
    const before = underWay.get(job);
    if (before !== undefined) {
      guarded(log)(`the job “${job.name}” is still under way; it is not begun again`);
      return before;
    }
    const run = Promise.resolve(isolated(log, `the job “${job.name}” failed`, () => job.run())).finally(() =>
      underWay.delete(job),
    );
    underWay.set(job, run);
    return run;
  };
  for (const job of jobs) if (job.notAtStart !== true) await Promise.race([begin(job), pause(startWithinMs)]);
  const stops = jobs.map((job) => repeated(job.everyMs, log, `the job “${job.name}” failed`, () => begin(job)));
  return () => {
    for (const stop of stops) stop();
  };
}

/** Keeps no program alive. */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());
