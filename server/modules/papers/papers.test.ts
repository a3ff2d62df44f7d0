import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Manifest } from '../../../contract/papers.ts';
import { addDays, businessDayAt, type CivilTime, instantOf, weekdayOf } from '../../../core/time/civil.ts';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode, ZONE } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

let persons = 0;
const registered = async (more: object = {}) => {
  persons += 1;
  const personId = await work.person({
    surname: `Смирнов${persons}`,
    name: 'Иван',
    birth: '1970-01-01',
    documents: [],
  });
  const draft = await work.begin('rf-passport', personId, more);
  return work.move(
    (await work.write(draft, { contact: { phone: '+79031234567', language: 'ru' } })).applicationId,
    'register',
  );
};
const manifest = (direction: string, more: object = { agencyId: 'mvd' }, centreId = 1) =>
  work.must<Manifest>('POST', `/api/centres/${centreId}/manifests`, { commandId: randomUUID(), direction, ...more });
const scan = (id: string, barcode: string) => work.must<Manifest>('POST', `/api/manifests/${id}/papers`, { barcode });
const seal = (id: string) => work.must<Manifest>('POST', `/api/manifests/${id}/seal`, { seal: 'П-17' });
const handOver = (id: string, lines: readonly object[]) =>
  work.must<Manifest>('POST', `/api/manifests/${id}/hand-over`, { commandId: randomUUID(), lines });
const scanAll = async (id: string, files: readonly ApplicationFile[], form?: string) => {
  const papers = files.flatMap((file) => file.papers).filter((paper) => form === undefined || paper.form === form);
  for (const { barcode } of papers) await scan(id, barcode);
  return papers;
};
const onDay = (day: string) => node.ask('POST', '/api/clock/step', { to: instantOf(day, '10:00', ZONE) });
const stateOf = async ({ applicationId }: ApplicationFile) => (await work.read(applicationId)).state;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  work = caseWork(node);
  await work.publish('rf-passport', testPassport());
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('an agency signs for two of three; the third comes back with an act, and its clock runs on (scenario 21)', async () => {
  const files = [await registered(), await registered(), await registered()];
  const { manifestId, number } = await manifest('out');
  expect((await manifest('out')).manifestId).toBe(manifestId);
  const papers = await scanAll(manifestId, files);
  await seal(manifestId);
  expect(await Promise.all(files.map(stateOf))).toEqual(Array(3).fill('in-transit-to-agency'));
  const short = files[2]?.papers[1]?.barcode as string;
  const closed = await handOver(
    manifestId,
    papers.map(({ barcode }) =>
      barcode === short ? { barcode, outcome: 'missing', note: 'листа нет' } : { barcode, outcome: 'handed' },
    ),
  );
  expect(closed).toMatchObject({ state: 'handed', number, handedAt: node.now() });
  expect(await Promise.all(files.map(stateOf))).toEqual(['at-agency', 'at-agency', 'registered']);
  const third = await work.read(files[2]?.applicationId as string);
  expect(third).toMatchObject({ lastDay: files[2]?.lastDay });
  expect(third.papers.map(({ place }) => place)).toEqual(['centre', 'missing']);
  const tasks = await work.must<{ kind: string; applicationId: string; details: object }[]>(
    'GET',
    '/api/centres/1/case-tasks',
  );
  expect(tasks).toMatchObject([
    {
      kind: 'discrepancy',
      applicationId: third.applicationId,
      details: { manifest: number, papers: [{ barcode: short, note: 'листа нет' }] },
    },
  ]);
});

test('a paper is in one manifest at a time, and what there is not cannot be scanned (scenario 22)', async () => {
  const file = await registered();
  const { manifestId, number } = await manifest('out');
  const [first, second] = file.papers.map(({ barcode }) => barcode) as [string, string];
  await scan(manifestId, first);
  const seen = await work.problem('POST', `/api/manifests/${manifestId}/seal`, { seal: '1' });
  expect(seen).toMatchObject({ code: 'papers-left-out', barcodes: [second] });
  await scan(manifestId, second);
  await seal(manifestId);
  const { manifestId: next } = await manifest('out');
  expect(await work.problem('POST', `/api/manifests/${next}/papers`, { barcode: first })).toMatchObject({
    status: 409,
    code: 'paper-elsewhere',
    manifest: number,
  });
  expect(await work.problem('POST', `/api/manifests/${next}/papers`, { barcode: '000000000000' })).toMatchObject({
    status: 404,
    code: 'unknown-paper',
  });
  expect((await work.must<Manifest>('GET', `/api/manifests/${next}`)).lines).toEqual([]);
  expect(await work.problem('POST', `/api/manifests/${manifestId}/take-out`, { barcode: first })).toMatchObject({
    code: 'manifest-not-open',
  });
  await handOver(
    manifestId,
    file.papers.map(({ barcode }) => ({ barcode, outcome: 'handed' })),
  );
});

