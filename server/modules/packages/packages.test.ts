import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { PackageFile, PackageTemplateBody } from '../../../contract/packages.ts';
import { instantOf } from '../../../core/time/civil.ts';
import { caseWork, testPassport, workingDays } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode, ZONE } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

const words = (text: string) => ({ ru: text, en: text });
const need = (step: string, evidence: string | null = null) => ({ step, evidence, facts: [] });
const step = (stepId: string, serviceId: string, needs: PackageTemplateBody['steps'][number]['needs'] = []) => ({
  stepId,
  serviceId,
  variant: 'usual',
  name: words(stepId),
  usual: true,
  needs,
});

/** Newborn: birth first, then registration and capital side by side, the benefit after the registration. */
const NEWBORN: PackageTemplateBody = {
  name: { ru: 'Рождение ребёнка', en: 'A child is born' },
  facts: [{ name: 'childName', label: words('Имя ребёнка'), kind: 'text', fact: 'child.name' }],
  steps: [
    step('birth', 'birth'),
    step('residence', 'residence', [need('birth', 'birth-certificate')]),
    step('capital', 'capital', [need('birth', 'birth-certificate')]),
    step('benefit', 'benefit', [need('birth', 'birth-certificate'), need('residence')]),
    step('gift', 'gift', [need('birth', 'birth-certificate')]),
  ],
};

const onDay = (day: string) => node.ask('POST', '/api/clock/step', { to: instantOf(day, '10:00', ZONE) });
let children = 0;
const begin = async (steps?: readonly string[]) => {
  children += 1;
  const personId = await work.person({
    surname: `Родитель${children}`,
    name: 'Анна',
    birth: '1995-01-01',
    documents: [],
  });
  return work.must<PackageFile>('POST', '/api/packages', {
    commandId: randomUUID(),
    templateId: 'newborn',
    centreId: 1,
    personId,
    facts: {},
    ...(steps === undefined ? {} : { steps }),
  });
};
const look = ({ packageId }: PackageFile) => work.must<PackageFile>('GET', `/api/packages/${packageId}`);
const idOf = (file: PackageFile, stepId: string) =>
  file.steps.find((one) => one.stepId === stepId)?.applicationId as string;
const statesOf = async (file: PackageFile) =>
  Object.fromEntries((await look(file)).steps.map(({ stepId, state }) => [stepId, state]));
/** The steps whose services ask for a passport. */
const WITH_PASSPORT = new Set(['birth', 'passport', 'licence']);
const register = async (file: PackageFile, stepId: string) => {
  const draft = await work.read(idOf(file, stepId));
  await work.write(draft, {
    evidence: [
      ...(WITH_PASSPORT.has(stepId) ? [{ kind: 'passport', seen: 'original-shown' }] : []),
      ...draft.evidence.filter(({ kind }) => kind !== 'passport').map(({ kind, seen }) => ({ kind, seen })),
    ],
  });
  return work.move(draft.applicationId, 'register');
};
const bear = async (file: PackageFile) => {
  const draft = await work.read(idOf(file, 'birth'));
  await work.write({ ...draft, answers: { ...draft.answers, childName: 'Лев' } });
  await work.move(draft.applicationId, 'register');
  return work.move(draft.applicationId, 'decide-positive');
};

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  const child = { name: 'childName', label: words('Имя ребёнка'), kind: 'text', fact: 'child.name' } as const;
  const why = { name: 'why', label: words('Причина'), kind: 'text' } as const;
  const own = testPassport(
    { agency: { code: 'mfc', name: words('Центр') } },
    { form: [child, why], term: { ...workingDays(0), unit: 'same-visit', starts: 'same-visit' } },
  );
  const certificate = {
    kind: 'birth-certificate',
    name: words('Свидетельство о рождении'),
    need: 'must',
    broughtBy: 'applicant',
    original: 'shown',
    copies: 0,
    alternatives: null,
    shelfLifeDays: null,
  } as const;
  const of = (count: number, unit: 'working-day' | 'calendar-day' = 'working-day') =>
    testPassport(
      { agency: { code: 'mfc', name: words('Центр') } },
      {
        form: [child, why],
        evidence: [certificate],
        term: { ...workingDays(count), unit, starts: unit === 'working-day' ? 'next-working-day' : 'next-day' },
      },
    );
  await work.publish('birth', own);
  await work.publish('residence', of(6, 'calendar-day'));
  for (const serviceId of ['capital', 'benefit', 'gift']) await work.publish(serviceId, of(5));
  await work.must('PUT', '/api/package-templates/newborn/draft', NEWBORN);
  await work.must('POST', '/api/package-templates/newborn/publish');
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('a result unlocks what waits for it; a fact is typed once and a certificate seen once (scenario 23)', async () => {
  await onDay('2026-04-27');
  const file = await begin();
  expect(await statesOf(file)).toEqual({
    birth: 'draft',
    residence: 'blocked',
    capital: 'blocked',
    benefit: 'blocked',
    gift: 'blocked',
  });
  expect(
    await work.problem('POST', `/api/applications/${idOf(file, 'residence')}/move`, {
      commandId: randomUUID(),
      move: 'register',
    }),
  ).toMatchObject({
    status: 409,
    code: 'needs-result',
    steps: [{ ru: 'birth', en: 'birth' }],
  });
  expect((await bear(file)).state).toBe('ready');
  expect(await statesOf(file)).toEqual({
    birth: 'ready',
    residence: 'draft',
    capital: 'draft',
    benefit: 'blocked',
    gift: 'draft',
  });
  for (const stepId of ['residence', 'capital', 'benefit']) {
    const draft = await work.read(idOf(file, stepId));
    expect(draft.answers).toMatchObject({ childName: 'Лев' });
    if (stepId !== 'benefit')
      expect(draft.evidence).toMatchObject([{ kind: 'birth-certificate', seen: 'from-result' }]);
  }
  await onDay('2026-04-28');
  expect((await register(file, 'residence')).lastDay).toBe('2026-05-04');
  expect((await register(file, 'capital')).lastDay).toBe('2026-05-06');
  const whole = await look(file);
  expect(whole.steps.find(({ stepId }) => stepId === 'benefit')).toMatchObject({
    state: 'blocked',
    waitsFor: ['residence'],
    begins: '2026-05-04',
  });
});

