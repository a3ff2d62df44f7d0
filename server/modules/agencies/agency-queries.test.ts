import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { type CivilDate, instantOf } from '../../../core/time/civil.ts';
import { caseWork, SIDOROV, testPassport, testVariant } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode, ZONE } from '../../../tests/support/test-node.ts';
import { reportLateQueries } from './report-overdue.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let persons = 0;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  const [passport] = testVariant().evidence;
  const asked = { ...passport, broughtBy: 'agency-query', original: 'not-needed', copies: 0, askedOf: 'rosreestr' };
  const evidence = [passport, { ...asked, kind: 'home-right', name: { ru: 'Права на жильё', en: 'Rights to a home' } }];
  await work.publish('subsidy', testPassport({}, { evidence: evidence as never }));
  const registry = { code: 'rosreestr', name: { ru: 'Росреестр', en: 'State registry' } };
  await work.publish('property', testPassport({ agency: registry }));
});

afterAll(async () => {
  await node.close();
  await drop();
});

async function registered(): Promise<ApplicationFile> {
  persons += 1;
  const person = { ...SIDOROV, surname: `Соседов${persons}`, snils: undefined, documents: [] };
  return work.registered('subsidy', await work.person(person));
}

const says = (messageId: string | undefined, words: object, answerId = randomUUID()) =>
  work.must<{ outcome: string }>('POST', '/api/agencies/rosreestr/answers', { answerId, messageId, says: words });
const tasks = async ({ applicationId }: ApplicationFile) =>
  (await work.must<{ taskId: string; kind: string; applicationId: string }[]>('GET', '/api/centres/1/case-tasks'))
    .filter((task) => task.applicationId === applicationId)
    .map(({ taskId, kind }) => ({ taskId, kind }));

test('what an agency has nobody needs to bring: it is asked for at once, under its own name and with a date', async () => {
  const file = await registered();
  expect(file.queries).toMatchObject([{ agency: { ru: 'Росреестр' }, evidence: 'home-right', dueOn: '2026-02-27' }]);
  const [query] = await work.must<{ messageId: string; kind: string; number: string }[]>(
    'GET',
    '/api/agencies/rosreestr/messages',
  );
  expect(query).toMatchObject({ kind: 'query', evidence: 'home-right', number: file.number });
  const answerId = randomUUID();
  expect(await says(query?.messageId, { kind: 'evidence' }, answerId)).toEqual({ outcome: 'taken' });
  expect(await says(query?.messageId, { kind: 'evidence' }, answerId)).toEqual({ outcome: 'known' });
  const now = await work.read(file.applicationId);
  expect(now.queries).toMatchObject([{ state: 'answered' }]);
  expect(now.evidence).toContainEqual(expect.objectContaining({ kind: 'home-right', seen: 'from-agency' }));
  expect(await tasks(file)).toEqual([]);
});

test('an agency that has nothing of the kind, and one that is late, are seen to by a person; once', async () => {
  const [nothing, late] = [await registered(), await registered()];
  await says(nothing.queries[0]?.messageId, { kind: 'no-evidence', note: 'записей нет' });
  expect((await work.read(nothing.applicationId)).queries).toMatchObject([{ state: 'answered', fault: 'записей нет' }]);
  expect(await tasks(nothing)).toMatchObject([{ kind: 'query-without-answer' }]);

  const context = { db: node.database, now: () => node.now() };
  const on = (day: string) => reportLateQueries(context, day as CivilDate);
  await on('2026-02-27');
  expect(await tasks(late)).toEqual([]);
  await node.ask('POST', '/api/clock/step', { to: instantOf('2026-02-28' as CivilDate, '10:00', ZONE) });
  await on('2026-02-28');
  await on('2026-02-28');
  const [task, ...more] = await tasks(late);
  expect([task?.kind, more]).toEqual(['query-overdue', []]);
  await work.must('POST', `/api/case-tasks/${task?.taskId}/close`, { outcome: 'позвонили в ведомство' });
  await on('2026-03-02');
  expect(await tasks(late)).toEqual([]);
  expect(await tasks(nothing)).toMatchObject([{ kind: 'query-without-answer' }]);
});
