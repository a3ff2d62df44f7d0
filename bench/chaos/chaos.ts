import { setTimeout as pause } from 'node:timers/promises';
import { type Random, random } from '../../core/rehearsal/random.ts';
import { type Bench, type Figure, figure, percentile } from '../bench.ts';
import { CITY_CENTRES, PEAK_VISITS_A_SECOND } from '../city-network.ts';
import { serviceNumbers } from '../program.ts';
import { type Acknowledged, nothingAcknowledged } from './acknowledged.ts';
import { applicantsOf } from './applicants.ts';
import { openAsking, type Seen } from './asking.ts';
import { openBoard } from './boards.ts';
import { losses } from './check.ts';
import { type City, nextVersion, openCity } from './city.ts';
import { attack } from './hostile.ts';
import { FAULTS } from './nemesis.ts';
import { bookersOf, steadily, visitorsOf } from './visitors.ts';

const MINUTES = 10;
const QUICK_MINUTES = 1;
const TIMES_PEAK = 3;
const BOOKINGS_EVERY_MS = 1_000;
const APPLICATIONS_EVERY_MS = 2_000;
const BOARDS = 12;
const RECOVERY_MS_MAX = 5_000;
/** Between two faults, so that the next one meets a city that has come back. */
const CALM_MS = 6_000;
const HOSTILE_BURST = 160;

/**
 * A week of faults in minutes: a city at three times its peak on two nodes, with bookings, applications and boards, while a seeded nemesis kills
 * nodes and the database, fills its disk, breaks and stalls lines, moves clocks, sends hostile requests and restarts with the next version.
 * What was acknowledged is there at the end, once; days verify; each hall serves within seconds after each fault.
 */
export const benchChaos: Bench = async ({ quick, folder, say, seed = 1 }) => {
  const draw = random(seed);
  const centres = serviceNumbers(CITY_CENTRES);
  const city = await openCity(folder);
  say(
    `seed ${seed}${city.isDiskOwn ? '' : '; without a disk of its own, which only root can mount: the disk stays as it is'}`,
  );
  try {
    for (const node of city.nodes) await city.start(node);
    const acknowledged = nothingAcknowledged();
    const asking = openAsking(city.urls);
    const visitors = visitorsOf(asking, acknowledged, centres);
    await visitors.sitDown();
    const applicants = await applicantsOf(asking, city, acknowledged);
    const bookers = bookersOf(asking, acknowledged, centres, random(seed + 1));
    const boards = serviceNumbers(BOARDS).map((centreId) => openBoard(city.urls, centreId));
    const until = performance.now() + (quick ? QUICK_MINUTES : MINUTES) * 60_000;
    const isOver = () => performance.now() >= until;
    const load = Promise.all([
      steadily(1_000 / (PEAK_VISITS_A_SECOND * TIMES_PEAK), isOver, visitors.come),
      steadily(BOOKINGS_EVERY_MS, isOver, bookers.book),
      steadily(APPLICATIONS_EVERY_MS, isOver, applicants.apply),
    ]);
    const attacks: string[] = [];
    const recoveries = await troubles({
      city,
      draw,
      isOver,
      say,
      folder,
      until,
      probe: visitors.probe,
      attacks,
      centres,
    });
    await load;
    await allNodesUp(city);
    const dead = await visitors.probe().then(
      () => 0,
      () => 1,
    );
    await pause(2_000);
    const found = await losses(city, acknowledged, centres, boards);
    for (const board of boards) board.close();
    for (const line of [...attacks, ...asking.seen.faults, ...found.said]) say(line);
    return figuresOf(acknowledged, asking.seen, attacks, recoveries, { ...found, dead });
  } finally {
    await city.close();
  }
};

interface Trouble {
  readonly city: City;
  readonly draw: Random;
  readonly isOver: () => boolean;
  readonly say: (line: string) => void;
  readonly folder: string;
  readonly until: number;
  readonly probe: () => Promise<number>;
  readonly attacks: string[];
  readonly centres: readonly number[];
}

