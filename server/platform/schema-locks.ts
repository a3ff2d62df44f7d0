import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

export type Client = pg.Client | pg.PoolClient;

/**
 * How long a step waits for a lock; later sessions wait behind it, and a hall that writes tries again for two seconds.
 * Then it gives way, and tries again after a pause in which everybody goes on.
 */
const LOCK_MS_MAX = 100;
const PAUSE_MS = 400;
/** For so long it tries before it gives up: a backup of a whole city takes its time. */
const PATIENCE_MS = 15 * 60_000;
const TELL_EVERY_MS = 10_000;

/** How long a change of the schema tries to get its locks. */
export interface Patience {
  readonly patienceMs?: number;
  /** Told from time to time what it waits for. */
  readonly tell?: (line: string) => void;
}

/** Does the work in a transaction that never waits long for a lock, until it has come through. */
export function patiently(
  client: Client,
  options: Patience,
  file: string,
  work: () => Promise<unknown>,
): Promise<void> {
  return untilFree(client, options, file, async () => {
    await client.query('begin');
    try {
      await client.query(`set local lock_timeout = ${LOCK_MS_MAX}`);
      await work();
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  });
}

export const LOCK_NOT_AVAILABLE = '55P03';
/** Another session had the lock, or both waited for each other. */
const TAKEN = new Set([LOCK_NOT_AVAILABLE, '40P01']);

export async function untilFree(
  client: Client,
  { patienceMs = PATIENCE_MS, tell = () => undefined }: Patience,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  const began = performance.now();
  let told = began;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!TAKEN.has((error as { code?: string }).code ?? '')) throw error;
      const waited = performance.now() - began;
      if (waited > patienceMs) {
        throw new Error(
          `it could not have the locks it needs for ${Math.round(waited / 1000)} s. ${await inTheWay(client)} ` +
            'Nothing of this step was kept; try again when that is over.',
          { cause: error },
        );
      }
      if (performance.now() - told > TELL_EVERY_MS) {
        told = performance.now();
        tell(`The schema waits (${what}); everybody goes on meanwhile. ${await inTheWay(client)}`);
      }
      await pause(PAUSE_MS);
    }
  }
}

/** The transactions that have been open longest, in words: never what they ask, which may hold data of people. */
async function inTheWay(client: Client): Promise<string> {
  const { rows } = await client.query<{ pid: number; program: string; seconds: number }>(
    `select pid, coalesce(nullif(application_name, ''), 'a program without a name') as program,
       extract(epoch from clock_timestamp() - xact_start)::int as seconds
     from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
     order by xact_start limit 3`,
  );
  const listed = rows.map(({ pid, program, seconds }) => `${program} (process ${pid}, for ${seconds} s)`);
  return listed.length === 0 ? 'Nobody is in the way just now.' : `In the way may be: ${listed.join(', ')}.`;
}
