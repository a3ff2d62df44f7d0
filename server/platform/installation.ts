import { randomBytes } from 'node:crypto';
import { refuse } from '../../core/problems.ts';
import type { ClockKind } from './clock.ts';
import type { Db } from './handles.ts';

/** What this database is, once and for all. */
export interface Installation {
  readonly clockKind: ClockKind;
  /** The name of this database as the home of its days. */
  readonly home: string;
}

/**
 * Marks a new database with the kind of its clock. Throws clock-kind-differs when it has another mark:
 * demo data never become real ones, nor the other way round.
 */
export async function markInstallation(db: Db, wanted: ClockKind): Promise<Installation> {
  const { rows } = await db.write(async (tx) => {
    await tx.query(`insert into installation (clock_kind, home) values ($1, 'city') on conflict do nothing`, [wanted]);
    return tx.query<{ clock_kind: ClockKind; home: string }>('select clock_kind, home from installation');
  });
  const [{ clock_kind: clockKind, home }] = rows as [{ clock_kind: ClockKind; home: string }];
  if (clockKind !== wanted) return refuse('clock-kind-differs', { kind: clockKind, wanted });
  return { clockKind, home };
}

/** Which kind of clock a database was marked with; null for one that was not. */
export async function installationKind(db: Db): Promise<ClockKind | null> {
  const { rows } = await db.read((tx) => tx.query<{ clock_kind: ClockKind }>('select clock_kind from installation'));
  return rows[0]?.clock_kind ?? null;
}

const KEY_BYTES = 32;

/** A secret of this installation, made when it is first asked for; the same on every node. */
export async function installationKey(db: Db, name: string): Promise<Buffer> {
  const { rows } = await db.write(async (tx) => {
    const made = [name, randomBytes(KEY_BYTES)];
    await tx.query('insert into installation_key (name, value) values ($1, $2) on conflict do nothing', made);
    return tx.query<{ value: Buffer }>('select value from installation_key where name = $1', [name]);
  });
  return (rows as [{ value: Buffer }])[0].value;
}