/** One fault after another in an order that the seed draws, hostile bursts between them, and the next version at half time. */
async function troubles({ city, draw, isOver, say, folder, until, probe, attacks, centres }: Trouble) {
  const recoveries = new Map<string, number[]>();
  const next = nextVersion(folder);
  const halfTime = performance.now() + (until - performance.now()) / 2;
  let isNext = false;
  const after = async (name: string) => {
    const ms = await probe().catch((error: unknown) => {
      say(`${name}: ${(error as Error).message}`);
      return Number.POSITIVE_INFINITY;
    });
    say(`${name}: every hall serves after ${ms.toFixed(0)} ms`);
    recoveries.set(name, [...(recoveries.get(name) ?? []), ms]);
  };
  let order: number[] = [];
  while (!isOver()) {
    if (!isNext && next !== null && performance.now() > halfTime) {
      isNext = true;
      await allNodesUp(city);
      for (const node of city.nodes) {
        const old = node.program;
        node.program = null;
        await old?.stop();
        node.tree = next;
        await city.start(node);
      }
      await after('both nodes restart as the next version');
      continue;
    }
    if (order.length === 0) order = FAULTS.map((_, index) => index).toSorted(() => draw() - 0.5);
    const fault = FAULTS[order.pop() as number] as (typeof FAULTS)[number];
    await allNodesUp(city);
    const node = city.nodes[draw() < 0.5 ? 0 : 1] as City['nodes'][number];
    await fault.happen(city, node, draw);
    await after(fault.name);
    const url = city.urls()[0];
    if (url !== undefined) attacks.push(...(await attack(url, centres, draw, HOSTILE_BURST)));
    await pause(CALM_MS);
  }
  return recoveries;
}

const START_MS_MAX = 60_000;

async function allNodesUp(city: City): Promise<void> {
  const began = performance.now();
  while (city.urls().length < city.nodes.length) {
    if (performance.now() - began > START_MS_MAX) throw new Error('a node does not come back');
    await pause(100);
  }
}

function figuresOf(
  acknowledged: Acknowledged,
  { answeredMs, tries, faults, unanswered }: Seen,
  attacks: readonly string[],
  recoveries: ReadonlyMap<string, readonly number[]>,
  found: {
    readonly lost: number;
    readonly doubled: number;
    readonly dayFaults: number;
    readonly boardsBehind: number;
    readonly dead: number;
  },
): Figure[] {
  const all = [...tries.values()].reduce((sum, count) => sum + count, 0);
  const again = (tries.get('503') ?? 0) + (tries.get('429') ?? 0) + (tries.get('no answer') ?? 0);
  const none = { atMost: 0 };
  return [
    figure('acknowledged: tickets', '', [acknowledged.tickets.size]),
    figure('acknowledged: visits to their end', '', [acknowledged.finished.size]),
    figure('acknowledged: bookings', '', [acknowledged.bookings.size]),
    figure('acknowledged: applications', '', [acknowledged.applications.size]),
    figure('acknowledged and lost', '', [found.lost], none),
    figure('doubled', '', [found.doubled], none),
    figure('days that do not verify', '', [found.dayFaults], none),
    figure('boards that show another hall', '', [found.boardsBehind], none),
    figure('halls dead at the end', '', [found.dead], none),
    figure('answers of 5xx other than “try again”', '', [faults.length + attacks.length], none),
    figure('requests that nobody answered within a minute', '', [unanswered], none),
    figure('tries that were told to try again, or got no answer', '%', [(100 * again) / Math.max(1, all)]),
    figure('from the first try to the answer, p50', 'ms', [percentile(answeredMs, 0.5)]),
    figure('from the first try to the answer, p99', 'ms', [percentile(answeredMs, 0.99)]),
    ...[...recoveries].map(([name, times]) =>
      figure(`every hall serves after: ${name} (${times.length} times), slowest`, 'ms', [Math.max(...times)], {
        atMost: RECOVERY_MS_MAX,
      }),
    ),
  ];
}
