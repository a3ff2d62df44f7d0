import { expect, test } from 'vitest';
import { cloneDatabase, startTestNode } from '../../tests/support/test-node.ts';
import { lettersOfDatabase } from './letters.ts';

test('it is known whether a database folds Cyrillic letters, and by which locale', async () => {
  const { url, drop } = await cloneDatabase();
  const node = await startTestNode(url);
  try {
    const { rows } = await node.database.pool.query<{ low: string }>(`select lower('ЖУК') as low`);
    const { folds, locale } = await lettersOfDatabase(node.database.pool);
    expect(folds).toBe(rows[0]?.low === 'жук');
    expect(locale).not.toBe('');
  } finally {
    await node.close();
    await drop();
  }
});
