import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, IVANOVA, REASON, testPassport } from '../../../tests/support/case-node.ts';
import { pdfOf } from '../../../tests/support/scans.ts';
import { cloneDatabase, startTestNode, TEST_KEY, type TestNode } from '../../../tests/support/test-node.ts';
import { folderStore } from '../files/index.ts';
import { openVault } from '../../platform/vault.ts';
import { exportPerson, findPerson, forgetWholly, newKey, sealEverythingAnew } from '../privacy/index.ts';
import { sealAudit, verifyAudit } from '../../platform/index.ts';

let node: TestNode;
let url: string;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ url, drop } = database);
  node = await startTestNode(url, undefined, 0, { fileStore: folderStore(fileFolder) });
  work = caseWork(node);
  await work.publish('rf-passport', testPassport());
});
afterAll(async () => {
  await node.close();
  await drop();
  rmSync(fileFolder, { recursive: true });
});

const fileFolder = mkdtempSync(join(tmpdir(), 'okno-files-'));
const safe = { masterKey: TEST_KEY, fileStore: folderStore(fileFolder) };

interface Found {
  personId: string;
  edition: number;
  identity: { surname: string; documents: object[] };
}
const search = (by: object, purpose: object = REASON) =>
  work.must<Found[]>('POST', '/api/persons/search', { purpose, by });

test('a person is one record, found by number, document, or name and birth', async () => {
  const personId = await work.person();
  const one = [expect.objectContaining({ personId })];
  expect(await search({ snils: '11223344595' })).toEqual(one);
  expect(await search({ document: { kind: 'passport', number: '4508 123456' } })).toEqual(one);
  expect(await search({ surname: 'ИВАНОВА', name: 'мария', birth: '1990-05-01' })).toEqual(one);
  expect(await search({ surname: 'Иванова', name: 'Мария', birth: '1990-05-02' })).toEqual([]);
  expect(
    await work.problem('POST', '/api/persons', { purpose: REASON, identity: { ...IVANOVA, surname: 'Другая' } }),
  ).toMatchObject({
    status: 409,
    code: 'person-known',
    personId,
  });
  const [found] = await search({ snils: '112-233-445 95' });
  const identity = { ...found?.identity, surname: 'Смирнова' };
  const put = { purpose: REASON, edition: found?.edition, identity };
  await work.must('PUT', `/api/persons/${personId}`, put);
  expect((await work.problem('PUT', `/api/persons/${personId}`, put)).code).toBe('edition-changed');
  expect(await search({ surname: 'Иванова', name: 'Мария', birth: '1990-05-01' })).toEqual([
    expect.objectContaining({ identity: expect.objectContaining({ surname: 'Смирнова' }) }),
  ]);
});

test('numbers that do not add up are refused by the name of their field (scenario 33)', async () => {
  const add = (change: object) =>
    work.problem('POST', '/api/persons', { purpose: REASON, identity: { ...IVANOVA, ...change } });
  expect(await add({ snils: '112-233-445 96' })).toMatchObject({
    status: 422,
    code: 'number-faulty',
    field: 'СНИЛС',
    reason: 'checksum',
  });
  expect(await add({ inn: '500100732258' })).toMatchObject({ code: 'number-faulty', field: 'ИНН' });
  expect(
    await add({ snils: undefined, documents: [{ kind: 'passport', number: '45 08', issuedOn: '2020-01-10' }] }),
  ).toMatchObject({
    code: 'number-faulty',
    field: 'Паспорт',
    reason: 'length',
  });
});

test('personal data are opened for a visit at one’s window, a task or a reason, and each look is in the log', async () => {
  const visit = { kind: 'visit', centreId: 1, day: '2026-02-19', visitId: '00000000-0000-4000-8000-000000000001' };
  expect(
    await work.problem('POST', '/api/persons/search', { purpose: visit, by: { snils: '11223344595' } }),
  ).toMatchObject({
    status: 403,
    code: 'purpose-needed',
  });
  expect(
    (await work.problem('POST', '/api/persons/search', { purpose: { ...REASON, reason: 'надо' }, by: { snils: '1' } }))
      .status,
  ).toBe(400);
  const before = await entries();
  await search({ snils: '11223344595' });
  const made = (await entries()).slice(before.length);
  expect(made.map(({ action }) => action)).toEqual(['person-searched', 'person-read']);
  expect(JSON.stringify(made)).not.toMatch(/Смирнова|11223344595/);

  async function entries(): Promise<{ action: string }[]> {
    return (
      await node.database.pool.query<{ action: string }>(
        'select action, object, details from audit_entry order by entry_id',
      )
    ).rows;
  }
});

