import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { makeFolder } from '../folder.ts';
import { type ArchivedTable, MANIFEST, type Manifest, sha256Of } from './archive.ts';

/** Rows that mean nothing in a restored installation: the connections of the moment, and what follows from the events. */
const LEFT_OUT = [
  'staff_session',
  'node',
  'migration',
  'migration_part',
  'migration_function',
  'backup_run',
  'day_snapshot',
  'write_probe',
];

/**
 * Writes a backup into the folder, as of one moment, while everything goes on; gives its path. It has its name only
 * when it is complete. The files can be read by this user only: they hold personal data and keys.
 */
export async function writeBackup(pool: pg.Pool, folder: string, program: string): Promise<string> {
  await makeFolder(folder, 0o700);
  const client = await pool.connect();
  let half: string | null = null;
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ takenAt: string; clockKind: string; migrations: string[]; months: string[] }>(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "takenAt",
         coalesce((select clock_kind from installation), 'real') as "clockKind",
         array(select name from migration order by name) as migrations,
         array(select distinct date_trunc('month', day)::date::text from queue_event order by 1) as months`,
    );
    const head = rows[0] as (typeof rows)[number];
    const name = `okno-${head.takenAt.replaceAll(/[-:]/g, '')}`;
    half = join(folder, `${name}.partial`);
    await rm(half, { recursive: true, force: true });
    await mkdir(half, { mode: 0o700 });
    const tables: ArchivedTable[] = [];
    for (const table of await tablesInOrder(client)) tables.push(await writeTable(client, half, table));
    await client.query('commit');
    const manifest: Manifest = { format: 1, program, ...head, tables };
    await writeFile(join(half, MANIFEST), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true });
    const path = join(folder, name);
    await rename(half, path);
    return path;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    if (half !== null) await rm(half, { recursive: true, force: true });
    throw error;
  } finally {
    client.release();
  }
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly refersTo: readonly string[];
}

/** Every table with its columns; those that others refer to come first. */
export async function tablesInOrder(client: pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as "refersTo"
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all($1)
     order by 1`,
    [LEFT_OUT],
  );
  const left = new Map(rows.map((table) => [table.name, table]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].find(({ refersTo }) => refersTo.every((name) => !left.has(name)));
    if (next === undefined) throw new Error(`Tables refer to one another in a circle: ${[...left.keys()].join(', ')}`);
    left.delete(next.name);
    ordered.push(next);
  }
  return ordered;
}

async function writeTable(client: pg.PoolClient, folder: string, { name, columns }: Table): Promise<ArchivedTable> {
  const file = `${name}.copy.gz`;
  const path = join(folder, file);
  const copy = client.query(copyTo(`copy (select ${columns.join(', ')} from ${name}) to stdout`));
  await pipeline(copy, createGzip({ level: 4 }), createWriteStream(path, { mode: 0o600, flush: true }));
  const { size: bytes } = await stat(path);
  return { name, columns, rows: copy.rowCount, file, bytes, sha256: await sha256Of(path) };
}

/** Removes all but the newest so many backups of the folder, and what a killed one left behind. */
export async function dropOldBackups(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^okno-\d{8}T\d{6}Z(\.partial)?$/.test(name)).toSorted();
  const whole = names.filter((name) => !name.endsWith('.partial'));
  const partial = names.filter((name) => name.endsWith('.partial'));
  const gone = [...whole.slice(0, Math.max(0, whole.length - keep)), ...partial];
  for (const name of gone) await rm(join(folder, name), { recursive: true, force: true });
}