test('couriers leave by the clock on the wall: a manifest closes with the next one, and what will be late is said', async () => {
  const put = (departures: object[]) => work.problem('PUT', '/api/centres/2/courier-departures', { departures });
  expect((await put([{ agencyId: 'nobody', weekday: 1, leavesAt: '16:00' }])).code).toBe('unknown-agency');
  expect((await put([{ agencyId: 'mvd', weekday: 8, leavesAt: '16:00' }])).status).toBe(400);
  const now = node.now();
  const day = businessDayAt(now, ZONE);
  const tomorrow = addDays(day, 1);
  expect((await put([{ agencyId: 'mvd', weekday: weekdayOf(tomorrow), leavesAt: '16:00' }])).status).toBeLessThan(300);
  const file = await registered({ centreId: 2 });
  const waiting = await work.must<{ number: string; leavesAt: number; tooLate: boolean }[]>(
    'GET',
    '/api/centres/2/papers',
  );
  const leavesAt = instantOf(tomorrow, '16:00' as CivilTime, ZONE);
  expect(waiting.filter(({ number }) => number === file.number)).not.toHaveLength(0);
  for (const one of waiting.filter(({ number }) => number === file.number)) expect(one).toMatchObject({ leavesAt });
  expect((await manifest('out', { agencyId: 'mvd' }, 2)).cutOff).toBe(leavesAt);
  await put([]);
});

test('two scanners at once put a paper into one manifest', async () => {
  const file = await registered({ centreId: 2 });
  const barcode = file.papers[0]?.barcode as string;
  const { manifestId } = await manifest('out', { agencyId: 'mvd' }, 2);
  const both = await Promise.all(
    [1, 2].map(() => work.problem('POST', `/api/manifests/${manifestId}/papers`, { barcode })),
  );
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect((await work.must<Manifest>('GET', `/api/manifests/${manifestId}`)).papers).toBe(1);
});

test('a result comes back, waits on the shelf, moves to another centre, and is kept thirty days (scenario 31)', async () => {
  await onDay('2026-04-08');
  const file = await registered();
  const out = await manifest('out');
  await scanAll(out.manifestId, [file]);
  await seal(out.manifestId);
  await handOver(
    out.manifestId,
    file.papers.map(({ barcode }) => ({ barcode, outcome: 'handed' })),
  );
  expect((await work.move(file.applicationId, 'decide-positive')).state).toBe('decided-positive');
  const back = await manifest('in');
  const [result] = await scanAll(back.manifestId, [await work.read(file.applicationId)], 'result');
  const barcode = result?.barcode as string;
  await seal(back.manifestId);
  expect(await stateOf(file)).toBe('in-transit-to-centre');
  await onDay('2026-04-10');
  await handOver(back.manifestId, [{ barcode, outcome: 'handed' }]);
  expect(await work.read(file.applicationId)).toMatchObject({
    state: 'ready',
    readyOn: '2026-04-10',
    storedUntil: '2026-05-10',
  });
  await work.must('PUT', `/api/papers/${barcode}/shelf`, { cell: 'А-12' });
  expect(
    (await work.must<ApplicationFile>('POST', '/api/applications/find', { text: barcode })).papers.at(-1),
  ).toMatchObject({
    place: 'shelf',
    where: '1 · А-12',
  });
  const { rows } = await node.database.pool.query<{ kind: string; day: string }>(
    `select kind, (next_at at time zone 'Europe/Moscow')::date::text as day from notice where about = $1 order by next_at`,
    [`application ${file.applicationId}`],
  );
  expect(rows).toEqual([
    { kind: 'application-ready', day: '2026-04-10' },
    { kind: 'application-storage-ends', day: '2026-05-03' },
    { kind: 'application-storage-ends', day: '2026-05-09' },
  ]);
  await onDay('2026-05-10');
  const last = await work.problem('POST', `/api/applications/${file.applicationId}/move`, {
    commandId: randomUUID(),
    move: 'issue',
    collector: { personId: (await work.read(file.applicationId)).personId, documentSeen: true, signed: true },
  });
  expect(last.status).toBeLessThan(300);
  expect((await work.read(file.applicationId)).papers.at(-1)).toMatchObject({ place: 'applicant' });
});
