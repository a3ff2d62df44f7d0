import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { HEIC, pdfOf, photograph } from '../../../tests/support/scans.ts';
import {
  cloneDatabase,
  startTestNode,
  TEN,
  TEST_KEY,
  testCentre,
  type TestNode,
} from '../../../tests/support/test-node.ts';
import { openVault, placeOf, type Vault } from '../../platform/vault.ts';
import { folderStore } from './index.ts';
import { sweepFiles } from './sweep-files.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let folder: string;
let vault: Vault;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  folder = mkdtempSync(join(tmpdir(), 'okno-gate-'));
  const fileStore = folderStore(folder);
  node = await startTestNode(database.url, [testCentre(1)], 0, { fileStore });
  const db = node.database;
  vault = await openVault(db, TEST_KEY);
  work = caseWork(node);
  await work.publish('own', testPassport());
});

afterAll(async () => {
  vault.close();
  await node.close();
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Replaces the bytes of a stored file with those that an earlier version kept. */
const putSealed = (fileId: string, bytes: Buffer) =>
  folderStore(folder).put(fileId, vault.sealBytes(bytes, placeOf('file', fileId)));

const disposition = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

/** Brings a file by one of the two doors: as a clerk sends it, or as a scanner puts it down. */
async function bring(bytes: Buffer, { door = 'clerk', language = 'ru', name = 'scan.pdf' } = {}) {
  const path = door === 'clerk' ? '/api/files' : `/api/centres/1/arrived-scans?sentAs=${randomUUID()}`;
  const reply = await fetch(node.url + path, {
    method: 'POST',
    headers: { 'accept-language': language, 'content-disposition': disposition(name) },
    body: new Uint8Array(bytes),
  });
  const said = (await reply.json()) as { fileId: string; code?: string; detail?: string; contentType?: string };
  return { status: reply.status, ...said };
}

async function shown(fileId: string) {
  const reply = await fetch(`${node.url}/api/files/${fileId}`, { headers: { 'accept-language': 'ru' } });
  return { status: reply.status, type: reply.headers.get('content-type') ?? '', text: await reply.text() };
}

/** A picture as it is shown, without the mark around it. */
function pictureIn(svg: string): Buffer {
  return Buffer.from(/;base64,([^"]+)"/.exec(svg)?.[1] ?? '', 'base64');
}

const active = async () =>
  Buffer.from(
    (await pdfOf(1))
      .toString('latin1')
      .replace('/Type /Catalog', '/AA <</WC <</S /JavaScript /JS (x)>>>> /Type /Catalog'),
    'latin1',
  );

test.each(['clerk', 'scanner'])(
  'what would not open afterwards is refused at once, with the reason (%s)',
  async (door) => {
    const locked = await bring(await pdfOf(1, { userPassword: 'secret' }), { door });
    expect(locked).toMatchObject({ status: 422, code: 'file-locked' });
    expect(locked.detail).toMatch(/закрыт паролем.*отсканируйте/);
    expect((await bring(await pdfOf(1, { userPassword: 'secret' }), { door, language: 'en' })).detail).toMatch(
      /locked with a password/,
    );
    const jpeg = await photograph({ width: 200, height: 200 }).jpeg().toBuffer();
    expect(await bring(jpeg.subarray(0, jpeg.length / 2), { door })).toMatchObject({
      status: 422,
      code: 'file-cut-off',
    });
    expect(await bring(await active(), { door })).toMatchObject({ status: 422, code: 'file-active' });
    expect(await bring(Buffer.from('%PDF-1.7 nothing %%EOF'), { door })).toMatchObject({ code: 'file-broken' });
    expect(await bring(Buffer.from('GIF89a'), { door })).toMatchObject({ status: 415, code: 'file-type' });
    expect(await work.must('GET', '/api/centres/1/arrived-scans')).toEqual([]);
  },
);

test('a photograph of a telephone is shown upright, and where it was taken is kept nowhere', async () => {
  const brought = await photograph({ width: 90, height: 60 })
    .withExif({ IFD0: { Make: 'Secretphone' }, IFD3: { GPSLatitude: '55/1 45/1 0/1' } })
    .withMetadata({ orientation: 8 })
    .jpeg()
    .toBuffer();
  const { fileId } = await bring(brought, { door: 'scanner' });
  const { type, text } = await shown(fileId);
  expect(type).toBe('image/svg+xml');
  const { width, height, exif } = await sharp(pictureIn(text)).metadata();
  expect([width, height, exif]).toEqual([60, 90, undefined]);
});

test('TIFF and HEIC come out as what browsers show', async () => {
  const tiff = await photograph({ width: 80, height: 80 }).tiff().toBuffer();
  for (const bytes of [tiff, HEIC]) {
    const { fileId, contentType } = await bring(bytes, { door: 'scanner' });
    expect(contentType).toBe('image/jpeg');
    expect((await shown(fileId)).text).toContain('data:image/jpeg;base64,');
  }
});

test('the name of a file is shown to the clerk, and is stored nowhere in clear', async () => {
  const name = 'Паспорт Тайновой 8 916 246-81-35 tainova@example.org.pdf';
  const { fileId } = await bring(await pdfOf(1), { door: 'scanner', name });
  const arrived = await work.must<{ fileId: string; name: string }[]>('GET', '/api/centres/1/arrived-scans');
  expect(arrived.find((one) => one.fileId === fileId)?.name).toBe(
    'Паспорт Тайновой 8 916 246-81-35 tainovaexample.org.pdf',
  );
  const db = node.database;
  // One that an older node took in is sealed by the hour.
  const old = await bring(await pdfOf(1), { door: 'scanner' });
  await db.pool.query('update stored_file set sealed_name = null, name = $2 where file_id = $1', [
    old.fileId,
    'Тайнова.pdf',
  ]);
  await sweepFiles({ db, vault, now: () => TEN, fileStore: folderStore(folder) });
  const { rows } = await db.pool.query<{ row: string }>('select f::text as row from stored_file f');
  for (const { row } of rows) expect(row).not.toMatch(/Тайнов|246-81-35|tainova/);
  const again = await work.must<{ fileId: string; name: string }[]>('GET', '/api/centres/1/arrived-scans');
  expect(again.find((one) => one.fileId === old.fileId)?.name).toBe('Тайнова.pdf');
});

test('what was taken in before files were looked into is looked into when it is opened', async () => {
  const { fileId } = await bring(await pdfOf(1), { door: 'scanner' });
  await node.database.pool.query('update stored_file set pages = null where file_id = $1', [fileId]);
  expect((await shown(fileId)).status).toBeLessThan(300);
  const picture = await bring(await photograph({ width: 90, height: 60 }).jpeg().toBuffer(), { door: 'scanner' });
  const exif = await photograph({ width: 90, height: 60 }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  await putSealed(picture.fileId, exif);
  await node.database.pool.query('update stored_file set pages = null where file_id = $1', [picture.fileId]);
  const { width, height } = await sharp(pictureIn((await shown(picture.fileId)).text)).metadata();
  expect([width, height]).toEqual([60, 90]);
  await putSealed(fileId, await active());
  expect(await shown(fileId)).toMatchObject({ status: 422 });
});
