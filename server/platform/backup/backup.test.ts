import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busyCentre } from '../../../tests/support/busy-centre.ts';
import { cloneDatabase, DAY, startTestNode, testCentre, wants } from '../../../tests/support/test-node.ts';
import { verifyDay } from '../../modules/queue/index.ts';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { type Manifest, readManifest } from './archive.ts';
import { restoreRows } from './restore.ts';
import { backupWhenDue, newestBackup } from './schedule.ts';
import { dropOldBackups, writeBackup } from './write-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'okno-backup-'));
const drops: (() => Promise<void>)[] = [];
let source: { url: string };
let archive: string;

const database = async (template?: 'template1') => {
  const made = await cloneDatabase(template);
  drops.push(made.drop);
  return made;
};

beforeAll(async () => {
  source = await database();
  const node = await startTestNode(source.url, [testCentre(1), busyCentre]);
  for (let index = 0; index < 40; index += 1)
    await node.ask('POST', `/api/centres/1/days/${DAY}/visits`, { commandId: randomUUID(), ...wants('passports') });
  // A visitor waits too long at another centre and gets a cocoa.
  const ofDay = `/api/centres/2/days/${DAY}/visits`;
  const late = await node.ask('POST', ofDay, { commandId: randomUUID(), ...wants('passports') });
  await node.stepTo(16);
  const redeem = { commandId: randomUUID(), drink: 'cocoa' };
  expect((await node.ask('POST', `${ofDay}/${String(late.body['visitId'])}/redeem`, redeem)).status).toBeLessThan(300);
  await node.close();
  archive = await inDatabase(source, ({ pool }) => writeBackup(pool, folder, '0.0.0'));
});

afterAll(async () => {
  for (const drop of drops) await drop();
  rmSync(folder, { recursive: true });
});

