import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, IVANOVA, PNG, testPassport } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, TEN, type TestNode } from '../../../../tests/support/test-node.ts';
import { folderStore } from '../../files/index.ts';
import { clearRemoved } from '../../files/index.ts';
import { countTooOld, removeTooOld } from '../index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let fileFolder: string;
let work: ReturnType<typeof caseWork>;

const DAY_MS = 86_400_000;
beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  fileFolder = await mkdtemp(join(tmpdir(), 'okno-retention-'));
  node = await startTestNode(database.url, undefined, 0, { fileStore: folderStore(fileFolder) });
  work = caseWork(node);
  await work.publish('own', testPassport({ agency: { code: 'mfc', name: { ru: 'Центр', en: 'Centre' } } }));
});

afterAll(async () => {
  await node.close();
  await drop();
  await rm(fileFolder, { recursive: true, force: true });
});

async function upload(): Promise<string> {
  const reply = await fetch(`${node.url}/api/files?name=passport.png`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: PNG,
  });
  return ((await reply.json()) as { fileId: string }).fileId;
}

/** An application with a scan, from the window to the result; or only registered. */
async function application(personId: string, over: boolean) {
  const fileId = await upload();
  const draft = await work.begin('own', personId, { anotherBecause: 'проверка хранения' });
  const { applicationId } = await work.write(draft, {
    evidence: [{ kind: 'passport', seen: 'scan', fileIds: [fileId] }],
  });
  await work.move(applicationId, 'register');
  if (!over) return { applicationId, fileId };
  await work.move(applicationId, 'decide-positive');
  await work.move(applicationId, 'issue', { collector: { personId, documentSeen: true, signed: true } });
  return { applicationId, fileId };
}

test('what has been over for long enough goes: counted first, then removed, and the rest stays', async () => {
  const [old, current] = [
    await work.person(),
    await work.person({ ...IVANOVA, surname: 'Новая', snils: '087-654-303 00', documents: [] }),
  ];
  const done = await application(old, true);
  const running = await application(current, false);
  const store = folderStore(fileFolder);
  const db = node.database;
  const early = { scansSince: TEN - DAY_MS, applicationsSince: TEN - DAY_MS };
  const late = { scansSince: TEN + DAY_MS, applicationsSince: TEN + DAY_MS };
  const remove = async (keep: typeof early) => {
    const removed = await removeTooOld(db, keep);
    await clearRemoved(db, store);
    return removed;
  };

  expect(await countTooOld(db, early)).toEqual({ scans: 0, applications: 0, persons: 0 });
  expect(await remove(early)).toEqual({ scans: 0, applications: 0, persons: 0 });
  expect(await countTooOld(db, late)).toEqual({ scans: 1, applications: 1, persons: 0 });
  expect(await countTooOld(db, late)).toEqual({ scans: 1, applications: 1, persons: 0 });

  // A scan may go sooner than the application.
  expect(await remove({ ...late, applicationsSince: early.applicationsSince })).toEqual({
    scans: 1,
    applications: 0,
    persons: 0,
  });
  expect((await work.read(done.applicationId)).answers['fullName']).toBe('Иванова Мария Петровна');
  expect((await readdir(fileFolder, { recursive: true })).join(' ')).not.toContain(done.fileId);

  expect(await remove(late)).toEqual({ scans: 0, applications: 1, persons: 1 });
  expect(await remove(late)).toEqual({ scans: 0, applications: 0, persons: 0 });
  const emptied = await work.read(done.applicationId);
  expect(emptied).toMatchObject({ state: 'issued', answers: {}, contact: null, personId: old });
  expect(emptied.events.map(({ move }) => move)).toContain('issue');
  expect((await work.read(running.applicationId)).evidence[0]?.files).toMatchObject([{ fileId: running.fileId }]);
  expect((await readdir(fileFolder, { recursive: true })).join(' ')).toContain(running.fileId);
  const { rows } = await db.pool.query(
    `select action, details from audit_entry where object = 'retention' order by entry_id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['scans-removed', 'applications-emptied', 'persons-forgotten']);
});
