import { copyFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { bookersOf, type Recovery, steadily, visitorsOf } from './visitors.ts';

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
/** Requests go to the nodes by turns: after a few, each has done everything. */
const WARM_TURNS = 4;
/** A machine carries a load when, with no fault about, requests are answered at once. */
const CARRIED = { windowMs: 10_000, p99Max: 1_000, lessEachTime: 0.6, timesPeakMin: 0.3 };

/**
 * A week of faults in minutes: a city at three times its peak on two nodes, with bookings, applications and boards, while a seeded nemesis kills
 * nodes and the database, fills its disk, breaks and stalls lines, moves clocks, sends hostile requests and restarts with the next version.
 * What was acknowledged is there at the end, once; days verify; each hall serves within seconds after each fault.
 *
 * Before the first fault the load goes down until this machine carries it: else its want of speed would pass for what faults do.
 */
export const benchChaos: Bench = async ({ quick, folder, say, seed = 1 }) => {
  const draw = random(seed);
  const centres = serviceNumbers(CITY_CENTRES);
  const city = await openCity(folder);
  say(
    `seed ${seed}${city.isDiskOwn ? '' : '; without a disk of its own, which only root can mount: the disk stays as it is'}`,
  );
  const giveUp = () => void city.close().finally(() => process.exit(SIGNALLED));
  for (const signal of ENDS) process.once(signal, giveUp);
  try {
    for (const node of city.nodes) await city.start(node);
    const acknowledged = nothingAcknowledged();
    const asking = openAsking(city.urls);
    const visitors = visitorsOf(asking, acknowledged, centres);
    await visitors.sitDown();
    const applicants = await applicantsOf(asking, city, acknowledged);
    const bookers = bookersOf(asking, acknowledged, centres, random(seed + 1));
    const boards = serviceNumbers(BOARDS).map((centreId) => openBoard(city.urls, centreId));
    await warmUp([bookers.book, applicants.apply, () => visitors.probe()]);
    const pace = { timesPeak: TIMES_PEAK };
    let until = Number.POSITIVE_INFINITY;
    const isOver = () => performance.now() >= until;
    const every = (ms: number) => () => (ms * TIMES_PEAK) / pace.timesPeak;
    const load = Promise.all([
      steadily(every(1_000 / (PEAK_VISITS_A_SECOND * TIMES_PEAK)), isOver, visitors.come),
      steadily(every(BOOKINGS_EVERY_MS), isOver, bookers.book),
      steadily(every(APPLICATIONS_EVERY_MS), isOver, applicants.apply),
    ]);
    const calm = await settleDown(asking.seen, pace, say);
    const quiet = await visitors.probe();
    say(`no fault: every hall serves after ${slowest(quiet).toFixed(0)} ms`);
    const before = new Map(asking.seen.tries);
    const answeredBefore = asking.seen.answeredMs.length;
    until = performance.now() + (quick ? QUICK_MINUTES : MINUTES) * 60_000;
    const attacks: string[] = [];
    const loads: number[] = [];
    const recoveries = await troubles({
      city,
      draw,
      isOver,
      say,
      folder,
      until,
      probe: () => visitors.probe(),
      attacks,
      centres,
      loads,
    });
    await load;
    await allNodesUp(city);
    const { dead } = await visitors.probe();
    const found = await losses(city, acknowledged, centres, boards);
    for (const board of boards) board.close();
    for (const [sentence, times] of [...city.errors()].toSorted(([, a], [, b]) => b - a).slice(0, SENTENCES))
      say(`in the logs, ${times} times: ${sentence}`);
    const faults = [...attacks, ...asking.seen.faults, ...found.said];
    for (const line of faults) say(line);
    if (faults.length > 0) say(`the log of the nodes is kept as ${keptLog(folder)}`);
    return [
      figure('load, against the peak of the city', 'x', [pace.timesPeak], { atLeast: TIMES_PEAK }),
      figure('runnable on the machine at a fault, other programs included', 'a processor', loads),
      figure('visits that came', '/s', [PEAK_VISITS_A_SECOND * pace.timesPeak]),
      figure('without a fault: from the first try to the answer, p99', 'ms', [calm]),
      figure('without a fault: every hall serves after, slowest', 'ms', [slowest(quiet)]),
      ...acknowledgedFigures(acknowledged),
      figure('acknowledged and lost', '', [found.lost], NONE),
      figure('doubled', '', [found.doubled], NONE),
      figure('days that do not verify', '', [found.dayFaults], NONE),
      figure('boards that show another hall', '', [found.boardsBehind], NONE),
      figure('halls dead at the end', '', [dead.length], NONE),
      figure('nodes that ended by themselves', '', [sumOf(city.nodes.map(({ ended }) => ended))], NONE),
      figure('answers of 5xx other than “try again”', '', [asking.seen.faults.length + attacks.length], NONE),
      ...answerFigures(asking.seen, before, answeredBefore),
      ...recoveryFigures(recoveries),
    ];
  } finally {
    for (const signal of ENDS) process.off(signal, giveUp);
    await city.close();
  }
};

/** Nodes, the database and its disk do not outlive a run that is broken off. */
const ENDS = ['SIGINT', 'SIGTERM'] as const;
const SIGNALLED = 130;

const NONE = { atMost: 0 };
const SENTENCES = 15;
/** The folder of a benchmark is removed; what explains its faults is not. */
function keptLog(folder: string): string {
  const kept = join(tmpdir(), `okno-chaos-${process.pid}.log`);
  copyFileSync(join(folder, 'nodes.log'), kept);
  return kept;
}

/** How many threads want to run for each processor: above 1 the machine itself keeps halls waiting. */
const machineLoad = () => (loadavg()[0] ?? Number.NaN) / availableParallelism();
const slowest = ({ servedMs, dead }: Recovery) => (dead.length > 0 ? Number.POSITIVE_INFINITY : Math.max(...servedMs));

/** Everything is done once at each node before anybody looks at a watch: a cold node reads the halls and the whole ledger of places first. */
async function warmUp(works: readonly ((turn: number) => Promise<unknown>)[]): Promise<void> {
  for (let turn = 0; turn < WARM_TURNS; turn += 1) for (const work of works) await work(turn);
}

/** Lessens the load until the machine carries it; gives the p99 of the last stretch. */
async function settleDown(
  { answeredMs }: Seen,
  pace: { timesPeak: number },
  say: (line: string) => void,
): Promise<number> {
  for (;;) {
    // What an earlier pace has left to do is not this one's.
    await pause(CARRIED.windowMs);
    const from = answeredMs.length;
    await pause(CARRIED.windowMs);
    const p99 = percentile(answeredMs.slice(from), 0.99);
    say(`no fault, ${pace.timesPeak.toFixed(2)} times the peak: p99 ${p99.toFixed(0)} ms`);
    if (p99 <= CARRIED.p99Max || pace.timesPeak <= CARRIED.timesPeakMin) return p99;
    pace.timesPeak = Math.max(CARRIED.timesPeakMin, pace.timesPeak * CARRIED.lessEachTime);
  }
}

interface Trouble {
  readonly city: City;
  readonly draw: Random;
  readonly isOver: () => boolean;
  readonly say: (line: string) => void;
  readonly folder: string;
  readonly until: number;
  readonly probe: () => Promise<Recovery>;
  readonly attacks: string[];
  /** The load of the machine at each fault. */
  readonly loads: number[];
  readonly centres: readonly number[];
}

/** One fault after another in an order that the seed draws, hostile bursts between them, and the next version at half time. */
async function troubles({ city, draw, isOver, say, folder, until, probe, attacks, centres, loads }: Trouble) {
  const recoveries = new Map<string, Recovery[]>();
  const next = nextVersion(folder);
  const halfTime = performance.now() + (until - performance.now()) / 2;
  let isNext = false;
  const after = async (name: string) => {
    const recovery = await probe();
    const [half, most, all] = [
      percentile(recovery.servedMs, 0.5),
      percentile(recovery.servedMs, 0.95),
      slowest(recovery),
    ];
    say(
      `${name}: half of the halls serve after ${half.toFixed(0)} ms, 95 % after ${most.toFixed(0)} ms, all after ${all.toFixed(0)} ms; ` +
        `${machineLoad().toFixed(1)} threads want each processor`,
    );
    loads.push(machineLoad());
    for (const centreId of recovery.dead) say(`${name}: hall ${centreId} gives no ticket within a minute`);
    recoveries.set(name, [...(recoveries.get(name) ?? []), recovery]);
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

const START_MS_MAX = 150_000;

async function allNodesUp(city: City): Promise<void> {
  const began = performance.now();
  while (city.urls().length < city.nodes.length) {
    if (performance.now() - began > START_MS_MAX) throw new Error('a node does not come back');
    await pause(100);
  }
}

function acknowledgedFigures({ tickets, finished, bookings, applications }: Acknowledged): Figure[] {
  return [
    figure('acknowledged: tickets', '', [tickets.size]),
    figure('acknowledged: visits to their end', '', [finished.size]),
    figure('acknowledged: bookings', '', [bookings.size]),
    figure('acknowledged: applications', '', [applications.size]),
  ];
}

/** What clients were answered since the first fault: how late, and what turned them away. */
function answerFigures(
  { answeredMs, tries, unanswered }: Seen,
  before: ReadonlyMap<string, number>,
  answeredBefore: number,
): Figure[] {
  const since = [...tries].map(([what, count]) => [what, count - (before.get(what) ?? 0)] as const);
  const all = since.reduce((sum, [, count]) => sum + count, 0);
  const away = since.filter(([what, count]) => !/^2\d\d$/.test(what) && count > 0).toSorted(([, a], [, b]) => b - a);
  const late = answeredMs.slice(answeredBefore);
  return [
    figure('requests that nobody answered within a minute', '', [unanswered], NONE),
    figure('from the first try to the answer, p50', 'ms', [percentile(late, 0.5)]),
    figure('from the first try to the answer, p99', 'ms', [percentile(late, 0.99)]),
    figure('tries', '', [all]),
    ...away.map(([what, count]) => figure(`tries that came to: ${what}`, '%', [(100 * count) / Math.max(1, all)])),
  ];
}

function recoveryFigures(recoveries: ReadonlyMap<string, readonly Recovery[]>): Figure[] {
  const late = [...recoveries.values()]
    .flat()
    .map(({ servedMs, dead }) => dead.length + servedMs.filter((ms) => ms > RECOVERY_MS_MAX).length);
  const halls = late.length * CITY_CENTRES;
  return [
    figure(`halls later than ${RECOVERY_MS_MAX / 1_000} s after a fault, of ${halls}`, '', [sumOf(late)], NONE),
    ...[...recoveries].map(([name, all]) =>
      figure(`every hall serves after: ${name} (${all.length} times), slowest`, 'ms', [Math.max(...all.map(slowest))], {
        atMost: RECOVERY_MS_MAX,
      }),
    ),
  ];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