async function inDatabase<Result>(
  { url }: { url: string },
  work: (opened: Awaited<ReturnType<typeof openDatabase>>) => Promise<Result>,
  schema?: 'as-it-is',
): Promise<Result> {
  const opened = await openDatabase({ url }, schema);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

const rowsOf = (place: { url: string }) =>
  inDatabase(place, async ({ pool }) => {
    const tables = [
      'queue_event',
      'visit',
      'visit_step',
      'centre',
      'role',
      'role_include',
      'district',
      'audit_entry',
      'installation_key',
      'drink_given',
    ];
    const counts = await Promise.all(
      tables.map(async (table) => {
        const query = `select count(*)::int as count, md5(string_agg(t::text, '' order by t::text)) as hash from ${table} t`;
        return [table, (await pool.query(query)).rows[0]] as const;
      }),
    );
    return Object.fromEntries(counts);
  });

test('what was backed up comes back row by row, and every day agrees with itself', async () => {
  const target = await database('template1');
  const manifest = await readManifest(archive);
  await inDatabase(target, (opened) => restoreRows(opened, archive, manifest), 'as-it-is');
  expect(await rowsOf(target)).toEqual(await rowsOf(source));
  const { faults, events } = await inDatabase(target, (db) =>
    db.read((tx) => verifyDay(tx, { centreId: 1, day: DAY }, null)),
  );
  expect([faults, events]).toEqual([[], 41]);
  // And it works on: a restored installation serves, and its numbers go on.
  const node = await startTestNode(target.url);
  const ticket = await node.ask('POST', `/api/centres/1/days/${DAY}/visits`, {
    commandId: randomUUID(),
    ...wants('passports'),
  });
  expect(ticket.body['number']).toBe('П041');
  await node.close();
  const again = inDatabase(target, (opened) => restoreRows(opened, archive, manifest), 'as-it-is');
  await expect(again).rejects.toThrow(/an installation already/);
});

test('the files are for administrators only', () => {
  expect(statSync(archive).mode & 0o077).toBe(0);
  for (const name of readdirSync(archive)) expect(statSync(join(archive, name)).mode & 0o077).toBe(0);
});

test('a broken backup is named before anything is done', async () => {
  const file = join(archive, 'visit.copy.gz');
  const whole = readFileSync(file);
  appendFileSync(file, 'x');
  await expect(readManifest(archive)).rejects.toThrow(/visit\.copy\.gz is not as it was written/);
  const bent = Buffer.from(whole);
  bent[whole.length - 5] = (bent[whole.length - 5] as number) ^ 1;
  writeFileSync(file, bent);
  await expect(readManifest(archive)).rejects.toThrow(/broken/);
  writeFileSync(file, whole);
  const list = join(archive, 'manifest.json');
  const text = readFileSync(list, 'utf8');
  for (const changed of [text.replace('"', "'"), text.replace('"tables"', '"tablet"'), 'null']) {
    writeFileSync(list, changed);
    await expect(readManifest(archive)).rejects.toThrow(/manifest\.json is not as it was written.*Take another one/);
  }
  writeFileSync(list, text);
  await expect(readManifest(folder)).rejects.toThrow(/no backup of Okno/);
});

test.each([
  ['a table that does not exist', ({ tables }: Manifest) => [{ ...tables[0], name: 'nosuch' }, ...tables.slice(1)]],
  ['other columns', ({ tables }: Manifest) => [{ ...tables[0], columns: ['nosuch'] }, ...tables.slice(1)]],
  ['a table twice', ({ tables }: Manifest) => [...tables, tables[0]]],
  ['not all tables', ({ tables }: Manifest) => tables.slice(1)],
])('a list with %s ends with a sentence, and the place stays empty', async (_, change) => {
  const target = await database('template1');
  const manifest = await readManifest(archive);
  const changed = { ...manifest, tables: change(manifest) } as Manifest;
  const restored = inDatabase(target, (opened) => restoreRows(opened, archive, changed), 'as-it-is');
  await expect(restored).rejects.toThrow(/The backup is broken: its list .*Nothing was restored/);
  // The whole one can be restored there at once.
  await inDatabase(target, (opened) => restoreRows(opened, archive, manifest), 'as-it-is');
});

test.each([
  ['a statement for a name', { name: 'visit; drop table visit' }],
  ['a file elsewhere', { file: '../../etc/passwd' }],
  ['a number of rows in words', { rows: 'many' }],
  ['no columns', { columns: [] }],
])('a list with %s is no list', async (_, change) => {
  const list = join(archive, 'manifest.json');
  const text = readFileSync(list, 'utf8');
  const { tables, ...head } = JSON.parse(text) as Manifest;
  writeFileSync(list, JSON.stringify({ ...head, tables: [{ ...tables[0], ...change }, ...tables.slice(1)] }));
  await expect(readManifest(archive)).rejects.toThrow(/manifest\.json is not as it was written/);
  writeFileSync(list, text);
});

test('rows that do not fit leave nothing behind', async () => {
  const target = await database('template1');
  const manifest = await readManifest(archive);
  const tables = manifest.tables.map((table) => (table.name === 'visit' ? { ...table, rows: table.rows + 1 } : table));
  const restored = inDatabase(target, (opened) => restoreRows(opened, archive, { ...manifest, tables }), 'as-it-is');
  await expect(restored).rejects.toThrow(/visit has 41 rows and should have 42/);
  const left = await inDatabase(
    target,
    ({ pool }) => pool.query(`select from pg_class where relnamespace = 'public'::regnamespace`),
    'as-it-is',
  );
  expect(left.rowCount).toBe(0);
  const newer = { ...manifest, migrations: [...manifest.migrations, '9999_future.sql'] };
  const future = inDatabase(await database('template1'), (opened) => restoreRows(opened, archive, newer), 'as-it-is');
  await expect(future).rejects.toThrow(/taken by a newer Okno/);
});

test('a backup is taken when it is due, by one node, and old ones are removed', async () => {
  const own = join(folder, 'plan');
  await inDatabase(source, async (opened) => {
    const plan = { folder: own, everyHours: 24, keep: 2 };
    const taken = await Promise.all([backupWhenDue(opened, plan, '0'), backupWhenDue(opened, plan, '0')]);
    expect(taken.filter((path) => path !== null)).toHaveLength(1);
    expect(await backupWhenDue(opened, plan, '0')).toBeNull();
    expect(await opened.read((tx) => newestBackup(tx))).toBeGreaterThan(0);
    await expect(
      backupWhenDue(opened, { ...plan, everyHours: 0, folder: join(archive, 'manifest.json', 'x') }, '0'),
    ).rejects.toThrow();
    const { rows } = await opened.pool.query('select fault from backup_run order by run_id');
    expect(rows).toEqual([{ fault: null }, { fault: expect.any(String) as string }]);
  });
  for (const name of ['okno-20200101T000000Z', 'okno-20200102T000000Z', 'okno-20200103T000000Z.partial'])
    mkdirSync(join(own, name));
  await dropOldBackups(own, 2);
  expect(readdirSync(own).length).toBe(2);
  expect(readdirSync(own)[0]).toBe('okno-20200102T000000Z');
});

test('the data of the first releases are read on: the network gets its levels, the days stay what they were', async () => {
  const old = await database('template1');
  await inDatabase(
    old,
    async ({ pool }) => {
      const client = await pool.connect();
      await migrate(client, { upTo: '0008_seats.sql' });
      await client.query(
        `insert into centre (centre_id, code, kind, name_ru, name_en, district_ru, district_en, time_zone)
         select n, 'c-' || n, 'district', 'Центр', 'Centre', (array['ЦАО', 'САО'])[1 + n % 2], 'x', 'Europe/Moscow' from generate_series(1, 4) n`,
      );
      client.release();
    },
    'as-it-is',
  );
  const { rows } = await inDatabase(old, ({ pool }) =>
    pool.query(
      'select d.name_ru as name, count(*)::int as centres from centre join district d using (district_id) group by 1 order by 1',
    ),
  );
  expect(rows).toEqual([
    { name: 'САО', centres: 2 },
    { name: 'ЦАО', centres: 2 },
  ]);
});
