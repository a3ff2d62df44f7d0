import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBackup } from '../../server/platform/backup/write-backup.ts';
import { knownMigrations, migrate } from '../../server/platform/migrate.ts';
import { crowd, expectAllThereOnce } from '../support/crowd.ts';
import { projectRoot } from '../support/source-files.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

const CENTRES = [1, 2];
const VISITORS = 4;

/** One of every kind of step that a later version may take, on the tables that halls write all the time where that kind is for them. */
const kinds: readonly (readonly [kind: string, sql: string])[] = [
  ['add a column', 'alter table visit add column colour text, add column weight integer not null default 1'],
  [
    'add a constraint',
    `-- by statements
     alter table visit add constraint weight_is_small check (weight < 10) not valid;
     alter table visit validate constraint weight_is_small;`,
  ],
  [
    'fill a column in batches',
    `-- by statements
     -- in batches
     update visit set colour = 'red' where (centre_id, day, visit_id) in
       (select centre_id, day, visit_id from visit where colour is null and ended_at is not null limit 50);`,
  ],
  [
    'make an index during the running work',
    `-- by statements
     create index concurrently if not exists visit_by_colour on visit_2026_02 (colour);
     create unique index concurrently notice_by_nothing on notice (notice_id);`,
  ],
  [
    'make a table that refers to others',
    `create table umbrella (umbrella_id integer primary key, centre_id integer not null references centre);
     create index umbrella_centre on umbrella (centre_id);
     insert into umbrella select centre_id, centre_id from centre`,
  ],
  [
    'add a reference to a table there is',
    `-- by statements
     alter table visit_2026_02 add constraint visit_centre foreign key (centre_id) references centre not valid;
     alter table visit_2026_02 drop constraint visit_centre;`,
  ],
  [
    'give a trigger',
    `create function nothing() returns trigger language plpgsql as 'begin return new; end';
     create trigger nothing before insert on visit for each row execute function nothing()`,
  ],
  ['take a trigger away', 'drop trigger nothing on visit; drop function nothing()'],
  ['change the type of a column', 'alter table visit alter column weight type bigint'],
  ['require a column', 'alter table visit alter column weight set not null, alter column weight set default 2'],
  ['drop a constraint', 'alter table visit drop constraint weight_is_small'],
  ['drop an index', '-- by statements\ndrop index concurrently visit_by_colour;'],
  ['drop columns', 'alter table visit drop column colour, drop column weight'],
  ['drop a table', 'drop table umbrella'],
  ['change a setting of storage', 'alter table visit_2026_02 set (fillfactor = 60)'],
  ['make the tables of a month', `select queue_ensure_month('2027-05-01')`],
];

let url: string;
let drop: () => Promise<void>;
let node: TestNode;
let folder: string;
let visitors: ReturnType<typeof crowd>;

beforeAll(async () => {
  ({ url, drop } = await cloneDatabase());
  folder = mkdtempSync(join(tmpdir(), 'okno-steps-'));
  cpSync(join(projectRoot, 'server/migrations'), folder, { recursive: true });
  node = await startTestNode(
    url,
    CENTRES.map((centreId) => testCentre(centreId)),
  );
  visitors = crowd(() => node.url, CENTRES, VISITORS);
});

afterAll(async () => {
  await visitors.leave();
  await node.close();
  await drop();
  rmSync(folder, { recursive: true });
});

const served = (more: number) => {
  const goal = visitors.acknowledged.size + more;
  return expect.poll(() => visitors.acknowledged.size, { timeout: 60_000, interval: 20 }).toBeGreaterThan(goal);
};

async function connected<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A reader of the busiest tables that has not let go of them, as a backup or an analyst's query does. */
async function whileReading(work: () => Promise<void>): Promise<void> {
  await connected(async (reader) => {
    await reader.query('begin isolation level repeatable read');
    for (const table of ['visit', 'visit_step', 'queue_event', 'notice', 'centre'])
      await reader.query(`select count(*) from ${table}`);
    await work();
    await reader.query('commit');
  });
}

test.each(kinds)('tickets are given while a long read runs and a step has to %s', async (kind, sql) => {
  const name = `9${String(kinds.findIndex(([one]) => one === kind)).padStart(3, '0')}_step.sql`;
  writeFileSync(join(folder, name), sql);
  let step: Promise<string[]> | undefined;
  await whileReading(async () => {
    step = connected((client) => migrate(client, { folder }));
    step.catch(() => undefined);
    await served(60);
  });
  expect(await step).toEqual([name]);
  await served(10);
  expect(visitors.refused).toEqual([]);
});

test('tickets are given while a long read runs and the function by which halls write is replaced', async () => {
  const file = join(folder, 'functions/queue_append.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^-- edition \d+/, '-- edition 99'));
  await whileReading(async () => {
    expect(await connected((client) => migrate(client, { folder }))).toEqual(['functions/queue_append.sql']);
    await served(60);
  });
  expect(visitors.refused).toEqual([]);
});

test('tickets are given while a backup is taken and a step waits for it, and the backup is whole', async () => {
  writeFileSync(join(folder, '9800_step.sql'), 'alter table visit add column shade text');
  const [path, steps] = await Promise.all([
    writeBackup(node.database.pool, join(folder, 'backups'), '0.0.0'),
    connected((client) => migrate(client, { folder })),
  ]);
  expect([path.length > 0, steps]).toEqual([true, ['9800_step.sql']]);
  await served(20);
  expect(visitors.refused).toEqual([]);
});

test('a step that cannot have its lock says who may be in the way, and keeps nothing', async () => {
  writeFileSync(
    join(folder, '9900_step.sql'),
    'create table half (id integer primary key); alter table visit add column hue text',
  );
  await whileReading(async () => {
    const step = connected((client) => migrate(client, { folder, patienceMs: 1_000 }));
    await expect(step).rejects.toThrow(/9900_step\.sql failed.*could not have the locks.*process \d+/s);
  });
  await connected(async (client) => {
    expect((await client.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
    expect(await migrate(client, { folder })).toEqual(['9900_step.sql']);
  });
  expect(visitors.refused).toEqual([]);
});

test('a migration that goes by statements goes on where it was interrupted', async () => {
  const sql = (last: string) =>
    `-- by statements\ncreate table once (id integer primary key);\nupdate once set id = 1 where ';' = '--';\n${last};`;
  const file = join(folder, '9950_step.sql');
  writeFileSync(file, sql('select nonsense'));
  await connected(async (client) => {
    await expect(migrate(client, { folder })).rejects.toThrow(/9950_step\.sql failed.*nonsense/);
    writeFileSync(file, sql('select 1'));
    expect(await migrate(client, { folder })).toEqual(['9950_step.sql']);
    expect((await client.query('select from migration_part')).rowCount).toBe(0);
    expect(knownMigrations(folder)).toContain('9950_step.sql');
  });
});

test('after all these steps nothing that was acknowledged is lost or doubled', async () => {
  await served(10);
  await visitors.leave();
  expect(visitors.refused).toEqual([]);
  await expectAllThereOnce(node.database, CENTRES, visitors.acknowledged);
});
