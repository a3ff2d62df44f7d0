import type pg from 'pg';
import { APPLICATION_STATES, isOver } from '../../../../core/applications/life.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { PROGRAM, audit } from '../../../platform/audit.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import * as store from './store.ts';

/** Until when what is over is kept: what ended before goes. */
export interface Keep {
  readonly scansSince: Instant;
  readonly applicationsSince: Instant;
}

/** How many of each are too old. */
export interface TooOld {
  readonly scans: number;
  readonly applications: number;
  readonly persons: number;
}

const OVER = APPLICATION_STATES.filter(isOver);
const AT_ONCE = 500;

/** What would go, and nothing does. */
export async function countTooOld(pool: pg.Pool, keep: Keep): Promise<TooOld> {
  return {
    scans: await store.countScans(pool, OVER, keep.scansSince),
    applications: await store.countApplications(pool, OVER, keep.applicationsSince),
    persons: await store.countPersons(pool, OVER, keep.applicationsSince),
  };
}

/**
 * Removes what is too old, some hundreds in a transaction: scans, what applications say of people, then people of whom nothing is left.
 * What was done, and when, stays. The files of the scans are marked as removed, and have yet to leave the file store (`clearRemoved` of
 * files). Run again it removes nothing.
 */
export async function removeTooOld(pool: pg.Pool, keep: Keep): Promise<TooOld> {
  const scans = await inBatches(pool, 'scans-removed', (client) =>
    store.removeScans(client, OVER, keep.scansSince, AT_ONCE),
  );
  const applications = await inBatches(pool, 'applications-emptied', (client) =>
    store.emptyApplications(client, OVER, keep.applicationsSince, AT_ONCE),
  );
  const persons = await inBatches(pool, 'persons-forgotten', (client) =>
    store.forgetPersons(client, OVER, keep.applicationsSince, AT_ONCE),
  );
  return { scans, applications, persons };
}

async function inBatches(
  pool: pg.Pool,
  action: string,
  work: (client: pg.PoolClient) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (let count = AT_ONCE; count === AT_ONCE; total += count) {
    count = await inTransaction(pool, async (client) => {
      const done = await work(client);
      if (done > 0) await audit(client, PROGRAM, { action, object: 'retention', details: { count: done } });
      return done;
    });
  }
  return total;
}
