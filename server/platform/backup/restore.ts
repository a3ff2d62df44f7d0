import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../database.ts';
import { knownMigrations, migrate } from '../migrate.ts';
import { schemaFunctions } from '../schema-functions.ts';
import { inTransaction } from '../transaction.ts';
import type { ArchivedTable, Manifest } from './archive.ts';
import { tablesInOrder } from './write-backup.ts';

/**
 * Restores a backup whose files were checked into an empty database: the schema as it was then, the rows, and then
 * the schema's later steps, just as an upgrade would have taken them. Throws an Error and leaves no row when it cannot.
 */
export async function restoreRows(
  { pool }: Pick<Database, 'pool'>,
  archive: string,
  manifest: Manifest,
): Promise<void> {
  const unknown = manifest.migrations.filter((name) => !knownMigrations().includes(name));
  if (unknown.length > 0)
    throw new Error(
      `The backup was taken by a newer Okno (${manifest.program}; ${unknown.join(', ')}). Install that one first.`,
    );
  const wasEmpty = await onClient(pool, async (client) => {
    const { rows } = await client.query<{ there: boolean; empty: boolean }>(
      `select to_regclass('installation') is not null as there,
         not exists (select from pg_class where relnamespace = 'public'::regnamespace) as empty`,
    );
    if (rows[0]?.there === true)
      throw new Error('There is an installation already. Restore into an empty folder or database.');
    return rows[0]?.empty === true;
  });
  try {
    const last = manifest.migrations.at(-1);
    await onClient(pool, async (client) => {
      await migrate(client, last === undefined ? {} : { upTo: last });
      await mustBeTheTables(client, manifest.tables);
    });
    await inTransaction(pool, (transaction) => restoreAll(transaction, archive, manifest));
  } catch (error) {
    // A schema without its rows would pass for an installation.
    if (wasEmpty) await onClient(pool, (client) => client.query('drop schema public cascade; create schema public'));
    throw error;
  }
  await onClient(pool, (client) => migrate(client));
}

async function onClient<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** Throws an Error when the list of a backup names other tables, or other columns, than its version of Okno has. */
async function mustBeTheTables(client: pg.PoolClient, listed: Manifest['tables']): Promise<void> {
  const known = new Map((await tablesInOrder(client)).map(({ name, columns }) => [name, columns.toSorted().join()]));
  const broken = (what: string) =>
    new Error(`The backup is broken: its list ${what}. Nothing was restored. Take another one.`);
  for (const { name, columns } of listed) {
    if (!known.has(name)) throw broken(`names a table ${name} that its version of Okno does not have, or has it twice`);
    if (known.get(name) !== columns.toSorted().join()) throw broken(`names other columns of ${name}`);
    known.delete(name);
  }
  const [missing] = known.keys();
  if (missing !== undefined) throw broken(`lacks the table ${missing}`);
}

async function restoreAll(transaction: pg.PoolClient, archive: string, manifest: Manifest): Promise<void> {
  // Months are made by the function of today: it knows every table that the steps up to then may have divided. It is not recorded,
  // because a later step may still put an older text in its place.
  const ensureMonth = schemaFunctions().find(({ name }) => name === 'queue_ensure_month');
  if (ensureMonth !== undefined) await transaction.query(ensureMonth.sql);
  for (const month of manifest.months) await transaction.query('select queue_ensure_month($1::date)', [month]);
  for (const table of manifest.tables) await restoreTable(transaction, archive, table);
  await goOnCounting(transaction);
}

async function restoreTable(
  client: pg.PoolClient,
  archive: string,
  { name, columns, rows, file }: ArchivedTable,
): Promise<void> {
  // What triggers made of these rows is in the backup already.
  await client.query(`alter table ${name} disable trigger user`);
  const copy = client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`));
  await pipeline(createReadStream(join(archive, file)), createGunzip(), copy);
  await client.query(`alter table ${name} enable trigger user`);
  if (copy.rowCount !== rows)
    throw new Error(
      `The backup is broken: ${name} has ${copy.rowCount} rows and should have ${rows}. Nothing was restored.`,
    );
}

/** Numbers that the database gives go on after the highest there is. */
async function goOnCounting(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and a.attidentity <> '' and c.relkind = 'r'`,
  );
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), greatest(coalesce(max(${column}), 0), 1), max(${column}) is not null)
       from ${table}`,
    );
}
