import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PackageFile } from '../../../contract/packages.ts';
import { importStandardPassports } from '../../../demo/passports/import-standard.ts';
import { caseWork } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode, ZONE } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;

const NEW = '45 26 654321';
let persons = 0;
/** The passport of the person who came last. */
const old = () => `45 08 1234${String(persons).padStart(2, '0')}`;
const somebody = () => {
  persons += 1;
  return work.person({
    surname: `Прежняя${persons}`,
    name: 'Анна',
    birth: '1995-01-01',
    phone: '+79031234567',
    documents: [{ kind: 'passport', number: old(), issuedOn: '2020-01-10' }],
  });
};
const begin = async (templateId: string, personId: string, facts: object = {}, more: object = {}) => {
  const body = { commandId: randomUUID(), templateId, centreId: 1, personId, facts, ...more };
  return work.must<PackageFile>('POST', '/api/packages', body);
};
const look = ({ packageId }: PackageFile) => work.must<PackageFile>('GET', `/api/packages/${packageId}`);
const stepOf = async (file: PackageFile, stepId: string) => {
  const { applicationId } = (await look(file)).steps.find((one) => one.stepId === stepId) ?? { applicationId: '' };
  return work.read(applicationId);
};
const stepIds = ({ steps }: PackageFile) => steps.map(({ stepId }) => stepId).toSorted();
const decided = async (file: PackageFile, stepId: string) => {
  const { applicationId } = await stepOf(file, stepId);
  // What this is about begins with the result, however it came to be.
  await node.database.pool.query(
    `update application set state = 'decided-positive', registered_on = '2026-02-19' where application_id = $1`,
    [applicationId],
  );
  await work.move(applicationId, 'give-result');
};
const facts = ({ packageId }: PackageFile, known: object) =>
  work.must<PackageFile>('PUT', `/api/packages/${packageId}/facts`, { facts: known });

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  await importStandardPassports(node.database, '2026-02-01' as never, ZONE);
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('an inheritance keeps its main step when the certificate is there, by the name of the field or of the fact', async () => {
  for (const name of ['certificate', 'inheritance.certificate']) {
    const file = await begin('inheritance', await somebody(), { [name]: 'yes' });
    expect(stepIds(file)).toEqual(['account', 'extract', 'funeral', 'property', 'removal']);
    expect(file.facts).toEqual({ 'inheritance.certificate': 'yes' });
    expect((await stepOf(file, 'extract')).state).toBe('blocked');
  }
});

test('without the certificate nothing that needs it is begun; it can be taken later, and so can what is optional', async () => {
  const file = await begin('inheritance', await somebody(), {}, { steps: ['funeral', 'record'] });
  expect(stepIds(file)).toEqual(['funeral', 'record']);
  expect(file.more.map(({ stepId }) => stepId)).toEqual(['facts', 'removal']);
  const path = `/api/packages/${file.packageId}/steps`;
  const add = (stepId: string) => ({ commandId: randomUUID(), stepId });
  expect(await work.problem('POST', path, add('property'))).toMatchObject({ status: 422, code: 'step-not-offered' });
  await facts(file, { certificate: 'yes' });
  const command = add('property');
  for (let time = 0; time < 2; time += 1) await work.must('POST', path, command);
  expect(await work.problem('POST', path, add('property'))).toMatchObject({ code: 'step-not-offered' });
  await work.must('POST', path, add('extract'));
  expect(stepIds(await look(file))).toEqual(['extract', 'funeral', 'property', 'record']);
  expect((await stepOf(file, 'extract')).state).toBe('blocked');
});

test('a step that these facts do not offer is refused by name, and nothing is begun', async () => {
  const personId = await somebody();
  const body = { commandId: randomUUID(), templateId: 'inheritance', centreId: 1, personId, facts: {} };
  expect(await work.problem('POST', '/api/packages', { ...body, steps: ['property'] })).toMatchObject({
    status: 422,
    code: 'step-not-offered',
    steps: [{ ru: 'Переход права на недвижимость' }],
  });
  expect(await work.problem('POST', '/api/packages', { ...body, steps: [] })).toMatchObject({
    code: 'step-not-offered',
  });
});

