import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../../tests/support/test-node.ts';
import { type Db, openHandles } from '../../platform/handles.ts';
import { backUpFiles, folderStore, restoreFiles } from './index.ts';

let pool: pg.Pool;
let db: Db;
let drop: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  pool = new pg.Pool({ connectionString: database.url });
  db = openHandles(pool);
  folder = await mkdtemp(join(tmpdir(), 'okno-copies-'));
});

afterAll(async () => {
  await pool.end();
  await drop();
  await rm(folder, { recursive: true, force: true });
});

const storeIn = (name: string) => folderStore(join(folder, name));

async function addFile(): Promise<string> {
  const fileId = randomUUID();
  await storeIn('files').put(fileId, Buffer.from(`sealed ${fileId}`));
  await pool.query(
    `insert into stored_file (file_id, name, content_type, bytes, state, next_at, made_at)
     values ($1, 'scan.png', 'image/png', 10, 'clean', now(), now())`,
    [fileId],
  );
  return fileId;
}

test('copies follow the files: new ones, resealed ones, and those that were removed; what was lost comes back', async () => {
  const [files, copies] = [storeIn('files'), storeIn('copies')];
  const back = () => backUpFiles(db, files, copies);
  expect(await back()).toEqual({ copied: 0, removed: 0 });
  const [first, second, third] = [await addFile(), await addFile(), await addFile()];
  expect(await back()).toEqual({ copied: 3, removed: 0 });
  expect(await back()).toEqual({ copied: 0, removed: 0 });

  // Resealed with another key: later than its copy.
  await files.put(first, Buffer.from('another key'));
  const later = new Date(((await copies.changedAt(first)) ?? 0) + 5_000);
  await utimes(join(folder, 'files', first.slice(0, 2), first.slice(2, 4), first), later, later);
  await pool.query('update stored_file set removed_at = now() where file_id = $1', [second]);
  expect(await back()).toEqual({ copied: 1, removed: 1 });
  expect((await copies.get(first))?.toString()).toBe('another key');
  expect(await copies.get(second)).toBeNull();

  await rm(join(folder, 'files'), { recursive: true });
  const fourth = await addFile();
  await files.remove(fourth);
  expect(await restoreFiles(db, copies, files)).toEqual({ copied: 2, missing: 1 });
  expect((await files.get(third))?.toString()).toBe(`sealed ${third}`);
  expect(await restoreFiles(db, copies, files)).toEqual({ copied: 0, missing: 1 });
});
