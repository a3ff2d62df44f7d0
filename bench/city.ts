import { readFileSync } from 'node:fs';
import type { NodeFigures } from '../contract/platform.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, figure, percentile, timed } from './bench.ts';
import { type Seat, sitDown, visitAt } from './city-load.ts';
import { CITY_CENTRES, CITY_VISITS, DAY_HOURS, makeCity, NOON, PEAK_VISITS_A_SECOND } from './city-network.ts';
import { openLeanClient } from './lean-client.ts';
import { type Program, serviceNumbers, startProgram } from './program.ts';

const TIMES_PEAK = 10;
const PEAK_SECONDS = 60;
const START_MS_MAX = 3_000;

/** The whole city through HTTP: ten times its busiest half hour, then a whole day as fast as it goes, then a start. */
export const benchCity: Bench = async ({ quick, folder, say }) => {
  await makeCity(folder, 1);
  const args = ['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0'];
  let node = await startProgram(args);
  let dayMs = 0;
  let calls: number[] = [];
  let megabytes = 0;
  const visits = quick ? 4_000 : CITY_VISITS;
  try {
    const seats = await seatsOf(node);
    calls = await peak(seats, quick ? 5 : PEAK_SECONDS);
    say(`peak: ${calls.length} calls, p99 ${percentile(calls, 0.99).toFixed(1)} ms`);
    dayMs = await timed(() => wholeDay(seats, visits - calls.length));
    megabytes = residentMegabytes(node.pid);
    say(`a day of ${visits} visits in ${(dayMs / 1_000).toFixed(0)} s, ${megabytes.toFixed(0)} MB`);
    for (const { client } of seats) client.close();
  } finally {
    await node.stop();
  }
  const servesMs = await timed(async () => {
    node = await startProgram(args);
    await readyAt(node.url);
  });
  const loadedMs = servesMs + (await timed(() => loadedAt(node.url)));
  await node.stop();
  const dayShare = (visits - calls.length) / CITY_VISITS;
  return [
    figure(`p99 of a call at ${TIMES_PEAK} times the peak`, 'ms', [percentile(calls, 0.99)], { atMost: 50 }),
    figure('p50 of a call', 'ms', [percentile(calls, 0.5)]),
    figure('a whole day against real time', 'ratio', [(DAY_HOURS * 3_600_000 * dayShare) / dayMs], { atLeast: 100 }),
    figure('memory of the node after it', 'MB', [megabytes], { atMost: 700 }),
    figure('a start until the node serves', 'ms', [servesMs], { atMost: START_MS_MAX }),
    figure('a start until all open days are in memory', 'ms', [loadedMs], { atMost: START_MS_MAX }),
  ];
};

async function seatsOf({ url }: Program): Promise<Seat[]> {
  const seats = await Promise.all(
    serviceNumbers(CITY_CENTRES).map(async (centreId) => ({
      centreId,
      windowId: 1,
      client: await openLeanClient(url),
    })),
  );
  await Promise.all(seats.map(sitDown));
  return seats;
}

/** Visits at ten times the pace of the city's busiest half hour, evenly over the centres. */
async function peak(seats: readonly Seat[], seconds: number): Promise<number[]> {
  const calls: number[] = [];
  const everyMs = 1_000 / (PEAK_VISITS_A_SECOND * TIMES_PEAK);
  const total = Math.floor((seconds * 1_000) / everyMs);
  const began = performance.now();
  const running: Promise<unknown>[] = [];
  for (let turn = 0; turn < total; turn += 1) {
    const wait = began + turn * everyMs - performance.now();
    if (wait > 0) await pause(wait);
    running.push(visitAt(seats[turn % seats.length] as Seat, turn).then((took) => calls.push(took)));
  }
  await Promise.all(running);
  return calls;
}

async function wholeDay(seats: readonly Seat[], visits: number): Promise<void> {
  let left = visits;
  await Promise.all(
    seats.map(async (seat) => {
      for (; left > 0;) {
        left -= 1;
        await visitAt(seat, left);
      }
    }),
  );
}

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}

async function loadedAt(url: string): Promise<void> {
  for (;;) {
    const { days } = (await (await fetch(`${url}/api/node`)).json()) as NodeFigures;
    if (days >= CITY_CENTRES) return;
    await pause(10);
  }
}

async function readyAt(url: string): Promise<void> {
  while (!(await fetch(`${url}/readyz`)).ok) await pause(10);
}
