import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type MigrationPart, migrationParts } from './migration-file.ts';
import type { Read } from './handles.ts';
import { MIGRATIONS, pendingFunctions, replaceFunctions } from './schema-functions.ts';
import { type Client, LOCK_NOT_AVAILABLE, patiently, type Patience, untilFree } from './schema-locks.ts';

const LOCK = 0x6f6b6e6f; // any number of ours
const BATCH_PAUSE_MS = 20;

/** How a database is brought up to date, where it is not the usual way. */
export interface MigrateOptions extends Patience {
  readonly folder?: string;
  /** The last step that is wanted, for a database that is brought back as it was. Functions stay as the steps left them. */
  readonly upTo?: string;
}

/**
 * Brings the schema up to date: each numbered file once, in order, each in its own transaction; a file that begins with
 * “-- by statements” statement by statement, going on where it was interrupted. Never holds up those who work meanwhile: a lock that
 * is not free at once is asked for again later. Then it replaces the functions of which the database has an older edition. Throws when a
 * file that already ran has changed since, when the database is newer than this program, or when a lock was not free for a quarter of
 * an hour; the steps before stay.
 */
export async function migrate(client: Client, options: MigrateOptions = {}): Promise<string[]> {
  const { folder = MIGRATIONS, upTo } = options;
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
    return upTo === undefined ? [...applied, ...(await replaceFunctions(client, options, folder))] : applied;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/** The migrations that this program has, in order. */
export function knownMigrations(folder = MIGRATIONS): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

/** Which migrations and editions of functions a database lacks, and which migrations it has that this program does not know. Reads only. */
export async function migrationState(tx: Read): Promise<{ pending: string[]; unknown: string[] }> {
  const { rows } = await tx.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  const done =
    rows[0]?.there === true ? (await tx.query<{ name: string }>('select name from migration order by name')).rows : [];
  const names = done.map(({ name }) => name);
  return {
    pending: [...knownMigrations().filter((name) => !names.includes(name)), ...(await pendingFunctions(tx))],
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
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('migration_function') is not null as there`,
  );
  if (rows[0]?.there === true) return;
  await client.query(
    `create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now());
     create table if not exists migration_part (name text, part integer, hash text not null, primary key (name, part));
     create table if not exists migration_function (name text primary key, edition integer not null, hash text not null)`,
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

function hashOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