test('after the new passport no form holds the old number or name: it is typed once, and is everywhere', async () => {
  const file = await begin('surname', await somebody(), { newName: 'Новая Анна' });
  for (const stepId of ['licence', 'policy', 'esia'])
    expect((await stepOf(file, stepId)).answers).not.toHaveProperty('passport');
  // The forms before the result do not hand the old number on.
  const passport = await stepOf(file, 'passport');
  await work.write(passport, { evidence: [] });
  expect((await stepOf(file, 'licence')).answers).not.toHaveProperty('passport');
  expect((await look(file)).fields.map(({ fact }) => fact)).not.toContain('person.passport');
  await decided(file, 'passport');
  const licence = await stepOf(file, 'licence');
  expect(licence).toMatchObject({ state: 'draft', answers: { fullName: 'Новая Анна' } });
  expect(licence.answers).not.toHaveProperty('passport');
  expect((await look(file)).fields.map(({ fact }) => fact)).toContain('person.passport');
  await facts(file, { 'person.passport': NEW });
  for (const stepId of ['licence', 'policy', 'esia'])
    expect((await stepOf(file, stepId)).answers).toMatchObject({ passport: NEW });
});

test('with the old number nothing is registered after the result', async () => {
  const file = await begin('surname', await somebody(), { newName: 'Новая Анна' });
  await decided(file, 'passport');
  const licence = await stepOf(file, 'licence');
  const { edition, answers } = licence;
  const path = `/api/applications/${licence.applicationId}`;
  await work.must('PUT', `${path}/draft`, { edition, answers: { ...answers, passport: old() }, evidence: [] });
  const refused = await work.problem('POST', `${path}/move`, { commandId: randomUUID(), move: 'register' });
  expect(refused).toMatchObject({ status: 422, code: 'form-faulty' });
  expect(refused['fields']).toContainEqual(expect.objectContaining({ field: 'passport', fault: 'outdated' }));
});

test('nobody has died tomorrow, nor a child been born: such a day is refused at its field, whenever it is written', async () => {
  const personId = await somebody();
  const body = { commandId: randomUUID(), templateId: 'inheritance', centreId: 1, personId };
  const faulty = (field: string, fault: string) => ({ status: 422, code: 'form-faulty', fields: [{ field, fault }] });
  for (const [name, day, fault] of [
    ['died', '2099-01-01', 'in-future'],
    ['deceased.died', '1099-01-01', 'too-early'],
    ['died', '2025-02-30', 'no-date'],
  ] as const)
    expect(await work.problem('POST', '/api/packages', { ...body, facts: { [name]: day } })).toMatchObject(
      faulty('died', fault),
    );
  const file = await begin('inheritance', personId, { died: '2025-02-20' });
  const path = `/api/packages/${file.packageId}/facts`;
  const written = await work.problem('PUT', path, { facts: { 'deceased.died': '2099-01-01' } });
  expect(written).toMatchObject(faulty('died', 'in-future'));
  expect((await look(file)).facts).toMatchObject({ 'deceased.died': '2025-02-20' });
});

test('a second package of the same kind warns with the first; for another child there is a reason', async () => {
  const personId = await somebody();
  const first = await begin('newborn', personId);
  const body = { templateId: 'newborn', centreId: 1, personId, facts: {} };
  const again = () => work.problem('POST', '/api/packages', { commandId: randomUUID(), ...body });
  expect(await again()).toMatchObject({ status: 409, code: 'package-open', packageId: first.packageId });
  const twins = await begin('newborn', personId, {}, { anotherBecause: 'второй ребёнок' });
  expect(twins.packageId).not.toBe(first.packageId);
  for (const { applicationId, state } of [...first.steps, ...twins.steps])
    if (state === 'draft') await work.move(applicationId, 'cancel');
  const both = await Promise.all([again(), again()]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
});

test('a template whose facts and fields do not agree is not drafted', async () => {
  const words = { ru: 'Проверка', en: 'Check' };
  const field = { name: 'child', label: words, kind: 'text', fact: 'child.name' };
  const step = (stepId: string, more: object = {}) => ({
    stepId,
    serviceId: 'snils',
    variant: 'usual',
    name: words,
    usual: true,
    needs: [],
    ...more,
  });
  const drafted = (template: object) =>
    work.problem('PUT', '/api/package-templates/check/draft', { name: words, facts: [], ...template });
  const needs = [{ step: 'a', evidence: null, facts: ['person.nosuch'] }];
  expect(await drafted({ steps: [step('a'), step('b', { needs })] })).toMatchObject({
    code: 'package-faulty',
    faults: ['b: unknown-fact person.nosuch'],
  });
  expect(await drafted({ steps: [step('a', { when: { field: 'nosuch', is: ['yes'] } })] })).toMatchObject({
    faults: ['a: unknown-field nosuch'],
  });
  expect(await drafted({ facts: [field], steps: [step('a')] })).toMatchObject({ faults: ['child: unused-field'] });
});
