import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, figure, percentile } from './bench.ts';
import { NOON } from './city-network.ts';
import { startProgram } from './program.ts';

const SIGN_INS = 300;
const LOOK_EVERY_MS = 10;
/** A quiet time before the flood: the baseline of the same run. */
const QUIET_MS = 2_000;

/** Hundreds of people sign in at the same moment, each from another address: how long a health check and a file wait meanwhile. */
export const benchSignIns: Bench = async ({ quick, folder }) => {
  const config = `${folder}.toml`;
  await writeFile(config, 'behind_proxy = ["127.0.0.1/32"]\nrequire_keys = true\n');
  const node = await startProgram([
    'serve',
    '--config',
    config,
    '--clock',
    'demo',
    '--shown-at',
    NOON,
    '--data',
    folder,
    '--port',
    '0',
  ]);
  try {
    const asset = await firstAsset(node.url);
    const quiet = await lookWhile(node.url, asset, pause(QUIET_MS));
    const answers = new Map<number, number>();
    const flood = Promise.all(
      Array.from({ length: quick ? 30 : SIGN_INS }, async (_, index) => {
        const { status } = await fetch(`${node.url}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.18.${index % 250}.${index % 7}` },
          body: JSON.stringify({ login: `nobody-${index}`, password: `a long password ${index}` }),
        });
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }),
    );
    const full = await lookWhile(node.url, asset, flood);
    const known = [...answers.keys()].filter((status) => status === 401 || status === 403 || status === 429);
    const refused = known.reduce((sum, status) => sum + (answers.get(status) ?? 0), 0);
    return [
      figure('a health check, p99, before the flood', 'ms', [percentile(quiet.health, 0.99)]),
      figure('a health check, p99, during the flood', 'ms', [percentile(full.health, 0.99)], { atMost: 100 }),
      figure('a file of a screen, p99, before the flood', 'ms', [percentile(quiet.file, 0.99)]),
      figure('a file of a screen, p99, during the flood', 'ms', [percentile(full.file, 0.99)], { atMost: 300 }),
      figure('sign-ins whose password was checked', '', [answers.get(401) ?? answers.get(403) ?? 0]),
      figure('sign-ins that were answered', '', [refused], { atLeast: quick ? 30 : SIGN_INS }),
    ];
  } finally {
    await node.stop();
    await rm(config);
  }
};

/** Asks for the health and for a file, one after the other, until something is over: how long each took, in milliseconds, the shortest first. */
async function lookWhile(url: string, asset: string, work: Promise<unknown>) {
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  const taken = { health: [] as number[], file: [] as number[] };
  while (!isOver) {
    taken.health.push(await millisecondsOf(`${url}/healthz`));
    taken.file.push(await millisecondsOf(`${url}${asset}`));
    await pause(LOOK_EVERY_MS);
  }
  await over;
  return { health: taken.health.sort((a, b) => a - b), file: taken.file.sort((a, b) => a - b) };
}

async function millisecondsOf(url: string): Promise<number> {
  const begun = performance.now();
  const reply = await fetch(url);
  await reply.arrayBuffer();
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`);
  return performance.now() - begun;
}

/** The first script that the sign-in page names. */
async function firstAsset(url: string): Promise<string> {
  const page = await (await fetch(`${url}/sign-in`)).text();
  const found = /\/assets\/[\w.-]+\.js/.exec(page)?.[0];
  if (found === undefined) throw new Error('the sign-in page names no script: build the screens first (npm run build)');
  return found;
}
