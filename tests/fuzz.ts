import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildScreens } from '../scripts/build-screens.ts';
import { type Settings, startNode } from '../server/main.ts';
import { createKey } from '../server/modules/people/index.ts';
import { importNetwork, isNetworkEmpty } from '../server/modules/network/index.ts';
import { fuzzCentres, FUZZ_NOON, serveEverywhere, settle } from './support/fuzz/city.ts';
import { fuzz, openKnown, shownFinding } from './support/fuzz/fuzz.ts';

/**
 * `npm run fuzz -- --requests 200000 [--seed N]`: asks every route of a node of its own whatever a caller can send. Ends with 1 where an answer was
 * an error of the server, where one did not come, or where a hall does not serve any more.
 * Ctrl-C ends it early, with what was found until then.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'at-once': { type: 'string', default: '8' },
  },
});
const [requests, seed, atOnce] = [Number(values.requests), Number(values.seed), Number(values['at-once'])];
const KEYS = 20;
const folder = await mkdtemp(join(tmpdir(), 'okno-fuzz-'));
await buildScreens((line) => console.log(line));
const common = {
  place: { folder },
  host: '127.0.0.1',
  port: 0,
  clock: 'replay' as const,
  shownAt: () => FUZZ_NOON,
  masterKey: Buffer.alloc(32, 7),
  log: { info: () => undefined, error: (message, error) => console.error(message, error) },
} satisfies Partial<Settings>;
const node = await startNode({
  ...common,
  prepare: async (database) => {
    if (await database.read((tx) => isNetworkEmpty(tx))) await importNetwork(database, fuzzCentres());
  },
});
// Behind doors it is programs with keys that ask: what they do is written under their names.
const behindDoors = await startNode({ ...common, requireKeys: true });
const keys = await Promise.all(
  Array.from({ length: KEYS }, (_, key) =>
    createKey(node.database, { name: `fuzz-${key}`, role: 'administrator', centreId: null }),
  ),
);
const signed = (index: number) =>
  index % 4 === 0
    ? { url: behindDoors.url, headers: { authorization: `Bearer ${keys[(index / 4) % KEYS]}` } }
    : { url: node.url, headers: {} };
let failed = true;
let isOver = false;
let closing: Promise<void> | null = null;
const closeDoors = () => (closing ??= behindDoors.close());
process.once('SIGINT', () => (isOver = true));
try {
  const known = openKnown();
  await settle(node, known);
  console.log(`seed ${seed}: ${requests} requests to ${node.routes.length} routes`);
  const run = await fuzz(node, known, {
    seed,
    signed,
    get requests() {
      return isOver ? 0 : requests;
    },
    atOnce,
    told: (done) => done % 2_000 === 0 && tellMemory(done),
  });
  const statuses = [...run.statuses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([status, count]) => `${status}: ${count}`);
  console.log(`answers by status: ${statuses.join(', ')}`);
  console.log(`never passed: ${run.unpassed.length === 0 ? 'none' : run.unpassed.join('; ')}`);
  for (const found of run.findings.slice(0, 50)) console.log(shownFinding(seed, found));
  // From here on one clock is stepped; a node with another would keep its halls in the day before.
  await closeDoors();
  const served = await serveEverywhere(node);
  console.log(
    `${run.requests} requests, ${run.findings.length} findings; ${served} of ${fuzzCentres().length} halls serve`,
  );
  failed = run.findings.length > 0 || served < fuzzCentres().length;
} finally {
  await closeDoors();
  await node.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function tellMemory(done: number): void {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);
  console.log(`${done} requests: ${megabytes(rss)} MB in all, ${megabytes(heapUsed)} MB of objects`);
}