test('a package whose person was forgotten can still be looked at: its course is kept, its facts are gone', async () => {
  const file = await begin();
  await node.database.pool.query(`update package set facts = '\\x' where package_id = $1`, [file.packageId]);
  const emptied = await look(file);
  expect(emptied.facts).toEqual({});
  expect(Object.keys(await statesOf(emptied))).toEqual(Object.keys(await statesOf(file)));
});

test('what was refused first cancels what hangs on it, and costs nothing (scenario 24)', async () => {
  const file = await begin();
  const draft = await work.read(idOf(file, 'birth'));
  await work.move(draft.applicationId, 'refuse-acceptance', { ground: 'foreign' });
  expect(await statesOf(file)).toEqual({
    birth: 'acceptance-refused',
    residence: 'cancelled',
    capital: 'cancelled',
    benefit: 'cancelled',
    gift: 'cancelled',
  });
  expect((await work.read(idOf(file, 'benefit'))).charges).toEqual([]);
});

test('a document that was shown for one step is shown for the others that ask for it, but for what a result brings', async () => {
  const asks = (kind: string) =>
    ({
      kind,
      name: words(kind),
      need: 'must',
      broughtBy: 'applicant',
      original: 'shown',
      copies: 2,
      alternatives: null,
      shelfLifeDays: null,
    }) as const;
  const agency = { code: 'mfc', name: words('Центр') };
  for (const serviceId of ['first', 'second', 'third'])
    await work.publish(serviceId, testPassport({ agency }, { evidence: [asks('passport'), asks('photo')] }));
  const template = {
    name: words('Показать один раз'),
    facts: [],
    steps: [step('first', 'first'), step('second', 'second'), step('third', 'third', [need('first', 'passport')])],
  };
  await work.must('PUT', '/api/package-templates/shown-once/draft', template);
  await work.must('POST', '/api/package-templates/shown-once/publish');
  const personId = await work.person({ surname: 'Одинраз', name: 'Анна', birth: '1995-01-01', documents: [] });
  const body = { commandId: randomUUID(), templateId: 'shown-once', centreId: 1, personId, facts: {} };
  const file = await work.must<PackageFile>('POST', '/api/packages', body);
  const other = await work.read(idOf(file, 'second'));
  await work.write(await work.read(idOf(file, 'first')), {
    evidence: [
      { kind: 'passport', seen: 'original-kept', copies: 1 },
      { kind: 'photo', seen: 'lawful-reason', reason: 'снят в центре' },
    ],
  });
  const seenAt = async (stepId: string) =>
    (await work.read(idOf(file, stepId))).evidence.map(({ kind, seen, copies }) => [kind, seen, copies]);
  expect(await seenAt('second')).toEqual([['passport', 'original-shown', 2]]);
  expect(await seenAt('third')).toEqual([]);
  // A window that has not heard of it does not take it away.
  const late = { edition: other.edition, answers: other.answers, evidence: [] };
  expect((await work.problem('PUT', `/api/applications/${other.applicationId}/draft`, late)).code).toBe(
    'edition-changed',
  );
});

