import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { caseWork, testPassport, workingDays } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

let persons = 0;
const somebody = () => {
  persons += 1;
  return work.person({ surname: `Повторов${persons}`, name: 'Пётр', birth: '1980-01-01', documents: [] });
};
const codeOf = async (method: string, path: string, body: unknown) => {
  const { status, code } = await work.problem(method, path, body);
  return status < 300 ? 'done' : code;
};
/** Sends a command at once three times, then with another body: it is carried out once, and the other one is refused. */
const once = async (path: string, body: object, other: object) => {
  const codes = await Promise.all([1, 2, 3].map(() => codeOf('POST', path, body)));
  expect(codes).toEqual(['done', 'done', 'done']);
  expect(await codeOf('POST', path, { ...body, ...other })).toBe('command-conflict');
  expect(await codeOf('POST', path, body)).toBe('done');
};
const movesOf = async ({ applicationId }: ApplicationFile) =>
  (await work.read(applicationId)).events.map(({ move }) => move);

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  await work.publish('rf-passport', testPassport());
  await work.publish(
    'own',
    testPassport(
      { agency: { code: 'mfc', name: { ru: 'Центр', en: 'Centre' } } },
      {
        term: { ...workingDays(10), extensionMax: 5 },
        fees: [{ amount: 30_000, kbk: null, benefits: [] }],
        refusals: ['no-right', 'not-true'].map((code) => ({ code, text: { ru: code, en: code }, act: '210-ФЗ' })),
      },
    ),
  );
});
afterAll(async () => {
  await node.close();
  await drop();
});

describe('a command is carried out once, and its id never stands for something else', () => {
  test('an application that is begun', async () => {
    const personId = await somebody();
    const body = { commandId: randomUUID(), centreId: 1, serviceId: 'rf-passport', variant: 'usual', personId };
    const mandate = { kind: 'mandate', number: '77' };
    await once('/api/applications', body, { representative: { personId: await somebody(), mandate } });
    expect(await codeOf('POST', '/api/applications', { ...body, personId: await somebody() })).toBe('command-conflict');
  });

  test('a move: with another ground it is another one', async () => {
    const file = await work.registered('own', await somebody());
    const path = `/api/applications/${file.applicationId}/move`;
    await once(path, { commandId: randomUUID(), move: 'decide-negative', ground: 'no-right' }, { ground: 'not-true' });
    expect((await movesOf(file)).filter((move) => move === 'decide-negative')).toHaveLength(1);
  });

  test('a move of another application', async () => {
    const [one, two] = [await work.registered('own', await somebody()), await work.registered('own', await somebody())];
    const body = { commandId: randomUUID(), move: 'withdraw' };
    expect(await codeOf('POST', `/api/applications/${one.applicationId}/move`, body)).toBe('done');
    expect(await codeOf('POST', `/api/applications/${two.applicationId}/move`, body)).toBe('command-conflict');
    expect((await work.read(two.applicationId)).state).toBe('at-agency');
  });

  test('a refused one leaves its id free', async () => {
    const file = await work.registered('own', await somebody());
    const path = `/api/applications/${file.applicationId}/move`;
    const commandId = randomUUID();
    expect(await codeOf('POST', path, { commandId, move: 'issue' })).toBe('move-not-allowed');
    expect(await codeOf('POST', path, { commandId, move: 'withdraw' })).toBe('done');
  });

  test('an extension, by its days and its application', async () => {
    const file = await work.registered('own', await somebody());
    const other = await work.registered('own', await somebody());
    const body = { commandId: randomUUID(), count: 3 };
    await once(`/api/applications/${file.applicationId}/extend`, body, { count: 4 });
    expect(await codeOf('POST', `/api/applications/${other.applicationId}/extend`, body)).toBe('command-conflict');
  });

  test('a payment at the window and its refund', async () => {
    const file = await work.registered('own', await somebody());
    const other = await work.registered('own', await somebody());
    const [charge, foreign] = [file, other].map(({ charges }) => charges[0]?.chargeId as string) as [string, string];
    const body = { commandId: randomUUID() };
    const paid = await Promise.all([1, 2].map(() => work.must('POST', `/api/charges/${charge}/pay-here`, body)));
    expect(paid).toEqual([1, 2].map(() => ({ outcome: 'approved', applicationId: file.applicationId })));
    expect(await work.must('POST', `/api/charges/${charge}/pay-here`, body)).toEqual(paid[0]);
    expect(await codeOf('POST', `/api/charges/${foreign}/pay-here`, body)).toBe('command-conflict');
    await work.move(file.applicationId, 'withdraw');
    const refund = { commandId: randomUUID() };
    for (let time = 0; time < 2; time += 1)
      expect(await codeOf('POST', `/api/charges/${charge}/refunded`, refund)).toBe('done');
    expect(await codeOf('POST', `/api/charges/${charge}/refunded`, { commandId: randomUUID() })).toBe(
      'charge-not-awaiting',
    );
  });
});

test('a draft keeps the answers that its form asks for, and no others', async () => {
  const draft = await work.begin('rf-passport', await somebody());
  const answers = { ...draft.answers, why: 'нужно', nosuch: 'x', constructor: 'y' };
  expect((await work.write(draft, { answers })).answers).toEqual({ ...draft.answers, why: 'нужно' });
});
