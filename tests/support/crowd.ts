import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { verifyDay } from '../../server/modules/queue/index.ts';
import type { Database } from '../../server/platform/database.ts';
import { DAY, wants } from './test-node.ts';

const CLIENTS = 16;
/** No answer at all. */
const SILENCE = 0;

interface Taken {
  readonly number: string;
  readonly token: string;
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
}

/** Visitors who take tickets and, when they do not hear an answer, ask again with the same command. */
export function crowd(url: () => string, centres: readonly number[], clients = CLIENTS) {
  const acknowledged = new Map<string, string>();
  const refused: number[] = [];
  let going = true;
  const visitor = async (index: number) => {
    while (going) {
      const commandId = randomUUID();
      const centreId = centres[index % centres.length];
      for (let attempt = 0; attempt < 400 && going; attempt += 1) {
        const path = `${url()}/api/centres/${centreId}/days/${DAY}/visits`;
        const answer = await post(path, { commandId, ...wants('passports') }).then(
          async (response) => (response.status < 300 ? ((await response.json()) as Taken) : response.status),
          () => SILENCE,
        );
        if (typeof answer === 'number') refused.push(answer);
        else {
          acknowledged.set(commandId, answer.number);
          // Goes away again, so that numbers do not run out; whether that is heard does not matter.
          await post(`${url()}/api/own-visit/actions/leave`, { token: answer.token, commandId: randomUUID() }).catch(
            () => null,
          );
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const visitors = Array.from({ length: clients }, (_, index) => visitor(index));
  return {
    acknowledged,
    /** The statuses of answers that gave no ticket; 0 for none. */
    refused,
    leave: async () => {
      going = false;
      await Promise.all(visitors);
    },
  };
}

/** What was acknowledged is in the log, once, and every day agrees with itself. */
export async function expectAllThereOnce(
  db: Database,
  centres: readonly number[],
  acknowledged: ReadonlyMap<string, string>,
): Promise<void> {
  const { rows } = await db.pool.query<{ id: string; number: string; times: number }>(
    `select command_id::text as id, max(body->>'number') as number, count(*)::int as times from queue_event where kind = 'visit-taken' group by 1`,
  );
  const written = new Map(rows.map((row) => [row.id, row]));
  for (const [commandId, number] of acknowledged)
    expect(written.get(commandId)).toEqual({ id: commandId, number, times: 1 });
  for (const centreId of centres) {
    expect((await db.read((tx) => verifyDay(tx, { centreId, day: DAY }, null))).faults).toEqual([]);
  }
}

/**
 * Waits until so many more have been served than before: the system works again. Patient, because a killed database first
 * brings its whole folder to the disk, and the disk may be busy with other tests.
 */
export const servedAgain = (acknowledged: ReadonlyMap<string, string>) => {
  const before = acknowledged.size;
  return expect.poll(() => acknowledged.size, { timeout: 240_000, interval: 100 }).toBeGreaterThan(before + 50);
};
