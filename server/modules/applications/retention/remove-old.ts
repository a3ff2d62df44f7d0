import { APPLICATION_STATES, isOver } from '../../../../core/applications/life.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { PROGRAM, audit } from '../../../platform/audit.ts';
import type { Db, Write } from '../../../platform/handles.ts';
import * as queries from './queries.ts';

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
export async function countTooOld(db: Db, keep: Keep): Promise<TooOld> {
  return {
    scans: await db.read((tx) => queries.countScans(tx, OVER, keep.scansSince)),
    applications: await db.read((tx) => queries.countApplications(tx, OVER, keep.applicationsSince)),
    persons: await db.read((tx) => queries.countPersons(tx, OVER, keep.applicationsSince)),
  };
}

/**
 * Removes what is too old, some hundreds in a transaction: scans, what applications say of people, then people of whom nothing is left.
 * What was done, and when, stays. The files of the scans are marked as removed, and have yet to leave the file store (`clearRemoved` of
 * files). Run again it removes nothing.
 */
export async function removeTooOld(db: Db, keep: Keep): Promise<TooOld> {
  const scans = await inBatches(db, 'scans-removed', (tx) => queries.removeScans(tx, OVER, keep.scansSince, AT_ONCE));
  const applications = await inBatches(db, 'applications-emptied', (tx) =>
    queries.emptyApplications(tx, OVER, keep.applicationsSince, AT_ONCE),
  );
  const persons = await inBatches(db, 'persons-forgotten', (tx) =>
    queries.forgetPersons(tx, OVER, keep.applicationsSince, AT_ONCE),
  );
  return { scans, applications, persons };
}

async function inBatches(db: Db, action: string, work: (tx: Write) => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = AT_ONCE; count === AT_ONCE; total += count) {
    count = await db.write(async (tx) => {
      const done = await work(tx);
      if (done > 0) await audit(tx, PROGRAM, { action, object: 'retention', details: { count: done } });
      return done;
    });
  }
  return total;
}
