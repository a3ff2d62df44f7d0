import { expect, test } from 'vitest';
import { type Job, runJobs } from './jobs.ts';

const EVERY_MS = 20;
const NAMES = ['places to book', 'a backup', 'sessions that are over', 'applications that have waited'];
const FIRST_AND_LAST = [0, NAMES.length - 1];

/** Several jobs, often; one of them does what it must not, and of the others it is counted how often they are done. */
async function runWith(faulty: number, fault: Job['run']) {
  const done = new Map<string, number>();
  const logged: string[] = [];
  const jobs = NAMES.map((name, index): Job => {
    const run = async () => void done.set(name, (done.get(name) ?? 0) + 1);
    return { name, everyMs: EVERY_MS, run: index === faulty ? fault : run };
  });
  const others = jobs.filter((_, index) => index !== faulty).map(({ name }) => name);
  const stop = await runJobs(jobs, (message) => void logged.push(message), EVERY_MS);
  const least = () => Math.min(...others.map((name) => done.get(name) ?? 0));
  await expect.poll(least, { timeout: 60_000 }).toBeGreaterThan(1);
  stop();
  return { name: jobs[faulty]?.name ?? '', logged };
}

test.each(FIRST_AND_LAST.map((place) => [NAMES[place], place] as const))(
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

test.each(FIRST_AND_LAST.map((place) => [NAMES[place], place] as const))(
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
