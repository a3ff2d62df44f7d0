import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, IVANOVA, PNG, REASON, testPassport } from '../../../tests/support/case-node.ts';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { putAgency } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person;
let second: Person;
let specialist: Person;
let elsewhere: Person;
let officer: Person;
let stranger: Person;
let applicationId = '';
let personId = '';
let fileId = '';

const centre = (id: number) => ({ kind: 'centre', id: String(id) });
const agency = (id: string) => ({ kind: 'agency', id });
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return status < 300 ? 'done' : body.code;
};
const move = (one: Person, name: string, more: object = {}) =>
  one.ask('POST', `/api/applications/${applicationId}/move`, { commandId: randomUUID(), move: name, ...more });

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const open = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  await caseWork(open).publish('rf-passport', testPassport());
  await open.close();
  node = await startTestNode(database.url, [], 0, { requireKeys: true });
  const zags = { agencyId: 'zags', name: { ru: 'ЗАГС', en: 'Registry' }, adapter: 'paper', setting: {} } as const;
  await node.database.write((tx) => putAgency(tx, zags, null, 0));
  root = await administrator(node);
  second = await administrator(node, 'second');
  specialist = await hired(node, root, 'specialist', 'specialist', centre(1));
  elsewhere = await hired(node, root, 'elsewhere', 'specialist', centre(2));
  officer = await hired(node, root, 'officer', 'agency-officer', agency('mvd'));
  stranger = await hired(node, root, 'stranger', 'agency-officer', agency('zags'));
});
afterAll(async () => {
  await node.close();
  await drop();
});

test('a specialist takes applications at their own centre, and names their purpose there', async () => {
  expect(await codeOf(elsewhere.ask('POST', '/api/persons', { purpose: REASON, identity: IVANOVA }))).toBe(
    'foreign-centre',
  );
  const person = await specialist.ask('POST', '/api/persons', { purpose: REASON, identity: IVANOVA });
  personId = person.body['personId'] as string;
  const body = { commandId: randomUUID(), centreId: 1, serviceId: 'rf-passport', variant: 'usual', personId };
  expect(await codeOf(elsewhere.ask('POST', '/api/applications', body))).toBe('right-elsewhere');
  const begun = await specialist.ask('POST', '/api/applications', body);
  applicationId = begun.body['applicationId'] as string;
  const uploaded = await fetch(`${node.url}/api/files?name=passport.png`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', cookie: specialist.cookie, origin: node.url },
    body: PNG,
  });
  ({ fileId } = (await uploaded.json()) as { fileId: string });
  const draft = {
    edition: 1,
    answers: { fullName: 'Иванова Мария', why: 'нужно' },
    evidence: [{ kind: 'passport', seen: 'original-shown', fileIds: [fileId] }],
  };
  expect(await codeOf(specialist.ask('PUT', `/api/applications/${applicationId}/draft`, draft))).toBe('done');
});

test('nobody else sees it: another centre, another agency, its own agency before it is registered', async () => {
  const look = (one: Person) => codeOf(one.ask('GET', `/api/applications/${applicationId}`));
  expect(await look(specialist)).toBe('done');
  expect(await Promise.all([elsewhere, officer, stranger].map(look))).toEqual(Array(3).fill('unknown-application'));
  expect(await codeOf(move(specialist, 'register'))).toBe('done');
  expect(await Promise.all([elsewhere, officer, stranger].map(look))).toEqual([
    'unknown-application',
    'done',
    'unknown-application',
  ]);
  expect(await codeOf(officer.ask('GET', '/api/agencies/zags/applications'))).toBe('right-elsewhere');
  const purpose = { kind: 'task', applicationId };
  const read = (one: Person) => codeOf(one.ask('POST', `/api/persons/${personId}/read`, { purpose }));
  expect(await read(specialist)).toBe('done');
  expect(await read(elsewhere)).toBe('purpose-needed');
  expect(await codeOf(node.ask('GET', `/api/applications/${applicationId}`))).toBe('unknown-application');
});

test('a scan is opened by staff who work on the application, and bears the reader’s mark', async () => {
  const open = async (cookie: string) => {
    const reply = await fetch(`${node.url}/api/files/${fileId}`, { headers: { cookie, origin: node.url } });
    return reply.status < 300 ? /<title>(.*?) · /.exec(await reply.text())?.[1] : reply.status;
  };
  const marks = await Promise.all([specialist.cookie, officer.cookie].map(open));
  for (const mark of marks) expect(mark).toMatch(/^[\w-]{3,}$/);
  expect(new Set(marks).size).toBe(2);
  expect(await Promise.all([elsewhere.cookie, stranger.cookie, ''].map(open))).toEqual([404, 404, 404]);
});

test('a specialist does not decide for an agency, nor its officer for a centre', async () => {
  expect(await codeOf(move(specialist, 'decide-positive'))).toBe('right-elsewhere');
  expect(await codeOf(move(officer, 'withdraw'))).toBe('right-elsewhere');
  expect(await codeOf(move(stranger, 'decide-positive'))).toBe('right-elsewhere');
  expect(await codeOf(move(officer, 'decide-positive'))).toBe('move-not-allowed');
});

test('a passport is published by a second person', async () => {
  const passport = testPassport({ minutesAtWindow: 12 });
  const draft = { groupId: 'passports', passport };
  expect(await codeOf(root.ask('PUT', '/api/catalogue/rf-passport/draft', draft))).toBe('done');
  const publish = (one: Person) =>
    codeOf(one.ask('POST', '/api/catalogue/rf-passport/publish', { validFrom: '2026-03-01', pilotOnly: false }));
  expect(await publish(root)).toBe('second-person-needed');
  expect(await publish(specialist)).toBe('role-not-enough');
  expect(await publish(second)).toBe('done');
});

test('an applicant without a receipt is found by name and birth for a purpose, and it is logged; others see nothing of it', async () => {
  const purpose = { kind: 'reason', centreId: 1, reason: 'забыла расписку, паспорт с собой' };
  const by = { surname: 'ИВАНОВА', name: 'мария', birth: IVANOVA.birth };
  const found = await specialist.ask('POST', '/api/persons/search', { purpose, by });
  expect(found.body).toMatchObject([{ personId }]);
  const own = await specialist.ask('POST', '/api/applications/of-person', { purpose, personId });
  expect(own.body).toMatchObject([{ applicationId }]);
  expect(JSON.stringify(own.body)).not.toContain('Иванова');
  const there = { ...purpose, centreId: 2 };
  expect((await elsewhere.ask('POST', '/api/applications/of-person', { purpose: there, personId })).body).toEqual([]);
  expect(await codeOf(elsewhere.ask('POST', '/api/applications/of-person', { purpose, personId }))).toBe(
    'foreign-centre',
  );
  expect(await codeOf(officer.ask('POST', '/api/applications/of-person', { purpose, personId }))).not.toBe('done');
  const { rows } = await node.database.pool.query<{ purpose: unknown }>(
    `select details->'purpose' as purpose from audit_entry where action = 'person-read' and object = $1 and details->'purpose' = $2`,
    [`person ${personId}`, JSON.stringify(purpose)],
  );
  expect(rows.length).toBeGreaterThanOrEqual(2);
});