test('the applicant is told, once by each way, that steps were cancelled; nobody is told where nothing was', async () => {
  const contact = { email: 'told@example.org', language: 'en' };
  const told = async (applicationId: string) => {
    const { notices } = await work.read(applicationId);
    return notices.flatMap(({ kind, way }) => (kind === 'application-steps-cancelled' ? [way] : [])).toSorted();
  };
  const refused = await begin();
  await work.write(await work.read(idOf(refused, 'birth')), { contact, answers: { childName: 'Лев', why: 'нужно' } });
  await work.write(await work.read(idOf(refused, 'gift')), { contact, evidence: [] });
  await work.write(await work.read(idOf(refused, 'capital')), {
    contact: { phone: '+79031234567', language: 'ru' },
    evidence: [],
  });
  await work.move(idOf(refused, 'birth'), 'register');
  await work.move(idOf(refused, 'birth'), 'decide-negative', { ground: 'no-right' });
  expect(await told(idOf(refused, 'birth'))).toEqual(['email', 'sms']);
  const notTaken = await begin();
  await work.write(await work.read(idOf(notTaken, 'birth')), { contact });
  await work.move(idOf(notTaken, 'birth'), 'refuse-acceptance', { ground: 'foreign' });
  expect(await told(idOf(notTaken, 'birth'))).toEqual(['email']);
  const alone = await begin();
  await bear(alone);
  await work.write(await work.read(idOf(alone, 'residence')), { contact, evidence: [] });
  await register(alone, 'gift');
  await work.move(idOf(alone, 'gift'), 'decide-negative', { ground: 'no-right' });
  expect(await told(idOf(alone, 'gift'))).toEqual([]);
});

test('a refusal of one leaves the others alone (scenario 25)', async () => {
  const file = await begin();
  await bear(file);
  await register(file, 'residence');
  await register(file, 'gift');
  await work.move(idOf(file, 'gift'), 'decide-negative', { ground: 'no-right' });
  const whole = await look(file);
  expect(whole.steps.find(({ stepId }) => stepId === 'gift')).toMatchObject({ state: 'ready', refused: true });
  expect(whole.steps.find(({ stepId }) => stepId === 'residence')).toMatchObject({
    state: 'at-agency',
    refused: false,
  });
});

test('a new surname: nothing is applied for with the old passport (scenario 26)', async () => {
  await work.publish('new-passport', testPassport({ agency: { code: 'mfc', name: words('Центр') } }));
  await work.publish(
    'new-licence',
    testPassport(
      { agency: { code: 'mfc', name: words('Центр') } },
      { term: { ...workingDays(9), unit: 'calendar-day', starts: 'next-day' } },
    ),
  );
  const template = {
    name: words('Смена фамилии'),
    facts: [],
    steps: [step('passport', 'new-passport'), step('licence', 'new-licence', [need('passport', 'new-passport')])],
  };
  await work.must('PUT', '/api/package-templates/surname/draft', template);
  await work.must('POST', '/api/package-templates/surname/publish');
  await onDay('2026-06-09');
  const personId = await work.person({ surname: 'Новая', name: 'Анна', birth: '1995-01-01', documents: [] });
  const file = await work.must<PackageFile>('POST', '/api/packages', {
    commandId: randomUUID(),
    templateId: 'surname',
    centreId: 1,
    personId,
    facts: {},
  });
  expect((await register(file, 'passport')).lastDay).toBe('2026-06-17');
  const licence = `/api/applications/${idOf(file, 'licence')}/move`;
  expect(await work.problem('POST', licence, { commandId: randomUUID(), move: 'register' })).toMatchObject({
    status: 409,
    code: 'needs-result',
    steps: [{ ru: 'passport', en: 'passport' }],
  });
  await onDay('2026-06-17');
  await work.move(idOf(file, 'passport'), 'decide-positive');
  await onDay('2026-06-18');
  expect((await register(file, 'licence')).lastDay).toBe('2026-06-29');
});

test('a template with a circle or an unknown service cannot be drafted', async () => {
  const [birth, ...rest] = NEWBORN.steps;
  const circle = { ...NEWBORN, steps: [{ ...birth, needs: [need('benefit')] }, ...rest] };
  expect(await work.problem('PUT', '/api/package-templates/newborn/draft', circle)).toMatchObject({
    code: 'package-faulty',
  });
  const unknown = { ...NEWBORN, steps: [step('x', 'no-such-service')] };
  expect(await work.problem('PUT', '/api/package-templates/newborn/draft', unknown)).toMatchObject({
    code: 'package-faulty',
  });
});

test('the same command is the same package', async () => {
  const personId = await work.person({ surname: 'Дважды', name: 'Анна', birth: '1995-01-01', documents: [] });
  const body = { commandId: randomUUID(), templateId: 'newborn', centreId: 1, personId, facts: {} };
  const [one, two] = (await Promise.all([1, 2].map(() => work.must<PackageFile>('POST', '/api/packages', body)))) as [
    PackageFile,
    PackageFile,
  ];
  expect(two.packageId).toBe(one.packageId);
  const list = await work.must<ApplicationFile[]>('GET', '/api/applications?centreId=1');
  expect(list.filter(({ packageId }) => packageId === one.packageId)).toHaveLength(5);
});
