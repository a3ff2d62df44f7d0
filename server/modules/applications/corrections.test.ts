import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Manifest } from '../../../contract/papers.ts';
import { caseWork, testPassport, testVariant } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

let persons = 0;
const somebody = () => {
  persons += 1;
  return work.person({ surname: `Поправкин${persons}`, name: 'Пётр', birth: '1980-01-01', documents: [] });
};
const SHOWN = { kind: 'passport', seen: 'original-shown', copies: 1 };
const put = ({ applicationId, edition, answers }: ApplicationFile, evidence: object[], more: object = {}) =>
  work.problem('PUT', `/api/applications/${applicationId}/draft`, {
    edition,
    answers: { ...answers, why: 'нужно' },
    evidence,
    ...more,
  });
const move = ({ applicationId }: ApplicationFile, name: string) =>
  work.problem('POST', `/api/applications/${applicationId}/move`, { commandId: randomUUID(), move: name });
const read = ({ applicationId }: ApplicationFile) => work.read(applicationId);

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  const [passport] = testVariant().evidence;
  const evidence = [
    passport,
    {
      ...passport,
      kind: 'certificate',
      name: { ru: 'Справка', en: 'Certificate' },
      need: 'optional',
      shelfLifeDays: 30,
    },
  ] as ReturnType<typeof testVariant>['evidence'];
  await work.publish('rf-passport', testPassport({}, { evidence }));
  await work.publish('other', testPassport());
});
afterAll(async () => {
  await node.close();
  await drop();
});

describe('what was sent back', () => {
  test('is corrected: answers, documents and papers are added and sent again, and what was before stays', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    const file = await work.move((await work.write(draft)).applicationId, 'register');
    const { manifestId } = await work.must<Manifest>('POST', '/api/centres/1/manifests', {
      commandId: randomUUID(),
      direction: 'out',
      agencyId: 'mvd',
    });
    const lines = file.papers.map(({ barcode }) => ({ barcode, outcome: 'handed' }));
    for (const { barcode } of lines) await work.must('POST', `/api/manifests/${manifestId}/papers`, { barcode });
    await work.must('POST', `/api/manifests/${manifestId}/seal`, { seal: '1' });
    await work.must('POST', `/api/manifests/${manifestId}/hand-over`, { commandId: randomUUID(), lines });
    const asked = await work.move(file.applicationId, 'ask-fix', { ground: 'no-sheet' });
    expect(
      (
        await put(asked, [SHOWN, { kind: 'certificate', seen: 'original-kept', issuedOn: '2026-02-10' }], {
          answers: { ...asked.answers, why: 'исправлено' },
        })
      ).status,
    ).toBe(200);
    const corrected = await read(file);
    expect(corrected).toMatchObject({ state: 'fix-requested', answers: { why: 'исправлено' } });
    expect(corrected.evidence.map(({ kind }) => kind)).toEqual(['certificate', 'passport']);
    expect(corrected.events.at(-1)).toMatchObject({
      move: 'correct',
      details: { fields: ['why'], documents: ['certificate'] },
    });
    const sent = await work.move(file.applicationId, 'fix');
    expect(sent.state).toBe('at-agency');
    const added = sent.papers.slice(file.papers.length);
    expect(added.map(({ form, kind, place }) => [form, kind, place])).toEqual([
      ['form', 'application', 'centre'],
      ['original', 'certificate', 'centre'],
    ]);
    const next = await work.must<Manifest>('POST', '/api/centres/1/manifests', {
      commandId: randomUUID(),
      direction: 'out',
      agencyId: 'mvd',
    });
    for (const { barcode } of added) await work.must('POST', `/api/manifests/${next.manifestId}/papers`, { barcode });
    await work.must('POST', `/api/manifests/${next.manifestId}/seal`, { seal: '2' });
  });

  test('is not emptied: a correction takes nothing away, and is complete before it goes', async () => {
    const file = await work.registered('rf-passport', await somebody());
    await node.database.pool.query(`update application set state = 'fix-requested' where application_id = $1`, [
      file.applicationId,
    ]);
    const asked = await read(file);
    expect((await put(asked, [], { answers: {} })).status).toBeLessThan(300);
    expect((await read(file)).evidence.map(({ kind }) => kind)).toEqual(['passport']);
    expect(await move(file, 'fix')).toMatchObject({ status: 422, code: 'form-faulty' });
  });
});

