import { addDays, businessDayAt, type CivilDate, type TimeZone } from '../core/time/civil.ts';
import type { Instant } from '../core/time/instant.ts';
import { ensureMonths, forgetPersons } from './modules/queue/index.ts';
import { sweepAttempts, sweepSessions } from './modules/people/index.ts';
import { sweepLooks } from './modules/persons/index.ts';
import { sweepJobs } from './modules/printing/index.ts';
import { sealAudit } from './platform/audit-seal.ts';
import type { Database } from './platform/database.ts';
import { isolated, type LogFault, repeated } from './platform/isolated.ts';

/** Something that has to be done again and again. Every node does it; doing it twice is doing it once. */
interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** True for long work, which a start does not wait for: it is done when its time has passed once. */
  readonly notAtStart?: true;
  run(): Promise<unknown>;
}

const HOUR_MS = 3_600_000;
/** What takes more than the database and the clock. */
interface OtherWork {
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
  /** So many days it is known who came and how to reach him. */
  readonly keepPersonsDays: number;
}

/** Every job of a node. */
function jobsOf(
  { pool }: Database,
  now: () => Instant,
  { offer, backup, places, settleBookings, settleCases, markPersons, forgetOldCases, keepPersonsDays }: OtherWork,
): readonly Job[] {
  const day = () => businessDayAt(now(), 'UTC' as TimeZone);
  return [
    { name: 'the months to come', everyMs: HOUR_MS, run: () => ensureMonths(pool, day()) },
    {
      name: 'forgetting who came',
      everyMs: HOUR_MS,
      run: () => forgetPersons(pool, addDays(day(), -keepPersonsDays)),
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
    { name: 'the seal of the log of actions', everyMs: HOUR_MS, run: () => sealAudit(pool) },
    { name: 'sessions that are over', everyMs: HOUR_MS, run: () => sweepSessions(pool) },
    { name: 'looks at personal data of more than a year ago', everyMs: HOUR_MS, run: () => sweepLooks(pool) },
    { name: 'attempts that say nothing any more', everyMs: HOUR_MS, run: () => sweepAttempts(pool) },
    { name: 'print jobs of days past', everyMs: HOUR_MS, run: () => sweepJobs(pool) },
    { name: 'services in force today', everyMs: HOUR_MS / 4, run: offer },
    ...(backup === null ? [] : [{ name: 'a backup', everyMs: HOUR_MS / 4, run: backup }]),
  ];
}

/** Does every job now and then in its time; gives the way to stop. A job that failed is logged and done the next time. */
export async function startJobs(
  database: Database,
  now: () => Instant,
  work: OtherWork,
  log: LogFault,
): Promise<() => void> {
  const jobs = jobsOf(database, now, work);
  const failed = ({ name }: Job) => `the job “${name}” failed`;
  for (const job of jobs) if (job.notAtStart !== true) await isolated(log, failed(job), () => job.run());
  const stops = jobs.map((job) => repeated(job.everyMs, log, failed(job), () => job.run()));
  return () => {
    for (const stop of stops) stop();
  };
}
