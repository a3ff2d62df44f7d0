import pg from 'pg';
import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { cloneDatabase, startTestNode } from '../../tests/support/test-node.ts';
import { lettersOfDatabase } from './letters.ts';

test('it is known whether a database folds Cyrillic letters, and by which locale', async () => {
  const { url, drop } = await cloneDatabase();
  const node = await startTestNode(url);
  try {
    const { rows } = await node.database.pool.query<{ low: string }>(`select lower('ЖУК') as low`);
    const { folds, locale } = await node.database.read((tx) => lettersOfDatabase(tx));
    expect(folds).toBe(rows[0]?.low === 'жук');
    expect(locale).not.toBe('');
  } finally {
    await node.close();
    await drop();
  }
});

test('lists are sorted as a Russian dictionary is, whatever the locale of the database', async () => {
  const { url, drop } = await cloneDatabase();
  const node = await startTestNode(url);
  try {
    const { pool } = node.database;
    for (const [id, name] of [
      ['zhek', 'Жилищная инспекция'],
      ['elka', 'Ёлочный комитет'],
      ['archive', 'Архив'],
      ['edinyi', 'Единый центр'],
    ])
      await pool.query(
        `insert into agency (agency_id, name_ru, name_en, adapter, changed_at) values ($1, $2, $1, 'paper', now())`,
        [id, name],
      );
    const { body } = await node.ask('GET', '/api/agencies');
    const ours = new Set(['zhek', 'elka', 'archive', 'edinyi']);
    const ids = (body as unknown as { agencyId: string }[]).map(({ agencyId }) => agencyId);
    expect(ids.filter((id) => ours.has(id))).toEqual(['archive', 'edinyi', 'elka', 'zhek']);
  } finally {
    await node.close();
    await drop();
  }
});

test('a database that cannot sort Russian names is refused with a sentence before its schema is touched', async () => {
  const { url, drop } = await cloneDatabase('template1');
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(`delete from pg_collation where collname = 'ru-x-icu'`);
    await expect(openDatabase({ url })).rejects.toThrow(/no ICU collation “ru-x-icu”.*pg_import_system_collations/);
    expect((await client.query(`select to_regclass('centre') as there`)).rows).toEqual([{ there: null }]);
  } finally {
    await client.end();
    await drop();
  }
});
