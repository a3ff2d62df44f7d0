import type { Database } from '../database.ts';
import type { Read } from '../handles.ts';
import { dropOldBackups, writeBackup } from './write-backup.ts';

/** When and where backups are taken. */
export interface BackupPlan {
  readonly folder: string;
  readonly everyHours: number;
  readonly keep: number;
}

const LOCK = 0x6f6b6e62;

/** Takes a backup when the newest is old enough; of several nodes one does. Throws when it fails, and keeps why. */
export async function backupWhenDue(
  database: Pick<Database, 'pool'>,
  plan: BackupPlan,
  program: string,
): Promise<string | null> {
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [LOCK]);
    if (rows[0]?.free !== true) return null;
    try {
      const due = await client.query(
        `select 1 where not exists (select from backup_run where fault is null and ended_at > clock_timestamp() - make_interval(hours => $1))`,
        [plan.everyHours],
      );
      return due.rowCount === 0 ? null : await takeBackup(database, plan, program);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    client.release();
  }
}

/** Takes a backup now, keeps a note of it, and removes those that are too many. */
export async function takeBackup(
  { pool }: Pick<Database, 'pool'>,
  { folder, keep }: Omit<BackupPlan, 'everyHours'>,
  program: string,
): Promise<string> {
  const began = await pool.query<{ run_id: string }>(
    'insert into backup_run (began_at, path) values (clock_timestamp(), $1) returning run_id',
    [folder],
  );
  const end = (path: string, fault: string | null) =>
    pool.query('update backup_run set ended_at = clock_timestamp(), path = $2, fault = $3 where run_id = $1', [
      began.rows[0]?.run_id,
      path,
      fault,
    ]);
  try {
    const path = await writeBackup(pool, folder, program);
    await end(path, null);
    await dropOldBackups(folder, keep);
    return path;
  } catch (error) {
    await end(folder, (error as { code?: string }).code ?? (error as Error).name).catch(() => undefined);
    throw error;
  }
}

/** When the newest backup was finished, in milliseconds; null when there is none. */
export async function newestBackup(tx: Read): Promise<number | null> {
  const { rows } = await tx.query<{ at: number | null }>(
    'select (extract(epoch from max(ended_at)) * 1000)::float8 as at from backup_run where fault is null',
  );
  return rows[0]?.at ?? null;
}
