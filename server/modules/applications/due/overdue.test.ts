import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../../contract/application-shapes.ts';
import { instantOf } from '../../../../core/time/civil.ts';
import { caseWork, testPassport, workingDays } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode, ZONE } from '../../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let people = 0;
let url: string;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop, url } = database);
  node = await startTestNode(database.url, [testCentre(1), testCentre(2, { kind: 'flagship' })]);
  work = caseWork(node);
  const term = { ...workingDays(5), extensionMax: 10 };
  const agency = { code: 'distant', name: { ru: 'Ведомство', en: 'Agency' } };
  await work.must('PUT', '/api/agencies/distant', {
    name: agency.name,
    adapter: 'mock',
    setting: { behaviour: 'loses-paper' },
  });
  await work.publish('timed', testPassport({ agency }, { term }));
  await work.publish('only-flagships', testPassport({ givenAt: ['flagship'] }));
  for (const paidBefore of ['registration', 'decision', 'issue'] as const)
    await work.publish(
      `paid-${paidBefore}`,
      testPassport({ agency: null }, { fees: [{ amount: 30_000, kbk: null, benefits: [], paidBefore }] }),
    );
});
afterAll(async () => {
  await node.close();
  await drop();
});

const onDay = (day: string) => node.ask('POST', '/api/clock/step', { to: instantOf(day as never, '10:00', ZONE) });
const somebody = () => {
  people += 1;
  const surname = `Срок${String(people).replaceAll(/\d/g, (digit) => 'абвгдежзик'[Number(digit)] as string)}`;
  return work.person({ surname, name: 'Иван', birth: '1970-01-01', documents: [] });
};
const tasksOf = async ({ applicationId }: ApplicationFile) =>
  (await work.must<{ applicationId: string; kind: string; details: object }[]>('GET', '/api/centres/1/case-tasks'))
    .filter((task) => task.applicationId === applicationId && task.kind === 'term-over')
    .map(({ details }) => details);
const rowOf = async ({ applicationId }: ApplicationFile) =>
  (await work.must<ApplicationFile[]>('GET', '/api/applications?centreId=1')).find(
    (one) => one.applicationId === applicationId,
  );
/** A node that starts does what has become due. */
const settle = async () => {
  await node.close();
  node = await startTestNode(url, []);
  work = caseWork(node);
};

test('a service for flagships cannot be begun or registered elsewhere', async () => {
  const personId = await somebody();
  const begin = (centreId: number) =>
    work.problem('POST', '/api/applications', {
      commandId: randomUUID(),
      centreId,
      serviceId: 'only-flagships',
      variant: 'usual',
      personId,
    });
  expect(await begin(1)).toMatchObject({ status: 409, code: 'service-elsewhere', kinds: ['flagship'] });
  expect((await begin(2)).status).toBeLessThan(300);
  // A draft that was begun before the rule came is not registered, either.
  const draft = await work.write(await work.begin('timed', await somebody()));
  await node.database.pool.query(`update application set service_id = 'only-flagships' where application_id = $1`, [
    draft.applicationId,
  ]);
  const registered = { commandId: randomUUID(), move: 'register' };
  expect(await work.problem('POST', `/api/applications/${draft.applicationId}/move`, registered)).toMatchObject({
    code: 'service-elsewhere',
  });
});

test.each([
  ['registration', 'register'],
  ['decision', 'decide-positive'],
  ['issue', 'issue'],
])('what has to be paid before the %s is asked for at “%s”, and not before', async (paidBefore, refused) => {
  const person = await somebody();
  const draft = await work.write(await work.begin(`paid-${paidBefore}`, person));
  const collector = { personId: person, documentSeen: true, signed: true };
  for (const move of ['register', 'decide-positive', 'give-result', 'issue']) {
    const { state } = await work.read(draft.applicationId);
    if (move === 'give-result' && state === 'ready') continue;
    const go = () =>
      work.problem('POST', `/api/applications/${draft.applicationId}/move`, {
        commandId: randomUUID(),
        move,
        ...(move === 'issue' ? { collector } : {}),
      });
    const first = await go();
    if (move !== refused) {
      expect(first.status, move).toBeLessThan(300);
      continue;
    }
    expect(first).toMatchObject({ status: 409, code: 'payment-missing' });
    const [charge] = (await work.read(draft.applicationId)).charges;
    await work.must('POST', '/api/payments', {
      payments: [{ paymentId: randomUUID(), uin: charge?.uin, amount: 30_000, source: 'bank', paidAt: node.now() }],
    });
    expect((await go()).status, `${move}, once it is paid`).toBeLessThan(300);
  }
  expect((await work.read(draft.applicationId)).state).toBe('issued');
});

test('a term that has passed is a task once, and the agency hears of it; longer or stopped, it is none', async () => {
  const file = await work.registered('timed', await somebody());
  const stopped = await work.registered('timed', await somebody());
  for (const { applicationId } of [file, stopped])
    await expect.poll(async () => (await work.read(applicationId)).state).toBe('at-agency');
  await work.move(stopped.applicationId, 'suspend', { ground: 'no-sheet' });
  const before = (await work.read(stopped.applicationId)).lastDay as string;
  await onDay('2026-03-10');
  await settle();
  await settle();
  expect(await tasksOf(file)).toEqual([{ lastDay: file.lastDay, responsible: 'nobody' }]);
  const { rows } = await node.database.pool.query(
    `select kind from agency_message where application_id = $1 and kind = 'term-over'`,
    [file.applicationId],
  );
  expect(rows).toHaveLength(1);
  // The one that is stopped is not late, and its last day has moved on with the days.
  expect(await tasksOf(stopped)).toEqual([]);
  const shown = await work.read(stopped.applicationId);
  expect(shown.standing).toBeNull();
  expect((shown.lastDay as string) > before).toBe(true);
  expect(await rowOf(stopped)).toMatchObject({ standing: null, lastDay: shown.lastDay });
  expect((await rowOf(file))?.standing).toBe('over');
  // Made longer beyond today, nobody has to see to it.
  const extend = { commandId: randomUUID(), count: 10 };
  await work.must('POST', `/api/applications/${file.applicationId}/extend`, extend);
  expect(await tasksOf(file)).toEqual([]);
  await settle();
  expect(await tasksOf(file)).toEqual([]);
});
