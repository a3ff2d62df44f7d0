import { Logger, makeWorkerUtils, run, type RunnerOptions } from 'graphile-worker';
import pg from 'pg';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { type Bench, figure, timed } from './bench.ts';
import { CENTRES } from './queue-load.ts';
import { oneVisit, seatedBook } from './seated-book.ts';

const ROUNDS = 5;
const IN_FLIGHT = 16;

/**
 * A visit from the ticket to the finish (take, call, start, finish: four durable commands and five events) against the
 * life of a job of graphile-worker (added, taken, completed) on the same database, 16 in flight on both sides. The job
 * runner as it comes works on one job at a time; tuned, on 16 with a local queue and completions in batches.
 */
export const benchCycle: Bench = async ({ quick, folder, say }) => {
  const database = await openDatabase({ folder });
  const pool = new pg.Pool({ ...database.connection, max: IN_FLIGHT + 4 });
  // A connection that breaks while idle is replaced by the pool.
  pool.on('error', () => undefined);
  const rounds = quick ? 2 : ROUNDS;
  const count = quick ? 300 : 3_000;
  const samples = { visits: [] as number[], plain: [] as number[], tuned: [] as number[] };
  let centres = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const next = Array.from({ length: CENTRES }, () => (centres += 1));
      samples.visits.push(await visitsPerSecond(database, next, count));
      samples.plain.push(await jobsPerSecond(pool, Math.ceil(count / 3), {}));
      samples.tuned.push(await jobsPerSecond(pool, count, TUNED));
      const last = (values: readonly number[]) => values.at(-1)?.toFixed(0);
      say(
        `round ${round + 1}: ${last(samples.visits)} visits/s, jobs ${last(samples.plain)}/s as they come, ` +
          `${last(samples.tuned)}/s tuned`,
      );
    }
  } finally {
    await pool.end();
    await database.close();
  }
  const against = (jobs: readonly number[]) => samples.visits.map((value, index) => value / (jobs[index] as number));
  return [
    figure('visits from ticket to finish', 'visits/s', samples.visits),
    figure('jobs of graphile-worker as it comes', 'jobs/s', samples.plain),
    figure('jobs of graphile-worker tuned', 'jobs/s', samples.tuned),
    figure('visits against jobs as they come', 'ratio', against(samples.plain), { atLeast: 3 }),
    figure('visits against jobs tuned', 'ratio', against(samples.tuned)),
  ];
};

const TUNED: Partial<RunnerOptions> = {
  concurrency: IN_FLIGHT,
  preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 5, failJobBatchDelay: 5 } },
};

async function visitsPerSecond(database: Database, centres: readonly number[], visits: number): Promise<number> {
  const book = await seatedBook(database, centres, 1);
  let begun = 0;
  const worker = async (seat: number) => {
    for (; begun < visits;) {
      begun += 1;
      await oneVisit(book, centres[seat % centres.length] as number);
    }
  };
  const elapsed = await timed(() => Promise.all(Array.from({ length: IN_FLIGHT }, (_, seat) => worker(seat))));
  await book.close();
  return (visits / elapsed) * 1_000;
}

async function jobsPerSecond(pool: pg.Pool, jobs: number, options: Partial<RunnerOptions>): Promise<number> {
  const utils = await makeWorkerUtils({ pgPool: pool, logger: QUIET });
  await utils.migrate();
  let done = 0;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const taskList = {
    visit: () => {
      done += 1;
      if (done === jobs) finish();
    },
  };
  const runner = await run({ pgPool: pool, taskList, logger: QUIET, noHandleSignals: true, ...options });
  let added = 0;
  const adder = async () => {
    for (; added < jobs;) {
      added += 1;
      await utils.addJob('visit', { visit: added });
    }
  };
  const elapsed = await timed(async () => {
    await Promise.all(Array.from({ length: IN_FLIGHT }, adder));
    await finished;
  });
  await runner.stop();
  await utils.release();
  return (jobs / elapsed) * 1_000;
}

const QUIET = new Logger(() => () => undefined);
