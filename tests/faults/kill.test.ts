import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../../bench/program.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { DAY, testCentre, wants } from '../support/test-node.ts';

const CENTRES = [1, 2, 3, 4];
const CLIENTS = 16;
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

/** Visitors who take tickets and, when they do not hear an answer, ask again with the same command. */
function crowd(url: () => string) {
  const acknowledged = new Map<string, string>();
  let going = true;
  const visitor = async (index: number) => {
    while (going) {
      const commandId = randomUUID();
      const centreId = CENTRES[index % CENTRES.length];
      for (let attempt = 0; attempt < 400 && going; attempt += 1) {
        const answer = await fetch(`${url()}/api/centres/${centreId}/days/${DAY}/visits`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ commandId, ...wants('passports') }),
          signal: AbortSignal.timeout(5_000),
        }).then(
          async (response) => (response.status === 200 ? ((await response.json()) as { number: string }) : null),
          () => null,
        );
        if (answer !== null) {
          acknowledged.set(commandId, answer.number);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const visitors = Array.from({ length: CLIENTS }, (_, index) => visitor(index));
  return {
    acknowledged,
    leave: async () => {
      going = false;
      await Promise.all(visitors);
    },
  };
}

async function expectAllThereOnce(acknowledged: ReadonlyMap<string, string>): Promise<void> {
  const database = await openDatabase({ folder });
  const { rows } = await database.pool.query<{ id: string; number: string; times: number }>(
    `select command_id::text as id, max(body->>'number') as number, count(*)::int as times from queue_event where kind = 'visit-taken' group by 1`,
  );
  const { rows: doubles } = await database.pool.query(
    `select centre_id, body->>'number' from queue_event where kind = 'visit-taken' group by 1, 2 having count(*) > 1`,
  );
  const { rows: gaps } = await database.pool.query(
    'select centre_id from queue_event group by centre_id having max(seq) <> count(*)',
  );
  await database.close();
  const written = new Map(rows.map((row) => [row.id, row]));
  expect(doubles).toEqual([]);
  expect(gaps).toEqual([]);
  for (const [commandId, number] of acknowledged)
    expect(written.get(commandId)).toEqual({ id: commandId, number, times: 1 });
}

/** Waits until so many more have been served than before: the system works again. */
const servedAgain = (acknowledged: ReadonlyMap<string, string>) => {
  const before = acknowledged.size;
  return expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 100 }).toBeGreaterThan(before + 50);
};

test('kill −9 of the node under load: what was acknowledged is there, once', async () => {
  let program = await start();
  const { acknowledged, leave } = crowd(() => program.url);
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
  await expectAllThereOnce(acknowledged);
});

test('kill −9 of the database under load: the node brings it back and nothing is lost', async () => {
  const program = await start();
  const { acknowledged, leave } = crowd(() => program.url);
  try {
    for (let round = 0; round < 3; round += 1) {
      await servedAgain(acknowledged);
      process.kill(Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    }
    await servedAgain(acknowledged);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
  } finally {
    await leave();
    await program.stop();
  }
  await expectAllThereOnce(acknowledged);
});
