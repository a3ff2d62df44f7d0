import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/test-node.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS, schemaFunctions } from './schema-functions.ts';

/** Steps at which installations may still be: each comes up to date from there. */
const OLD_SCHEMAS = ['0003_queue.sql', '0037_rosters.sql', '0060_case_commands.sql', '0095_changed_visits.sql'];
/** Every edition of every function, by the hash of its text: the last is the present one. */
const EDITIONS_FILE = join(import.meta.dirname, '../../tests/support/schema-functions.json');

const leave: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const one of leave.reverse()) await one();
});

async function connected(template: 'okno' | 'template1'): Promise<pg.Client> {
  const { url, drop } = await cloneDatabase(template);
  const client = new pg.Client(url);
  await client.connect();
  leave.push(drop, () => client.end());
  return client;
}

/** The functions of the schema with their full text, by name. Those of extensions are not ours. */
async function functionsOf(client: pg.Client): Promise<{ name: string; text: string }[]> {
  const { rows } = await client.query<{ name: string; text: string }>(
    `select proname as name, pg_get_functiondef(oid) as text from pg_proc p where pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by proname`,
  );
  return rows;
}

/** The migrations of a program in which `queue_append` is another: with this word in its text, at this edition. */
function programWith(word: string, edition: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'okno-functions-'));
  leave.push(async () => rmSync(folder, { recursive: true }));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const file = join(folder, 'functions/queue_append.sql');
  const text = readFileSync(file, 'utf8').replace(/^-- edition \d+/, `-- edition ${edition}`);
  writeFileSync(file, text.replace('\nbegin\n', `\nbegin\n  -- ${word}\n`));
  return folder;
}

const appendOf = async (client: pg.Client) => (await functionsOf(client)).find(({ name }) => name === 'queue_append');

test.each(OLD_SCHEMAS)('a database that was at %s ends with the functions of a fresh one', async (upTo) => {
  const old = await connected('template1');
  await migrate(old, { upTo });
  // What the program of then may have had instead.
  for (const { name, text } of await functionsOf(old))
    if (text.includes('$function$\nbegin'))
      await old.query(text.replace('$function$\nbegin', `$function$\n--${name}\nbegin`));
  const fresh = await functionsOf(await connected('okno'));
  if (upTo === OLD_SCHEMAS.at(-1)) expect(await functionsOf(old)).not.toEqual(fresh);
  await migrate(old);
  expect(await functionsOf(old)).toEqual(fresh);
});

test('each function of the database is in one file of its own name', async () => {
  const names = (await functionsOf(await connected('okno'))).map(({ name }) => name);
  const files = schemaFunctions();
  expect(files.map(({ name }) => name)).toEqual(names);
  for (const { name, sql } of files)
    expect([name, [...sql.matchAll(/^create or replace function (\w+)/gm)].map(([, made]) => made)]).toEqual([
      name,
      [name],
    ]);
});

test('a text that changes gets a new edition, and the list of editions its hash', () => {
  const editions = JSON.parse(readFileSync(EDITIONS_FILE, 'utf8')) as Record<string, string[]>;
  const now = schemaFunctions().map(({ name, edition, hash }) => [name, edition, hash]);
  expect(now).toEqual(Object.entries(editions).map(([name, hashes]) => [name, hashes.length, hashes.at(-1)]));
});

test('a newer program replaces a function once; an older one that starts again leaves it', async () => {
  const client = await connected('okno');
  const older = await appendOf(client);
  const folder = programWith('newer', 7);
  expect(await migrate(client, { folder })).toEqual(['functions/queue_append.sql']);
  expect(await migrate(client, { folder })).toEqual([]);
  const newer = await appendOf(client);
  expect(newer?.text).toContain('-- newer');
  expect(await migrate(client)).toEqual([]);
  expect(await appendOf(client)).toEqual(newer);
  expect(newer).not.toEqual(older);
  expect(await migrate(client, { folder: programWith('newest', 8) })).toEqual(['functions/queue_append.sql']);
  expect((await appendOf(client))?.text).toContain('-- newest');
});

test('a text that was changed without a new edition is refused, and nothing is replaced', async () => {
  const client = await connected('okno');
  await migrate(client, { folder: programWith('first', 7) });
  const before = await appendOf(client);
  await expect(migrate(client, { folder: programWith('second', 7) })).rejects.toThrow(
    /queue_append\.sql.*Raise its edition/,
  );
  expect(await appendOf(client)).toEqual(before);
});

test('a function that fails leaves the one before, and its edition', async () => {
  const client = await connected('okno');
  const before = await appendOf(client);
  const folder = programWith('broken', 7);
  const file = join(folder, 'functions/queue_append.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace('returns jsonb', 'returns text'));
  await expect(migrate(client, { folder })).rejects.toThrow(/functions\/queue_append\.sql failed.*return type/);
  expect(await appendOf(client)).toEqual(before);
  expect(await migrate(client)).toEqual([]);
});
