import { addDays, businessDayAt, type CivilDate, type TimeZone } from '../core/time/civil.ts';
import type { Instant } from '../core/time/instant.ts';
import { ensureMonths, forgetPersons } from './modules/queue/index.ts';
import { sweepAttempts, sweepSessions } from './modules/people/index.ts';
import { sweepLooks } from './modules/persons/index.ts';
import { sweepJobs } from './modules/printing/index.ts';
import { sealAudit } from './platform/audit-seal.ts';
import type { Database } from './platform/database.ts';
import { guarded, isolated, type LogFault, repeated } from './platform/isolated.ts';

/** Something that has to be done again and again. Every node does it; doing it twice is doing it once. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** True for long work, which a start does not wait for: it is done when its time has passed once. */
  readonly notAtStart?: true;
  run(): Promise<unknown>;
}

const HOUR_MS = 3_600_000;
/** What takes more than the database and the clock. */
export interface OtherWork {
  /** Gives centres the services that are in force today. */
  offer(): Promise<unknown>;
  /** Takes a backup when one is due; null where none are taken. */
  readonly backup: (() => Promise<unknown>) | null;
  /** Writes what days offer to those who book. */
  places(): Promise<unknown>;
  /** Notes what became of bookings, and forgets how to reach those whose day was before a date. */
  settleBookings(forgetBefore: CivilDate): Promise<unknown>;
  /** Ends what has waited too long: results, stops, drafts. */
  settleCases(): Promise<unknown>;
  /** Gives persons that were written down by an earlier version the marks by which they are found today. */
  markPersons(): Promise<unknown>;
  /** Removes what is kept of applications longer than it may be. */
  forgetOldCases(): Promise<unknown>;
  /** Days for which visitors and their contacts are kept. */
  readonly keepPersonsDays: number;
}

/** Every job of a node. */
export function jobsOf(
  db: Database,
  now: () => Instant,
  { offer, backup, places, settleBookings, settleCases, markPersons, forgetOldCases, keepPersonsDays }: OtherWork,
): readonly Job[] {
  const day = () => businessDayAt(now(), 'UTC' as TimeZone);
  return [
    { name: 'the months to come', everyMs: HOUR_MS, run: () => db.write((tx) => ensureMonths(tx, day())) },
    {
      name: 'forgetting who came',
      everyMs: HOUR_MS,
      run: () => db.write((tx) => forgetPersons(tx, addDays(day(), -keepPersonsDays))),
    },
    { name: 'places to book', everyMs: HOUR_MS, run: places },
    {
      name: 'what became of bookings',
      everyMs: HOUR_MS,
      run: () => settleBookings(addDays(day(), -keepPersonsDays)),
    },
    { name: 'applications that have waited', everyMs: HOUR_MS / 4, run: settleCases },
    { name: 'marks of persons', everyMs: HOUR_MS, notAtStart: true, run: markPersons },
    { name: 'applications kept long enough', everyMs: 6 * HOUR_MS, notAtStart: true, run: forgetOldCases },
    { name: 'the seal of the log of actions', everyMs: HOUR_MS, run: () => sealAudit(db) },
    { name: 'sessions that are over', everyMs: HOUR_MS, run: () => db.write((tx) => sweepSessions(tx)) },
    {
      name: 'looks at personal data of more than a year ago',
      everyMs: HOUR_MS,
      run: () => db.write((tx) => sweepLooks(tx)),
    },
    { name: 'attempts that say nothing any more', everyMs: HOUR_MS, run: () => db.write((tx) => sweepAttempts(tx)) },
    { name: 'print jobs of days past', everyMs: HOUR_MS, run: () => db.write((tx) => sweepJobs(tx)) },
    { name: 'services in force today', everyMs: HOUR_MS / 4, run: offer },
    ...(backup === null ? [] : [{ name: 'a backup', everyMs: HOUR_MS / 4, run: backup }]),
  ];
}

/** Does every job now and then in its time; gives the way to stop. */
export function startJobs(database: Database, now: () => Instant, work: OtherWork, log: LogFault): Promise<() => void> {
  return runJobs(jobsOf(database, now, work), log, START_WITHIN_MS);
}

/** A job that takes longer at the start goes on by itself: nobody's doors wait for it. */
const START_WITHIN_MS = 15_000;

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
