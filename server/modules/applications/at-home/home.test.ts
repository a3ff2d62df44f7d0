import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, testPassport, testVariant } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../../tests/support/test-node.ts';

let node: TestNode;
let url: string;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let applicant: string;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ url, drop } = database);
  node = await startTestNode(url);
  work = caseWork(node);
  const say = (words: string) => ({ ru: words, en: words });
  const more: NonNullable<ReturnType<typeof testVariant>['form']> = [
    { name: 'shared', label: say('Доля'), kind: 'yes-no' },
    { name: 'share', label: say('Какая'), kind: 'text', when: { field: 'shared', is: ['yes'] } },
  ];
  const form = [...(testVariant().form ?? []), ...more];
  await work.publish('at-home', testPassport({}, { form }));
  await work.publish('other', testPassport());
  const optional = [{ name: 'remark', label: say('Примечание'), kind: 'text', optional: true }] as const;
  await work.publish('all-optional', testPassport({}, { form: [...optional] }));
  await work.publish('nothing-asked', testPassport({}, { form: [] }));
  applicant = await work.person();
});

afterAll(async () => {
  await node.close();
  await drop();
});

const wish = { serviceId: 'at-home', variant: 'usual' };
const keep = (answers: object) => work.problem('POST', '/api/home-drafts', { ...wish, answers });
const kept = async () => {
  const { code } = await work.must<{ code: string }>('POST', '/api/home-drafts', {
    ...wish,
    answers: { why: 'тайное слово', shared: 'no', fullName: 'Не Та Фамилия' },
  });
  return code;
};
const begin = (homeCode: string, more: object = {}) =>
  work.problem('POST', '/api/applications', {
    commandId: randomUUID(),
    centreId: 1,
    ...wish,
    personId: applicant,
    anotherBecause: 'проверка начатого дома',
    homeCode,
    ...more,
  });

test('follow-up questions of an answer are asked, and the applicant’s identity is not', async () => {
  const fields = async (answers: object) =>
    ((await keep(answers))['fields'] as { field: string }[] | undefined)?.map(({ field }) => field);
  expect(await fields({})).toEqual(['why', 'shared']);
  expect(await fields({ why: 'нужно', shared: 'yes' })).toEqual(['share']);
  expect((await keep({ why: 'нужно', shared: 'no' })).status).toBeLessThan(300);
});

test('nothing is kept where nothing was answered', async () => {
  const send = (serviceId: string, answers: object) =>
    work.problem('POST', '/api/home-drafts', { serviceId, variant: 'usual', answers });
  expect((await send('all-optional', {})).code).toBe('nothing-answered');
  expect((await send('all-optional', { remark: '  ' })).code).toBe('nothing-answered');
  expect((await send('all-optional', { remark: 'есть' })).status).toBeLessThan(300);
  expect((await send('nothing-asked', {})).code).toBe('nothing-answered');
});

test('at the window the code brings the answers; the name comes from the documents; a code is good once', async () => {
  const code = await kept();
  expect(code).toMatch(/^[2-9A-Z]{12}$/);
  const opened = await work.must('POST', '/api/home-drafts/open', { code: code.toLowerCase() });
  expect(opened).toMatchObject({ ...wish, service: testPassport().short });
  expect((await begin(code, { serviceId: 'other' })).code).toBe('unknown-home-draft');
  const commandId = randomUUID();
  expect((await begin(code, { commandId })).status).toBeLessThan(300);
  expect((await begin(code, { commandId })).status).toBeLessThan(300);
  expect((await begin(code)).code).toBe('unknown-home-draft');
  const { rows } = await node.database.pool.query<{ id: string }>(
    'select application_id as id from application where command_id = $1',
    [commandId],
  );
  const { answers } = await work.read(rows[0]?.id as string);
  expect(answers).toEqual({ why: 'тайное слово', shared: 'no', fullName: 'Иванова Мария Петровна' });
});

test('the database shows neither the code nor the answers, and forgets both after thirty days', async () => {
  const code = await kept();
  const all = () => node.database.pool.query<{ row: string }>('select to_jsonb(d)::text as row from home_draft d');
  const { rows } = await all();
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) {
    expect(row).not.toContain(code);
    expect(row).not.toContain('тайное');
  }
  await node.stepTo(30 * 24 * 60 + 1);
  expect((await work.problem('POST', '/api/home-drafts/open', { code })).code).toBe('unknown-home-draft');
  // What waits for its time is seen to when a node starts, and every quarter of an hour.
  const other = await startTestNode(url, []);
  await expect.poll(async () => (await all()).rows.length).toBe(0);
  await other.close();
});
