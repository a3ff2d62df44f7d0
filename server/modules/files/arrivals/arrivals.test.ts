import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, PNG, testPassport } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../../tests/support/test-node.ts';

interface Arrived {
  readonly fileId: string;
  readonly name: string;
  readonly windowId: number | null;
}

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  work = caseWork(node);
  await work.publish('own', testPassport());
});

afterAll(async () => {
  await node.close();
  await drop();
});

async function bring(query: object, bytes: Buffer = PNG, centreId = 1) {
  const asked = new URLSearchParams({ sentAs: randomUUID(), name: 'scan.png', ...query });
  const reply = await fetch(`${node.url}/api/centres/${centreId}/arrived-scans?${asked}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return { status: reply.status, ...((await reply.json()) as { fileId: string; state: string; code?: string }) };
}

const waiting = (query = '', centreId = 1) =>
  work.must<Arrived[]>('GET', `/api/centres/${centreId}/arrived-scans${query}`);

test('a scan comes up at its window and at no other, once however often it is sent, until it is part of a document', async () => {
  const sentAs = randomUUID();
  const first = await bring({ sentAs, window: '3', name: 'Паспорт.png' });
  expect(first).toMatchObject({ status: 201, state: 'clean' });
  expect((await bring({ sentAs, window: '3' })).fileId).toBe(first.fileId);
  await node.stepTo(1);
  const shared = await bring({});
  expect(await waiting('?windowId=3')).toMatchObject([
    { fileId: shared.fileId, windowId: null },
    { fileId: first.fileId, windowId: 3, name: 'Паспорт.png' },
  ]);
  expect((await waiting('?windowId=4')).map(({ fileId }) => fileId)).toEqual([shared.fileId]);
  expect(await waiting('', 2)).toEqual([]);

  const opened = await fetch(`${node.url}/api/files/${first.fileId}`);
  expect(opened.status).toBeLessThan(300);
  expect(opened.headers.get('content-type')).toBe('image/svg+xml');

  const { applicationId } = await work.write(await work.begin('own', await work.person()), {
    evidence: [{ kind: 'passport', seen: 'scan', fileIds: [first.fileId] }],
  });
  expect((await waiting('?windowId=3')).map(({ fileId }) => fileId)).toEqual([shared.fileId]);
  expect((await work.read(applicationId)).evidence[0]?.files).toMatchObject([{ fileId: first.fileId }]);
  const gone = await work.problem('DELETE', `/api/centres/1/arrived-scans/${first.fileId}`);
  expect(gone).toMatchObject({ status: 404, code: 'unknown-file' });

  // Of another centre it cannot be thrown away; of its own it can, once.
  expect((await work.problem('DELETE', `/api/centres/2/arrived-scans/${shared.fileId}`)).code).toBe('unknown-file');
  await work.must('DELETE', `/api/centres/1/arrived-scans/${shared.fileId}`);
  expect(await waiting()).toEqual([]);
  expect((await work.problem('DELETE', `/api/centres/1/arrived-scans/${shared.fileId}`)).code).toBe('unknown-file');
});

test('what is no scan, what bears a virus and what comes to no centre is not taken in', async () => {
  expect(await bring({}, Buffer.from('MZ program'))).toMatchObject({ status: 415, code: 'file-type' });
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-');
  expect(await bring({}, Buffer.from(eicar))).toMatchObject({ status: 201, state: 'infected' });
  expect(await bring({}, PNG, 99)).toMatchObject({ code: 'unknown-centre' });
  expect((await bring({ sentAs: 'again' })).status).toBe(400);
  expect((await bring({ window: '0' })).status).toBe(400);
  expect(await waiting()).toEqual([]);
});
