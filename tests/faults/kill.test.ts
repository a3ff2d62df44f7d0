import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../../bench/program.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { crowd, expectAllThereOnce, servedAgain } from '../support/crowd.ts';
import { DAY, testCentre } from '../support/test-node.ts';

const CENTRES = [1, 2, 3, 4];
const NOON = `${DAY}T12:00:00+03:00`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-kill-'));
  await chmod(folder, 0o755);
  const database = await openDatabase({ folder });
  await importNetwork(
    database,
    CENTRES.map((centreId) => testCentre(centreId)),
  );
  await database.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (): Promise<Program> =>
  startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);

const everythingThere = async (acknowledged: ReadonlyMap<string, string>) => {
  const database = await openDatabase({ folder });
  await expectAllThereOnce(database, CENTRES, acknowledged);
  await database.close();
};

const killDatabase = () =>
  process.kill(Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');

test('kill −9 of the node under load: what was acknowledged is there, once', async () => {
  let program = await start();
  const { acknowledged, leave } = crowd(() => program.url, CENTRES);
  try {
    for (let round = 0; round < 3; round += 1) {
      await servedAgain(acknowledged);
      await program.kill();
      program = await start();
    }
    await servedAgain(acknowledged);
  } finally {
    await leave();
    await program.stop();
  }
  await everythingThere(acknowledged);
});

test('kill −9 of the database under load: the node brings it back and nothing is lost', async () => {
  const program = await start();
  const { acknowledged, leave } = crowd(() => program.url, CENTRES);
  try {
    for (let round = 0; round < 3; round += 1) {
      await servedAgain(acknowledged);
      killDatabase();
    }
    await servedAgain(acknowledged);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
  } finally {
    await leave();
    await program.stop();
  }
  await everythingThere(acknowledged);
});

test('processes of the database that hang do not hang the halls', async () => {
  const program = await start();
  const { acknowledged, leave } = crowd(() => program.url, CENTRES);
  const database = await openDatabase({ folder });
  const hung: number[] = [];
  try {
    await servedAgain(acknowledged);
    const writing = `select pid, state from pg_stat_activity where query like '%queue_append%' and pid <> pg_backend_pid()`;
    const states = async () =>
      new Map(
        (await database.pool.query<{ pid: number; state: string }>(writing)).rows.map((row) => [row.pid, row.state]),
      );
    for (const pid of (await states()).keys()) {
      // Only while it has nothing in hand: one that froze amid a commit would hold up the whole server.
      for (let idle = false; !idle; idle = (await states()).get(pid) === 'idle') {
        process.kill(pid, 'SIGCONT');
        await new Promise((resolve) => setTimeout(resolve, 3));
        process.kill(pid, 'SIGSTOP');
      }
      hung.push(pid);
    }
    expect(hung.length).toBeGreaterThan(0);
    await servedAgain(acknowledged);
  } finally {
    for (const pid of hung) process.kill(pid, 'SIGCONT');
    await leave();
    await database.close();
    await program.stop();
  }
  await everythingThere(acknowledged);
});

// By hand: OKNO_KILL_MINUTES=5 npx vitest run --project programs kill
test('kill −9 in turn of node and database, for as long as is asked', { timeout: 3_600_000 }, async () => {
  const until = performance.now() + Number(process.env['OKNO_KILL_MINUTES'] ?? '0.2') * 60_000;
  let program = await start();
  const { acknowledged, leave } = crowd(() => program.url, CENTRES);
  let kills = 0;
  try {
    while (performance.now() < until || kills < 2) {
      await servedAgain(acknowledged);
      kills += 1;
      if (kills % 2 === 0) {
        killDatabase();
      } else {
        await program.kill();
        program = await start();
      }
    }
    await servedAgain(acknowledged);
  } finally {
    await leave();
    await program.stop();
  }
  await everythingThere(acknowledged);
});
