import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Manifest } from '../../../contract/papers.ts';
import { caseWork, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

let persons = 0;
const registered = async (serviceId = 'rf-passport', evidence: object[] = [], resultCentreId = 1) => {
  persons += 1;
  const personId = await work.person({ surname: `Ветров${persons}`, name: 'Иван', birth: '1970-01-01', documents: [] });
  const draft = await work.begin(serviceId, personId);
  const written = await work.write(draft, {
    evidence: [{ kind: 'passport', seen: 'original-shown', copies: 1 }, ...evidence],
    resultCentreId,
    contact: { phone: '+79031234567', language: 'ru' },
  });
  return work.move(written.applicationId, 'register');
};
const manifest = (direction: string, more: object = { agencyId: 'mvd' }, centreId = 1) =>
  work.must<Manifest>('POST', `/api/centres/${centreId}/manifests`, { commandId: randomUUID(), direction, ...more });
const scan = (id: string, barcode: string) => work.problem('POST', `/api/manifests/${id}/papers`, { barcode });
const seal = (id: string, more: object = {}) =>
  work.problem('POST', `/api/manifests/${id}/seal`, { seal: 'П-17', ...more });
const handOver = (id: string, lines: readonly object[]) =>
  work.problem('POST', `/api/manifests/${id}/hand-over`, { commandId: randomUUID(), lines });
const move = ({ applicationId }: ApplicationFile, name: string, more: object = {}) =>
  work.problem('POST', `/api/applications/${applicationId}/move`, { commandId: randomUUID(), move: name, ...more });
const read = ({ applicationId }: ApplicationFile) => work.read(applicationId);
const barcodesOf = (file: ApplicationFile, form?: string) =>
  file.papers.filter((paper) => form === undefined || paper.form === form).map(({ barcode }) => barcode);
const handed = (barcodes: readonly string[]) => barcodes.map((barcode) => ({ barcode, outcome: 'handed' }));
const carry = async (direction: string, barcodes: readonly string[], more?: object, centreId?: number) => {
  const { manifestId } = await manifest(direction, more, centreId);
  for (const barcode of barcodes) expect((await scan(manifestId, barcode)).status).toBeLessThan(300);
  expect((await seal(manifestId)).status).toBeLessThan(300);
  expect((await handOver(manifestId, handed(barcodes))).status).toBeLessThan(300);
};
const issue = (file: ApplicationFile) =>
  move(file, 'issue', { collector: { personId: file.personId, documentSeen: true, signed: true } });
const noticesOf = async (file: ApplicationFile) => (await read(file)).notices.map(({ kind }) => kind);
const tasks = () => work.must<{ kind: string; applicationId: string }[]>('GET', '/api/centres/1/case-tasks');

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  work = caseWork(node);
  await work.publish('rf-passport', testPassport());
  await work.publish('own', testPassport({ agency: { code: 'mfc', name: { ru: 'Центр', en: 'Centre' } } }));
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('a result on paper is ready when the paper is at the centre of issue, and not a moment before', async () => {
  const file = await registered();
  await carry('out', barcodesOf(file));
  await work.move(file.applicationId, 'decide-positive');
  const decided = await read(file);
  expect(decided.moves).not.toContain('give-result');
  const [result] = barcodesOf(decided, 'result') as [string];
  expect(await move(file, 'give-result')).toMatchObject({ status: 409, code: 'papers-not-here', place: 'agency' });
  expect(await read(file)).toMatchObject({ state: 'decided-positive', readyOn: null });
  expect(await noticesOf(file)).toEqual([]);
  const back = await manifest('in');
  await scan(back.manifestId, result);
  expect(await move(file, 'give-result')).toMatchObject({
    code: 'papers-not-here',
    place: 'manifest',
    manifest: back.number,
  });
  await seal(back.manifestId);
  expect((await read(file)).state).toBe('in-transit-to-centre');
  await handOver(back.manifestId, handed([result]));
  expect((await read(file)).state).toBe('ready');
  expect(await noticesOf(file)).toContain('application-ready');
  expect((await issue(file)).status).toBeLessThan(300);
});

test('a bag without the result takes no application along: papers come back, and it stays decided', async () => {
  const file = await registered();
  await carry('out', barcodesOf(file));
  await work.move(file.applicationId, 'decide-positive');
  await carry('in', barcodesOf(file, 'copy'));
  expect((await read(file)).state).toBe('decided-positive');
  await carry('in', barcodesOf(await read(file), 'result'));
  expect((await read(file)).state).toBe('ready');
});

test('a result that a centre makes itself travels to the centre of issue before it is ready', async () => {
  const file = await registered('own', [], 2);
  await work.move(file.applicationId, 'decide-positive');
  expect(await read(file)).toMatchObject({ state: 'decided-positive', readyOn: null });
  expect(await issue(file)).toMatchObject({ code: 'move-not-allowed' });
  await carry('between', barcodesOf(await read(file), 'result'), { toCentreId: 2 });
  expect((await read(file)).state).toBe('ready');
});

test('a result that has been put into a bag is not given out', async () => {
  const file = await registered();
  await carry('out', barcodesOf(file));
  await work.move(file.applicationId, 'decide-positive');
  const results = barcodesOf(await read(file), 'result');
  await carry('in', results);
  await node.database.pool.query(`update application set result_centre_id = 2 where application_id = $1`, [
    file.applicationId,
  ]);
  const { manifestId } = await manifest('between', { toCentreId: 2 });
  expect((await scan(manifestId, results[0] as string)).status).toBeLessThan(300);
  expect(await issue(file)).toMatchObject({ code: 'papers-not-here', place: 'manifest' });
  await seal(manifestId);
  await handOver(manifestId, handed(results));
  expect((await issue(file)).status).toBeLessThan(300);
});

test('papers are given back when they are back, not while they are at the agency or on the way', async () => {
  const file = await registered();
  await carry('out', barcodesOf(file));
  await work.move(file.applicationId, 'withdraw');
  expect((await read(file)).moves).not.toContain('give-papers-back');
  expect(await move(file, 'give-papers-back')).toMatchObject({ status: 409, code: 'papers-not-here', place: 'agency' });
  expect((await read(file)).papers.map(({ place }) => place)).toEqual(['agency', 'agency']);
  const { manifestId } = await manifest('in');
  for (const barcode of barcodesOf(file)) await scan(manifestId, barcode);
  expect(await move(file, 'give-papers-back')).toMatchObject({ code: 'papers-not-here', place: 'manifest' });
  await seal(manifestId);
  await handOver(manifestId, handed(barcodesOf(file)));
  expect((await read(file)).state).toBe('withdrawn');
  expect((await move(file, 'give-papers-back')).status).toBeLessThan(300);
  expect((await read(file)).papers.map(({ place }) => place)).toEqual(['applicant', 'applicant']);
});

test('what was just registered goes to its agency and nowhere else', async () => {
  const file = await registered('rf-passport', [], 2);
  const { manifestId } = await manifest('between', { toCentreId: 2 });
  expect(await scan(manifestId, barcodesOf(file)[0] as string)).toMatchObject({ status: 409, code: 'paper-not-for' });
  expect((await read(file)).papers.map(({ place }) => place)).toEqual(['centre', 'centre']);
});

test('an application that does not go this way any more keeps the bag open until it is taken out', async () => {
  const file = await registered();
  const { manifestId } = await manifest('out');
  for (const barcode of barcodesOf(file)) await scan(manifestId, barcode);
  await work.move(file.applicationId, 'withdraw');
  expect(await seal(manifestId)).toMatchObject({ status: 409, code: 'paper-not-for', number: file.number });
  for (const barcode of barcodesOf(file)) await work.must('POST', `/api/manifests/${manifestId}/take-out`, { barcode });
  expect((await move(file, 'give-papers-back')).status).toBeLessThan(300);
});

test('after a discrepancy nothing is sealed in silence: the paper is found, or it is said that it goes without', async () => {
  const [found, without] = [await registered(), await registered()];
  const { manifestId } = await manifest('out');
  for (const barcode of [...barcodesOf(found), ...barcodesOf(without)]) await scan(manifestId, barcode);
  await seal(manifestId);
  const lost = [found, without].map((file) => barcodesOf(file)[1] as string);
  await handOver(
    manifestId,
    [...barcodesOf(found), ...barcodesOf(without)].map((barcode) => ({
      barcode,
      outcome: lost.includes(barcode) ? 'missing' : 'handed',
    })),
  );
  expect((await read(found)).state).toBe('registered');
  const open = await tasks();
  expect(open.filter(({ kind }) => kind === 'discrepancy')).toHaveLength(2);
  const next = await manifest('out');
  for (const file of [found, without]) await scan(next.manifestId, barcodesOf(file)[0] as string);
  expect(await seal(next.manifestId)).toMatchObject({ status: 409, code: 'papers-missing' });
  expect((await scan(next.manifestId, lost[0] as string)).status).toBeLessThan(300);
  expect(await seal(next.manifestId)).toMatchObject({ code: 'papers-missing', barcodes: [lost[1]] });
  expect((await seal(next.manifestId, { withoutMissing: true })).status).toBeLessThan(300);
  const sent = (await read(without)).events.at(-1);
  expect(sent).toMatchObject({ move: 'dispatch', details: { without: [lost[1]] } });
  await handOver(
    next.manifestId,
    handed((await work.must<Manifest>('GET', `/api/manifests/${next.manifestId}`)).lines.map(({ barcode }) => barcode)),
  );
  expect((await read(found)).state).toBe('at-agency');
  // The act of what was found is settled; the other one still has to be seen to.
  expect((await tasks()).map(({ applicationId }) => applicationId)).toEqual([without.applicationId]);
});
