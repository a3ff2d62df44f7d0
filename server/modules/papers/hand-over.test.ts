import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Manifest } from '../../../contract/papers.ts';
import { caseWork, REASON, testPassport } from '../../../tests/support/case-node.ts';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { putAgency } from '../applications/index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let courier: Person;
let colleague: Person;
let elsewhere: Person;
let officer: Person;
let stranger: Person;

const centre = (id: number) => ({ kind: 'centre', id: String(id) });
const must = async <Reply>(one: Person, method: string, path: string, body?: unknown): Promise<Reply> => {
  const { status, body: answer } = await one.ask(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
  return answer as Reply;
};
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return status < 300 ? 'done' : body.code;
};
let persons = 0;
const registered = async () => {
  persons += 1;
  const identity = { surname: `Реестров${persons}`, name: 'Иван', birth: '1970-01-01', documents: [] };
  const { personId } = await must<{ personId: string }>(courier, 'POST', '/api/persons', { purpose: REASON, identity });
  const body = { commandId: randomUUID(), centreId: 1, serviceId: 'rf-passport', variant: 'usual', personId };
  const { applicationId, edition, answers } = await must<ApplicationFile>(courier, 'POST', '/api/applications', body);
  await must(courier, 'PUT', `/api/applications/${applicationId}/draft`, {
    edition,
    answers: { ...answers, why: 'нужно' },
    evidence: [{ kind: 'passport', seen: 'original-shown', copies: 1 }],
  });
  const moved = { commandId: randomUUID(), move: 'register' };
  return must<ApplicationFile>(courier, 'POST', `/api/applications/${applicationId}/move`, moved);
};
const open = (one: Person, direction: string, commandId: string = randomUUID()) =>
  one.ask('POST', '/api/centres/1/manifests', { commandId, direction, agencyId: 'mvd' });
const opened = async (one: Person, direction: string) => {
  const { body } = await open(one, direction);
  return body as unknown as Manifest;
};
const fill = async (one: Person, id: string, barcodes: readonly string[]) => {
  for (const barcode of barcodes) await must(one, 'POST', `/api/manifests/${id}/papers`, { barcode });
  return must<Manifest>(one, 'POST', `/api/manifests/${id}/seal`, { seal: '1' });
};
const sealed = async () => {
  const file = await registered();
  const { manifestId } = await opened(courier, 'out');
  const barcodes = file.papers.map(({ barcode }) => barcode);
  await fill(courier, manifestId, barcodes);
  return { file, manifestId, barcodes };
};
const linesOf = (barcodes: readonly string[], last = 'handed') =>
  barcodes.map((barcode, index) => ({ barcode, outcome: index === barcodes.length - 1 ? last : 'handed' }));
const take = (one: Person, id: string, lines: readonly object[], commandId: string = randomUUID()) =>
  one.ask('POST', `/api/manifests/${id}/hand-over`, { commandId, lines });
const stateOf = async ({ applicationId }: ApplicationFile) =>
  (await must<ApplicationFile>(courier, 'GET', `/api/applications/${applicationId}`)).state;
const discrepancies = async ({ applicationId }: ApplicationFile) => {
  const tasks = await must<{ kind: string; applicationId: string }[]>(courier, 'GET', '/api/centres/1/case-tasks');
  return tasks.filter((task) => task.kind === 'discrepancy' && task.applicationId === applicationId).length;
};

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const before = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  await caseWork(before).publish('rf-passport', testPassport());
  await before.close();
  node = await startTestNode(database.url, [], 0, { requireKeys: true });
  const zags = { agencyId: 'zags', name: { ru: 'ЗАГС', en: 'Registry' }, adapter: 'paper', setting: {} } as const;
  await node.database.write((tx) => putAgency(tx, zags, null, 0));
  const root = await administrator(node);
  await administrator(node, 'second');
  const carrier = async (login: string, id: number) => {
    const one = await hired(node, root, login, 'courier-desk', centre(id));
    const grant = { roleId: 'specialist', scope: centre(id) };
    expect((await root.ask('POST', `/api/staff/${one.accountId}/grants`, grant)).status).toBeLessThan(300);
    return one;
  };
  courier = await carrier('courier', 1);
  colleague = await carrier('colleague', 1);
  elsewhere = await carrier('elsewhere', 2);
  officer = await hired(node, root, 'officer', 'agency-officer', { kind: 'agency', id: 'mvd' });
  stranger = await hired(node, root, 'stranger', 'agency-officer', { kind: 'agency', id: 'zags' });
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('only the agency signs for what a centre sends: neither the sender, nor a colleague, nor another agency', async () => {
  const { file, manifestId, barcodes } = await sealed();
  for (const one of [courier, colleague, elsewhere, stranger])
    expect(await codeOf(take(one, manifestId, linesOf(barcodes)))).toBe('right-elsewhere');
  expect(await stateOf(file)).toBe('in-transit-to-agency');
  expect(await codeOf(officer.ask('POST', `/api/manifests/${manifestId}/papers`, { barcode: barcodes[0] }))).toBe(
    'right-elsewhere',
  );
  expect(await codeOf(take(officer, manifestId, linesOf(barcodes)))).toBe('done');
  expect(await stateOf(file)).toBe('at-agency');
});