describe('evidence', () => {
  test('that comes from agencies and results is noted by the program, not by hand', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    for (const seen of ['from-result', 'from-agency'])
      expect(await put(draft, [{ kind: 'passport', seen }])).toMatchObject({
        status: 422,
        code: 'evidence-not-by-hand',
      });
  });

  test('that is not needed has a reason; a kind that nobody asks for is refused', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    const excused = { kind: 'passport', seen: 'lawful-reason' };
    expect(await put(draft, [excused])).toMatchObject({ status: 422, code: 'evidence-reason-needed' });
    expect(await put(draft, [{ kind: 'nosuch', seen: 'copy' }])).toMatchObject({ code: 'evidence-unknown' });
    expect((await put(draft, [{ ...excused, reason: 'утрачен при пожаре' }])).status).toBeLessThan(300);
    expect((await read(draft)).evidence).toMatchObject([{ kind: 'passport', reason: 'утрачен при пожаре' }]);
    // What was said once is kept.
    expect((await put(await read(draft), [excused])).status).toBeLessThan(300);
  });

  test('that is said to be issued on a day that has not come yet is not taken', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    const faulty = (field: string) => ({ status: 422, code: 'form-faulty', fields: [{ field, fault: 'in-future' }] });
    const issuedOn = '2099-01-01';
    const shown = await put(draft, [{ ...SHOWN, issuedOn }]);
    expect(shown).toMatchObject(faulty('evidence.passport.issuedOn'));
    const numbered = await put(draft, [{ ...SHOWN, document: { number: '1', issuedOn } }]);
    expect(numbered).toMatchObject(faulty('evidence.passport.document.issuedOn'));
    expect((await put(draft, [{ ...SHOWN, issuedOn: draft.today }])).status).toBeLessThan(300);
  });

  test('that is good for thirty days is not taken on the thirty-first, nor of no date, nor of tomorrow', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    const of = (issuedOn?: string) => [SHOWN, { kind: 'certificate', seen: 'copy', ...(issuedOn && { issuedOn }) }];
    const { today } = draft;
    const before = (days: number) =>
      new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
    expect(await put(draft, of(before(31)))).toMatchObject({ status: 422, code: 'evidence-too-old' });
    expect(await put(draft, of(before(-1)))).toMatchObject({ code: 'evidence-too-old' });
    expect((await put(draft, of())).status).toBeLessThan(300);
    expect(await move(draft, 'register')).toMatchObject({ code: 'evidence-too-old' });
    expect((await put(await read(draft), of(before(30)))).status).toBeLessThan(300);
    expect((await move(draft, 'register')).status).toBeLessThan(300);
  });
});

test('a correction is of an application of the same person and service', async () => {
  const [own, foreign] = [await somebody(), await somebody()];
  const wrong = await work.registered('rf-passport', own);
  const begin = (personId: string, serviceId: string) =>
    work.problem('POST', '/api/applications', {
      commandId: randomUUID(),
      centreId: 1,
      serviceId,
      variant: 'usual',
      personId,
      correctionOf: wrong.applicationId,
      anotherBecause: 'опечатка в результате',
    });
  expect(await begin(foreign, 'rf-passport')).toMatchObject({ status: 422, code: 'not-a-correction' });
  expect(await begin(own, 'other')).toMatchObject({ code: 'not-a-correction' });
  expect((await begin(own, 'rf-passport')).status).toBeLessThan(300);
});
