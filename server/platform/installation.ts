import type pg from 'pg';
import { refuse } from '../../core/problems.ts';
import type { ClockKind } from './clock.ts';

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
export async function markInstallation(pool: pg.Pool, wanted: ClockKind): Promise<Installation> {
  await pool.query(`insert into installation (clock_kind, home) values ($1, 'city') on conflict do nothing`, [wanted]);
  const { rows } = await pool.query<{ clock_kind: ClockKind; home: string }>(
    'select clock_kind, home from installation',
  );
  const [{ clock_kind: clockKind, home }] = rows as [{ clock_kind: ClockKind; home: string }];
  if (clockKind !== wanted) return refuse('clock-kind-differs', { kind: clockKind, wanted });
  return { clockKind, home };
}
