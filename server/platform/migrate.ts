import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type MigrationPart, migrationParts } from './migration-file.ts';
import type { Read } from './handles.ts';

type Client = pg.Client | pg.PoolClient;

const FOLDER = join(import.meta.dirname, '../migrations');
const LOCK = 0x6f6b6e6f; // any number of ours
/**
 * How long a step waits for a lock; later sessions wait behind it, and a hall that writes tries again for two seconds.
 * Then it gives way, and tries again after a pause in which everybody goes on.
 */
const LOCK_MS_MAX = 100;
const PAUSE_MS = 400;
const BATCH_PAUSE_MS = 20;
/** For so long it tries before it gives up: a backup of a whole city takes its time. */
const PATIENCE_MS = 15 * 60_000;
const TELL_EVERY_MS = 10_000;

/** How a database is brought up to date, where it is not the usual way. */
export interface MigrateOptions {
  readonly folder?: string;
  /** The last step that is wanted, for a database that is brought back as it was. */
  readonly upTo?: string;
  readonly patienceMs?: number;
  /** Told from time to time what it waits for. */
  readonly tell?: (line: string) => void;
}

/**
 * Brings the schema up to date: each numbered file once, in order, each in its own transaction; a file that begins with
 * “-- by statements” statement by statement, going on where it was interrupted. Never holds up those who work meanwhile: a lock that
 * is not free at once is asked for again later. Throws when a file that already ran has changed since, when the database is newer
 * than this program, or when a lock was not free for a quarter of an hour; the steps before stay.
 */
export async function migrate(client: Client, options: MigrateOptions = {}): Promise<string[]> {
  const { folder = FOLDER, upTo } = options;
  await untilFree(client, options, 'another program that changes the schema', () => oneAtATime(client));
  try {
    await prepare(client);
    const done = new Map<string, string>();
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration');
    for (const { name, hash } of rows) done.set(name, hash);
    const files = knownMigrations(folder).filter((file) => upTo === undefined || file <= upTo);
    const unknown = [...done.keys()].filter((name) => !files.includes(name));
    if (unknown.length > 0) {
      throw new Error(`The database is newer than this program: it has ${unknown.join(', ')}. Start a newer Okno.`);
    }
    const applied: string[] = [];
    for (const file of files) {
      const sql = readFileSync(join(folder, file), 'utf8');
      const hash = hashOf(sql);
      if (done.get(file) === hash) continue;
      if (done.has(file))
        throw new Error(
          `Migration ${file} has changed after it was applied. Migrations are never edited: add a new one.`,
        );
      await apply(client, options, file, sql);
      applied.push(file);
    }
    return applied;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/** The migrations that this program has, in order. */
export function knownMigrations(folder = FOLDER): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

/** Which migrations a database lacks, and which it has that this program does not know. Reads only. */
export async function migrationState(tx: Read): Promise<{ pending: string[]; unknown: string[] }> {
  const { rows } = await tx.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  const done =
    rows[0]?.there === true ? (await tx.query<{ name: string }>('select name from migration order by name')).rows : [];
  const names = done.map(({ name }) => name);
  return {
    pending: knownMigrations().filter((name) => !names.includes(name)),
    unknown: names.filter((name) => !knownMigrations().includes(name)),
  };
}

/**
 * Asked for again and again instead of waited for: a session that waits for a lock holds a snapshot of the database, and an index
 * that is made during the running work waits for all such snapshots. Two nodes that start together would wait for each other.
 */
async function oneAtATime(client: Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [LOCK]);
  if (rows[0]?.free !== true) throw Object.assign(new Error('taken'), { code: LOCK_NOT_AVAILABLE });
}

async function prepare(client: Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('migration_part') is not null as there`);
  if (rows[0]?.there === true) return;
  await client.query(
    `create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now());
     create table if not exists migration_part (name text, part integer, hash text not null, primary key (name, part))`,
  );
}

async function apply(client: Client, options: MigrateOptions, file: string, sql: string): Promise<void> {
  const keep = async () => {
    await client.query('insert into migration (name, hash) values ($1, $2)', [file, hashOf(sql)]);
    await client.query('delete from migration_part where name = $1', [file]);
  };
  try {
    const parts = migrationParts(sql);
    if (parts === null) {
      await patiently(client, options, file, async () => {
        await client.query(sql);
        await keep();
      });
      return;
    }
    for (const [index, part] of parts.entries()) await applyPart(client, options, file, part, index + 1);
    await patiently(client, options, file, keep);
  } catch (error) {
    throw new Error(`Migration ${file} failed: ${(error as Error).message}`, { cause: error });
  }
}

async function applyPart(
  client: Client,
  options: MigrateOptions,
  file: string,
  { sql, way }: MigrationPart,
  part: number,
): Promise<void> {
  const hash = hashOf(sql);
  const done = await client.query<{ hash: string }>('select hash from migration_part where name = $1 and part = $2', [
    file,
    part,
  ]);
  if (done.rows[0]?.hash === hash) return;
  if (done.rowCount !== 0) throw new Error(`statement ${part} has changed after it was carried out`);
  const keep = () =>
    client.query('insert into migration_part (name, part, hash) values ($1, $2, $3)', [file, part, hash]);
  if (way === 'outside') {
    await dropHalfAnIndex(client, sql);
    await client.query(sql);
    await keep();
    return;
  }
  for (let found = way === 'batches'; found;) {
    await patiently(client, options, file, async () => (found = ((await client.query(sql)).rowCount ?? 0) > 0));
    await pause(BATCH_PAUSE_MS);
  }
  await patiently(client, options, file, async () => {
    if (way === 'transaction') await client.query(sql);
    await keep();
  });
}

/** An index that was being made when the program ended is there and good for nothing. */
async function dropHalfAnIndex(client: Client, sql: string): Promise<void> {
  const name = /create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(\w+)\s+on/i.exec(sql)?.[1];
  if (name === undefined) return;
  const half = await client.query('select from pg_index where indexrelid = to_regclass($1) and not indisvalid', [name]);
  if (half.rowCount !== 0) await client.query(`drop index concurrently ${name}`);
}

/** Does the work in a transaction that never waits long for a lock, until it has come through. */
function patiently(client: Client, options: MigrateOptions, file: string, work: () => Promise<unknown>): Promise<void> {
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

const LOCK_NOT_AVAILABLE = '55P03';
/** Another session had the lock, or both waited for each other. */
const TAKEN = new Set([LOCK_NOT_AVAILABLE, '40P01']);

async function untilFree(
  client: Client,
  { patienceMs = PATIENCE_MS, tell = () => undefined }: MigrateOptions,
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

function hashOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
