import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from './support/test-node.ts';

let client: pg.Client;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  client = new pg.Client(database.url);
  await client.connect();
  await client.query(`select queue_ensure_month('2026-02-19')`);
});

afterAll(async () => {
  await client.end();
  await drop();
});

/** Tables of the hot path: reached by their key only. */
const HOT = ['queue_event', 'visit', 'visit_step'];
/** Words that have no singular. */
const PLURAL_ONLY = ['centre_hours', 'planned_windows', 'news'];

/** The rules of the schema, each a query that lists what breaks it. */
const rules: Readonly<Record<string, string>> = {
  'a moment has a zone': `
    select table_name || '.' || column_name as fault from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp without time zone'`,
  'nothing is counted in fractions of unknown size': `
    select table_name || '.' || column_name as fault from information_schema.columns
    where table_schema = 'public' and data_type in ('real', 'double precision', 'money')`,
  'a table has a primary key': `
    select c.relname as fault from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`,
  'a table is named by one thing, in small letters': `
    select c.relname as fault from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and (c.relname !~ '^[a-z][a-z_]*$' or (c.relname ~ '[^s]s$' and c.relname <> all($1)))`,
  'a foreign key can be found from its other end': `
    select k.conrelid::regclass || ': ' || k.conname as fault from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
      select 1 from pg_index i where i.indrelid = k.conrelid
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`,
  'a table of the hot path has its key, led by the centre, and no other index': `
    select i.indrelid::regclass || ': ' || i.indexrelid::regclass as fault from pg_index i
    join pg_class c on c.oid = i.indrelid
    where c.relname = any($2) and (not i.indisprimary or (
      select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) <> 'centre_id')`,
};

async function faults(rule: string): Promise<string[]> {
  const text = `${rules[rule]} and ($1::text[] is not null and $2::text[] is not null)`;
  return (await client.query<{ fault: string }>(text, [PLURAL_ONLY, HOT])).rows.map((row) => row.fault);
}

test.each(Object.keys(rules))('%s', async (rule) => {
  expect(await faults(rule)).toEqual([]);
});

const planted: Readonly<Record<string, string>> = {
  'a moment has a zone': 'create table bad (id integer primary key, at timestamp)',
  'nothing is counted in fractions of unknown size': 'create table bad (id integer primary key, price real)',
  'a table has a primary key': 'create table bad (id integer)',
  'a table is named by one thing, in small letters': 'create table tickets (id integer primary key)',
  'a foreign key can be found from its other end':
    'create table bad (id integer primary key, centre_id integer references centre)',
  'a table of the hot path has its key, led by the centre, and no other index': 'create index on visit (state)',
};
test.each(Object.keys(rules))('finds what breaks “%s”', async (rule) => {
  await client.query('begin');
  await client.query(planted[rule] as string);
  const found = await faults(rule);
  await client.query('rollback');
  expect(found).not.toEqual([]);
});

test('a hot statement reaches its rows by the key, also when the statistics are old', async () => {
  await client.query('begin');
  await client.query('set local plan_cache_mode = force_generic_plan');
  await client.query(
    `prepare tail (integer, date, integer) as select seq from queue_event where centre_id = $1 and day = $2 and seq > $3 order by seq`,
  );
  const plan = await client.query(`explain (format json) execute tail (1, '2026-02-19', 5)`);
  await client.query('rollback');
  expect(JSON.stringify(plan.rows)).toContain('queue_event_2026_02_pkey');
  expect(JSON.stringify(plan.rows)).not.toMatch(/Seq Scan/);
});