test('a stolen database shows no name, no number, no answer and no scan', async () => {
  const personId = await work.person({
    ...IVANOVA,
    surname: 'Тайнова',
    snils: undefined,
    documents: [{ kind: 'passport', number: '45 10 246813', issuedOn: '2021-01-10' }],
  });
  const draft = await work.begin('rf-passport', personId);
  const called = encodeURIComponent('Тайнова Мария +7 916 246-81-35 tainova@example.org.pdf');
  const upload = await fetch(`${node.url}/api/files`, {
    method: 'POST',
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${called}` },
    body: new Uint8Array(await pdfOf(1, { info: { Title: 'секретный скан' } })),
  });
  const { fileId } = (await upload.json()) as { fileId: string };
  const document = { number: '4510246813', issuedOn: '2021-01-10' };
  await work.write(draft, {
    answers: { fullName: 'Тайнова Мария', why: 'секретная причина' },
    contact: { email: 'tainova@example.org', language: 'ru' },
    evidence: [{ kind: 'passport', seen: 'scan', document, fileIds: [fileId] }],
  });
  const { rows: tables } = await node.database.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    const { rows } = await node.database.pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    const text = rows.map(({ row }) => row).join('\n');
    expect(text, name).not.toMatch(/Тайнова|секретн|4510246813|tainova@|246-81-35/);
    expect(text.toLowerCase(), name).not.toContain(Buffer.from('Тайнова').toString('hex'));
  }
});

test('keys change while everything goes on; what an old key sealed is opened and resealed', async () => {
  const vault = await openVault(node.database, TEST_KEY);
  const first = vault.keyId;
  await newKey(node.database, safe);
  await vault.refresh();
  expect(vault.keyId).toBe(first);
  // A minute later every node has looked for keys.
  await node.database.pool.query(`update data_key set made_at = made_at - interval '1 minute'`);
  await vault.refresh();
  expect(vault.keyId).not.toBe(first);
  vault.close();
  const { rows } = await node.database.pool.query('select key_id from data_key where retired_at is null');
  const { texts, files } = await sealEverythingAnew(node.database, safe);
  expect(texts).toBeGreaterThan(2);
  expect(files).toBeGreaterThan(0);
  expect(await sealEverythingAnew(node.database, safe)).toEqual({ texts: 0, files: 0, persons: 0 });
  expect(rows).toHaveLength(2);
  await expect.poll(() => search({ snils: '11223344595' }).then((found) => found.length)).toBe(1);
  await expect(openVault(node.database, Buffer.alloc(32, 8))).rejects.toThrow('not the one');
});

test('a person has a copy of everything, and is forgotten when nothing of theirs runs any more', async () => {
  const personId = (await findPerson(node.database, safe, '112-233-445 95')) as string;
  const file = await work.registered('rf-passport', personId);
  const copy = await exportPerson(node.database, safe, personId);
  expect(copy).toMatchObject({
    identity: { surname: 'Смирнова' },
    applications: [{ number: file.number, answers: { why: 'нужно' } }],
  });
  expect(await forgetWholly(node.database, safe, personId)).toEqual({ open: [file.number] });
  await work.move(file.applicationId, 'withdraw');
  await work.move(file.applicationId, 'give-papers-back');
  expect(await forgetWholly(node.database, safe, personId)).toEqual({ files: 0 });
  expect(await search({ snils: '11223344595' })).toEqual([]);
  expect((await work.problem('POST', `/api/persons/${personId}/read`, { purpose: REASON })).code).toBe(
    'unknown-person',
  );
  expect(await forgetWholly(node.database, safe, personId)).toBe(null);
  expect(await exportPerson(node.database, safe, personId)).toBe(null);
  // What was done is still there, and names nobody.
  expect((await node.ask('GET', '/api/applications?centreId=1&state=closed')).body).toMatchObject([
    { number: file.number },
  ]);
});

test('a virus is quarantined, and what only calls itself a picture is refused (scenario 36)', async () => {
  const send = async (name: string, body: Buffer | string) => {
    const reply = await fetch(`${node.url}/api/files?name=${name}`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body,
    });
    return { status: reply.status, ...((await reply.json()) as { fileId?: string; state?: string; code?: string }) };
  };
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-');
  const found = await send('scan.pdf', `%PDF-1.4\n${eicar}`);
  expect(found).toMatchObject({ status: 201, state: 'infected' });
  expect((await node.ask('GET', `/api/files/${found.fileId}`)).body.code).toBe('unknown-file');
  expect(await send('photo.jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(1_000_000)]))).toMatchObject({
    status: 415,
    code: 'file-type',
  });
  expect(await send('big.pdf', Buffer.alloc(21 * 1_048_576, '%PDF-1.4'))).toMatchObject({ status: 413 });
  const draft = await work.begin(
    'rf-passport',
    await work.person({ surname: 'Скан', name: 'А', birth: '1990-01-01', documents: [] }),
  );
  const put = {
    edition: draft.edition,
    answers: {},
    evidence: [{ kind: 'passport', seen: 'scan', fileIds: [found.fileId] }],
  };
  expect(await work.problem('PUT', `/api/applications/${draft.applicationId}/draft`, put)).toMatchObject({
    code: 'file-not-clean',
    state: 'infected',
  });
});

test('a day of the log of actions is sealed; a later change of an entry is found', async () => {
  const db = node.database;
  // Yesterday’s entries: those of today, a day older. Only a database that forgot its trigger lets that happen.
  const tamper = async (sql: string) => {
    await db.pool.query('alter table audit_entry disable trigger audit_is_for_ever');
    await db.pool.query(sql);
    await db.pool.query('alter table audit_entry enable trigger audit_is_for_ever');
  };
  await tamper(`update audit_entry set at = at - interval '2 days'`);
  expect(await sealAudit(db)).toBe(1);
  expect(await sealAudit(db)).toBe(0);
  expect((await verifyAudit(db)).map(({ fault }) => fault)).toEqual([null]);
  await tamper(`update audit_entry set object = 'person 1' where entry_id = (select min(entry_id) from audit_entry)`);
  expect((await verifyAudit(db))[0]?.fault).toContain('something was changed');
  await expect(db.pool.query('delete from audit_seal')).rejects.toThrow('never changed');
});