test('a person who sealed a bag from an agency does not sign for it at the centre', async () => {
  const { file, manifestId, barcodes } = await sealed();
  await must(officer, 'POST', `/api/manifests/${manifestId}/hand-over`, {
    commandId: randomUUID(),
    lines: linesOf(barcodes),
  });
  const decide = { commandId: randomUUID(), move: 'decide-positive' };
  const { papers } = await must<ApplicationFile>(
    officer,
    'POST',
    `/api/applications/${file.applicationId}/move`,
    decide,
  );
  const results = papers.filter(({ form }) => form === 'result').map(({ barcode }) => barcode);
  const back = await opened(courier, 'in');
  await fill(courier, back.manifestId, results);
  expect(await codeOf(take(courier, back.manifestId, linesOf(results)))).toBe('sealed-by-you');
  expect(await codeOf(take(officer, back.manifestId, linesOf(results)))).toBe('right-elsewhere');
  expect(await codeOf(take(colleague, back.manifestId, linesOf(results)))).toBe('done');
  expect(await stateOf(file)).toBe('ready');
});

test('of two that contradict one another exactly one wins; the other is told, and the centre has to look into it', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { file, manifestId, barcodes } = await sealed();
    const [all, short] = [randomUUID(), randomUUID()];
    const said = [
      () => take(officer, manifestId, linesOf(barcodes), all),
      () => take(officer, manifestId, linesOf(barcodes, 'missing'), short),
    ];
    const codes = await Promise.all(said.map((one) => codeOf(one())));
    expect(codes.toSorted()).toEqual(['done', 'manifest-taken-over']);
    expect(await stateOf(file)).toBe(codes[0] === 'done' ? 'at-agency' : 'registered');
    expect(await discrepancies(file)).toBeGreaterThan(0);
    // Each sent again gives its own answer once more.
    expect(await Promise.all(said.map((one) => codeOf(one())))).toEqual(codes);
  }
});

test('a hand-over sent twice is one; the same id with other words is refused, and so is a paper named twice', async () => {
  const { file, manifestId, barcodes } = await sealed();
  const commandId = randomUUID();
  const twice = [...linesOf(barcodes), ...linesOf(barcodes, 'missing').slice(-1)];
  expect(await codeOf(take(officer, manifestId, twice))).toBe('lines-twice');
  expect(await codeOf(take(officer, manifestId, linesOf(barcodes), commandId))).toBe('done');
  expect(await codeOf(take(officer, manifestId, linesOf(barcodes), commandId))).toBe('done');
  expect(await codeOf(take(officer, manifestId, linesOf(barcodes, 'missing'), commandId))).toBe('command-conflict');
  expect(await stateOf(file)).toBe('at-agency');
  expect(await discrepancies(file)).toBe(0);
});

test('opening a manifest is one command, also after that manifest was sealed', async () => {
  const file = await registered();
  const commandId = randomUUID();
  const { manifestId } = (await open(courier, 'out', commandId)).body as unknown as Manifest;
  await fill(
    courier,
    manifestId,
    file.papers.map(({ barcode }) => barcode),
  );
  expect((await open(courier, 'out', commandId)).body['manifestId']).toBe(manifestId);
  expect(await codeOf(open(courier, 'in', commandId))).toBe('command-conflict');
  expect((await open(courier, 'out')).body['manifestId']).not.toBe(manifestId);
});
