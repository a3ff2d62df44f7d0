import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Read } from './handles.ts';
import { withoutComments } from './migration-file.ts';
import { type Client, patiently, type Patience } from './schema-locks.ts';

/** A function of the database as this program has it. */
interface SchemaFunction {
  readonly name: string;
  /** Raised with every change of the text, so that only a newer program replaces the function of another. */
  readonly edition: number;
  readonly sql: string;
  /** Of the text without its comments. */
  readonly hash: string;
}

interface Recorded {
  readonly name: string;
  readonly edition: number;
  readonly hash: string;
}

/** The folder of the numbered steps; the functions are in a folder inside it. */
export const MIGRATIONS = join(import.meta.dirname, '../migrations');
const EDITION = /^-- edition ([1-9]\d*)\n/;

/** The functions in the folder of the migrations, each with its edition, by name. Throws for a file without an edition. */
export function schemaFunctions(migrations = MIGRATIONS): SchemaFunction[] {
  const folder = join(migrations, 'functions');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8');
    const edition = Number(EDITION.exec(sql)?.[1] ?? Number.NaN);
    if (!Number.isInteger(edition)) throw new Error(`functions/${file} does not begin with a line “-- edition N”.`);
    const hash = createHash('sha256').update(withoutComments(sql).trim()).digest('hex');
    return { name: file.slice(0, -'.sql'.length), edition, sql, hash };
  });
}

/**
 * Replaces the functions of which the database has an older edition or none, each in its own transaction, and gives their files. A newer
 * edition stays: a program of the release before that starts again must not put its text back. Runs under the lock of the
 * migrations. Throws when a text was changed without a new edition.
 */
export async function replaceFunctions(client: Client, options: Patience, migrations: string): Promise<string[]> {
  const { rows } = await client.query<Recorded>('select name, edition, hash from migration_function');
  const due = outdated(schemaFunctions(migrations), rows);
  for (const { name, edition, sql, hash } of due) {
    try {
      await patiently(client, options, fileOf(name), async () => {
        await client.query(sql);
        await client.query(
          `insert into migration_function (name, edition, hash) values ($1, $2, $3)
           on conflict (name) do update set edition = excluded.edition, hash = excluded.hash`,
          [name, edition, hash],
        );
      });
    } catch (error) {
      throw new Error(`${fileOf(name)} failed: ${(error as Error).message}`, { cause: error });
    }
  }
  return due.map(({ name }) => fileOf(name));
}

/** The files of the functions that the next start of this program would replace. Reads only. */
export async function pendingFunctions(tx: Read): Promise<string[]> {
  const { rows } = await tx.query<{ there: boolean }>(`select to_regclass('migration_function') is not null as there`);
  const recorded =
    rows[0]?.there === true
      ? (await tx.query<Recorded>('select name, edition, hash from migration_function')).rows
      : [];
  return outdated(schemaFunctions(), recorded).map(({ name }) => fileOf(name));
}

function outdated(functions: readonly SchemaFunction[], recorded: readonly Recorded[]): SchemaFunction[] {
  return functions.filter(({ name, edition, hash }) => {
    const there = recorded.find((one) => one.name === name);
    if (there?.edition === edition && there.hash !== hash)
      throw new Error(`${fileOf(name)} was changed after edition ${edition} was applied. Raise its edition.`);
    return there === undefined || there.edition < edition;
  });
}

function fileOf(name: string): string {
  return `functions/${name}.sql`;
}
