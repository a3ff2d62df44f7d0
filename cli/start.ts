import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, root, startNode } from '../server/main.ts';
import { importNetwork, isNetworkEmpty } from '../server/modules/network/index.ts';
import { buildScreens } from '../scripts/build-screens.ts';
import {
  DEMO_DISTRICT,
  demoCentreId,
  demoMoment,
  demoMorning,
  demoNetwork,
  trainingHallId,
} from '../demo/city/network.ts';
import { furnishDemo, isFurnished } from '../demo/city/furnish.ts';
import { readOptions, UsageError } from './options.ts';
import { masterKeyFileOf, placeOf } from './places.ts';
import { progressBar } from './progress.ts';
import { portOf, serveUntilStopped } from './serve.ts';

/** How many times faster than life the robots play the morning before the demo begins. */
const MORNING_RATE = 220;

/** Builds what is missing, serves a demo city (or an empty real one) and prints where to look. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    { port: { type: 'string' }, data: { type: 'string' }, 'no-demo': { type: 'boolean', default: false } },
    0,
  );
  const demo = !values['no-demo'];
  const kind = demo ? 'demo' : 'real';
  await buildScreens((line) => console.log(line));
  const place = placeOf(kind, values.data);
  const start = () =>
    startNode({
      place,
      masterKeyFile: masterKeyFileOf(place),
      host: '127.0.0.1',
      port: portOf(values.port),
      clock: kind,
      ...(demo ? { shownAt: demoMorning, prepare: demoCity } : {}),
    });
  return serveUntilStopped(start, async (node) => {
    if (!demo) {
      console.log(`Okno serves at ${node.url} with the real clock. A new installation is set up with: okno init`);
      return () => undefined;
    }
    const robots = startRobots(node);
    process.on('exit', () => robots.kill('SIGTERM'));
    await playMorning(node);
    printLinks(node.url);
    return () => robots.kill('SIGTERM');
  });
}

const demoCity: NonNullable<Parameters<typeof startNode>[0]['prepare']> = async (database) => {
  if (await database.read((tx) => isNetworkEmpty(tx))) {
    console.log('Making a demo network of 129 open centres (once)…');
    await importNetwork(database, demoNetwork());
    console.log('Furnishing them with services, staff and screens (once)…');
    await furnishDemo(database);
  } else if (!(await isFurnished(database))) {
    throw new UsageError(
      'The first start of this demo was cut short, and a part of its city is missing. Delete its folder and start again, or choose another: --data FOLDER',
    );
  }
};

/** The robots are a program of their own: they know the API and nothing else. */
function startRobots(node: Node): ChildProcess {
  const main = [join(root, 'cli/main.ts'), join(root, 'cli/main.js')].find((file) => existsSync(file)) as string;
  const robots = spawn(process.execPath, [main, 'robots', '--url', node.url], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  robots.on('exit', (code) => {
    if (code !== 0 && code !== null) console.error('The robots have stopped; the screens go on working.');
  });
  return robots;
}

/** On the first start the robots play from the opening of the doors to the demo moment, quickly. */
async function playMorning(node: Node): Promise<void> {
  const from = node.now();
  const until = demoMoment(from);
  if (from >= until) return;
  console.log('The robots are playing this morning, 08:00 to 10:40 (once, about 45 s)…');
  const bar = progressBar(until - from);
  await node.runClockAt(MORNING_RATE);
  while (node.now() < until) {
    bar.show(node.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await node.runClockAt(1);
  bar.done();
}

function printLinks(url: string): void {
  const centreId = demoCentreId();
  console.log(`
Okno is running. A city of robots is being served; join it in «${DEMO_DISTRICT}»:

  Public site  ${url}/
  Start page   ${url}/start  (every working place, and a tour)
  Kiosk        ${url}/kiosk/${centreId}
  Board        ${url}/board/${centreId}
  Window       ${url}/window/${centreId}/1
  Hall         ${url}/hall/${centreId}
  Network      ${url}/network
  The promise  ${url}/promise
  Training     ${url}/kiosk/${trainingHallId()}  (a hall of your own: the start page has a tour)
  API          ${url}/openapi.json

Ctrl+C stops it; the next start goes on where this one stopped.`);
}
