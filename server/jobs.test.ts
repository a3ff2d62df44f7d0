import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, TEN } from '../tests/support/test-node.ts';
import { type Job, jobsOf, type OtherWork, runJobs } from './jobs.ts';
import { type Database, openDatabase } from './platform/database.ts';

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = await openDatabase({ url: clone.url });
});
afterAll(async () => {
  await database.close();
  await drop();
});

const nothing = async () => undefined;
const work: OtherWork = {
  offer: nothing,
  backup: nothing,
  places: nothing,
  settleBookings: nothing,
  settleCases: nothing,
  markPersons: nothing,
  forgetOldCases: nothing,
  keepPersonsDays: 30,
};
const EVERY_MS = 20;

/** All jobs of a node, often; one of them does what it must not, and of the others it is counted how often they are done. */
async function runWith(faulty: number, fault: Job['run']) {
  const done = new Map<string, number>();
  const logged: string[] = [];
  const jobs = jobsOf(database, () => TEN, work).map((job, index): Job => {
    const run = async () => {
      await job.run();
      done.set(job.name, (done.get(job.name) ?? 0) + 1);
    };
    return { ...job, everyMs: EVERY_MS, run: index === faulty ? fault : run };
  });
  const others = jobs.filter((_, index) => index !== faulty).map(({ name }) => name);
  const stop = await runJobs(jobs, (message) => void logged.push(message), EVERY_MS);
  const least = () => Math.min(...others.map((name) => done.get(name) ?? 0));
  await expect.poll(least, { timeout: 60_000 }).toBeGreaterThan(1);
  stop();
  return { name: jobs[faulty]?.name ?? '', logged };
}

const places = Array.from(jobsOf({} as Database, () => TEN, work).keys());
const nameAt = (place: number) => jobsOf({} as Database, () => TEN, work)[place]?.name;

test.each(places.map((place) => [nameAt(place), place] as const))(
  '“%s” that throws, now or later, stops no other job',
  async (_, place) => {
    const thrown = () => {
      throw new Error('on purpose');
    };
    for (const fault of [thrown, async () => thrown()]) {
      const { name, logged } = await runWith(place, fault);
      expect(new Set(logged.filter((line) => line.endsWith('failed')))).toEqual(new Set([`the job “${name}” failed`]));
    }
  },
);

test.each(places.map((place) => [nameAt(place), place] as const))(
  '“%s” that hangs stops neither the start nor any other job, and is not begun twice',
  async (_, place) => {
    let begun = 0;
    const { name, logged } = await runWith(place, () => {
      begun += 1;
      return new Promise(() => undefined);
    });
    expect(begun).toBe(1);
    expect(logged).toContain(`the job “${name}” is still under way; it is not begun again`);
    expect(logged.filter((line) => line.endsWith('failed'))).toEqual([]);
  },
);
