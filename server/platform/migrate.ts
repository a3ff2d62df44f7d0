import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

const FOLDER = join(import.meta.dirname, '../migrations');
const LOCK = 0x6f6b6e6f; // any number of ours

/**
 * Brings the schema up to date: each numbered file once, in order, each in its own transaction.
 * `upTo` names the last that is wanted, for a database that is
 * brought back as it was. Throws when a file that already ran has changed since, or when the database is newer than this program.
 */
export async function migrate(client: pg.Client | pg.PoolClient, folder = FOLDER, upTo?: string): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    );
    const done = new Map<string, string>();
    for (const { name, hash } of (await client.query('select name, hash from migration')).rows) done.set(name, hash);
    const files = knownMigrations(folder).filter((file) => upTo === undefined || file <= upTo);
    const unknown = [...done.keys()].filter((name) => !files.includes(name));
    if (unknown.length > 0) {
      throw new Error(`The database is newer than this program: it has ${unknown.join(', ')}. Start a newer Okno.`);
    }
    const applied: string[] = [];
    for (const file of files) {
      const sql = readFileSync(join(folder, file), 'utf8');
      const hash = createHash('sha256').update(sql).digest('hex');
      if (done.get(file) === hash) continue;
      if (done.has(file))
        throw new Error(
          `Migration ${file} has changed after it was applied. Migrations are never edited: add a new one.`,
        );
      await apply(client, file, sql, hash);
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
export async function migrationState(
  client: Pick<pg.Client, 'query'>,
): Promise<{ pending: string[]; unknown: string[] }> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  const done =
    rows[0]?.there === true
      ? (await client.query<{ name: string }>('select name from migration order by name')).rows
      : [];
  const names = done.map(({ name }) => name);
  return {
    pending: knownMigrations().filter((name) => !names.includes(name)),
    unknown: names.filter((name) => !knownMigrations().includes(name)),
  };
}

async function apply(client: pg.Client | pg.PoolClient, file: string, sql: string, hash: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (name, hash) values ($1, $2)', [file, hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${file} failed: ${(error as Error).message}`, { cause: error });
  }
}
