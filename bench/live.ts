import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, figure, percentile, timed } from './bench.ts';
import { openBoards } from './boards.ts';
import { type Seat, sitDown, visitAt } from './city-load.ts';
import { CITY_CENTRES, makeCity, NOON } from './city-network.ts';
import { openLeanClient } from './lean-client.ts';
import { serviceNumbers, startProgram } from './program.ts';

const ROUNDS = 5;
const BOARDS = 4_000;
const EVENTS_A_VISIT = 5;
const EVENTS_A_SECOND = 200;

/**
 * Four thousand boards on one node: how soon they show a ticket at 200 events a second (ten to twenty times the city's
 * peak), and what they cost the commands of a node that is driven at the same pace without them, and as fast as it goes.
 */
export const benchLive: Bench = async ({ quick, folder, say }) => {
  await makeCity(folder, 1);
  const node = await startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);
  const count = quick ? 400 : BOARDS;
  const samples = {
    off: [] as number[],
    on: [] as number[],
    each: [] as number[],
    cost: [] as number[],
    p50: [] as number[],
    p99: [] as number[],
  };
  try {
    const seats = await Promise.all(
      serviceNumbers(CITY_CENTRES).map(async (centreId) => {
        return { centreId, windowId: 1, client: await openLeanClient(node.url) };
      }),
    );
    await Promise.all(seats.map(sitDown));
    const visits = quick ? 400 : 2_500;
    await asFastAsItGoes(seats, visits);
    for (let round = 0; round < (quick ? 1 : ROUNDS); round += 1) {
      const off = await asFastAsItGoes(seats, visits);
      const one = await openBoards(node.url, CITY_CENTRES, CITY_CENTRES);
      const each = await asFastAsItGoes(seats, visits);
      await one.close();
      const boards = await openBoards(node.url, count, CITY_CENTRES);
      const on = await asFastAsItGoes(seats, visits);
      // What the full speed has left behind is told first.
      await pause(1_000);
      boards.look();
      await atPace(seats, quick ? 2 : 8, boards.asked);
      const delays = await boards.close();
      samples.off.push(off);
      samples.on.push(on);
      samples.each.push(1 - each / off);
      samples.cost.push(1 - on / off);
      samples.p50.push(percentile(delays, 0.5));
      samples.p99.push(percentile(delays, 0.99));
      say(
        `round ${round + 1}: ${off.toFixed(0)} commands/s without boards, ${on.toFixed(0)} with, ` +
          `a ticket on ${delays.length} boards, p99 ${percentile(delays, 0.99).toFixed(1)} ms`,
      );
      await pause(500);
    }
    for (const { client } of seats) client.close();
  } finally {
    await node.stop();
  }
  return [
    figure('boards', 'clients', [count]),
    figure('commands without boards, as fast as it goes', 'commands/s', samples.off),
    figure('commands with all boards, as fast as it goes', 'commands/s', samples.on),
    figure('what a board in each centre costs at full speed', 'share', samples.each, { atMost: 0.1 }),
    figure('what all boards cost at full speed', 'share', samples.cost, { atMost: 0.1 }),
    figure('request to board at 200 events a second, p50', 'ms', samples.p50),
    figure('request to board at 200 events a second, p99', 'ms', samples.p99, { atMost: 100 }),
  ];
};

async function asFastAsItGoes(seats: readonly Seat[], visits: number): Promise<number> {
  let left = visits;
  const elapsed = await timed(() =>
    Promise.all(
      seats.slice(0, 32).map(async (seat) => {
        for (; left > 0;) {
          left -= 1;
          await visitAt(seat, left);
        }
      }),
    ),
  );
  return (visits * 4 * 1_000) / elapsed;
}

async function atPace(seats: readonly Seat[], seconds: number, asked: (visitId: string) => void): Promise<void> {
  const everyMs = (1_000 * EVENTS_A_VISIT) / EVENTS_A_SECOND;
  const began = performance.now();
  const running: Promise<unknown>[] = [];
  for (let turn = 0; turn * everyMs < seconds * 1_000; turn += 1) {
    const wait = began + turn * everyMs - performance.now();
    if (wait > 0) await pause(wait);
    running.push(visitAt(seats[turn % seats.length] as Seat, turn, asked));
  }
  await Promise.all(running);
  await pause(300);
}
