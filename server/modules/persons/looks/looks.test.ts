import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, IVANOVA, SIDOROV, testPassport } from '../../../../tests/support/case-node.ts';
import { administrator, hired, type Person } from '../../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person;
let vera: Person & { accountId: string };
let head: Person & { accountId: string };
let ivanova: string;
let sidorov: string;
let others: string[];
let own: string;

const centre = (id: number) => ({ kind: 'centre', id: String(id) });

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const centres = [testCentre(1), testCentre(2)];
  // Where nobody needs an account: made there, looked at afterwards where everybody does.
  const open = await startTestNode(database.url, centres);
  const work = caseWork(open);
  await work.publish('name-change', testPassport());
  ivanova = await work.person(IVANOVA);
  sidorov = await work.person(SIDOROV);
  own = (await work.begin('name-change', ivanova)).applicationId;
  others = [];
  for (let day = 10; day < 25; day += 1)
    others.push(await work.person({ surname: 'Петров', name: 'Пётр', birth: `1970-01-${day}`, documents: [] }));
  await open.close();
  node = await startTestNode(database.url, centres, 0, { requireKeys: true });
  root = await administrator(node);
  vera = await hired(node, root, 'vera', 'specialist', centre(1));
  head = await hired(node, root, 'head-1', 'head', centre(1));
});

afterAll(async () => {
  await node.close();
  await drop();
});

const read = (who: Person, personId: string, purpose: object) =>
  who.ask('POST', `/api/persons/${personId}/read`, { purpose });
const codeOf = async (asked: Promise<{ body: { code?: string } }>) => (await asked).body.code;
const task = () => ({ kind: 'task', applicationId: own });
const reason = (centreId = 1) => ({ kind: 'reason', centreId, reason: 'звонок о готовом результате' });
const logged = async (personId: string) =>
  (
    (await root.ask('GET', `/api/audit?object=${encodeURIComponent(`person ${personId}`)}`)).body as unknown as {
      details: { purpose: { kind: string } };
      actor: { kind: string };
    }[]
  ).filter(({ actor }) => actor.kind === 'staff');

test('an application opens the persons whom it names, and nobody else; the log holds no false purpose', async () => {
  expect((await read(vera, ivanova, task())).status).toBe(200);
  expect(await codeOf(read(vera, sidorov, task()))).toBe('purpose-needed');
  expect(await logged(sidorov)).toEqual([]);
  const search = await vera.ask('POST', '/api/persons/search', { purpose: task(), by: { snils: SIDOROV.snils } });
  expect(search.body).toEqual([]);
  const found = await vera.ask('POST', '/api/persons/search', { purpose: task(), by: { snils: IVANOVA.snils } });
  expect(found.body).toMatchObject([{ personId: ivanova }]);
  const change = { purpose: task(), edition: 1, identity: { ...SIDOROV, name: 'Иван' } };
  expect(await codeOf(vera.ask('PUT', `/api/persons/${sidorov}`, change))).toBe('purpose-needed');
  expect(await logged(sidorov), 'whoever was not shown was not read').toEqual([]);
});

test('somebody of another centre opens nothing with this application, nor with a reason here', async () => {
  const stranger = await hired(node, root, 'stranger', 'specialist', centre(2));
  expect(await codeOf(read(stranger, ivanova, task()))).toBe('purpose-needed');
  expect(await codeOf(read(stranger, ivanova, reason(1)))).toBe('foreign-centre');
  const visit = { kind: 'visit', centreId: 1, day: '2026-02-19', visitId: '00000000-0000-4000-8000-000000000000' };
  expect(await codeOf(read(stranger, ivanova, visit))).toBe('foreign-centre');
  expect(await codeOf(read(vera, ivanova, visit))).toBe('purpose-needed');
});

test('for a reason a few are opened in an hour, however many are asked for at once; then a second person agrees', async () => {
  const answers = await Promise.all(others.slice(0, 12).map((personId) => read(vera, personId, reason())));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(6);
  expect(answers.filter(({ body }) => body.code === 'reasons-used-up')).toHaveLength(6);
  const opened = answers.findIndex(({ status }) => status === 200);
  expect((await read(vera, others[opened] as string, reason())).status, 'the same one once more').toBe(200);
  const byName = { purpose: reason(), by: { surname: 'Петров', name: 'Пётр', birth: '1970-01-24' } };
  expect(await codeOf(vera.ask('POST', '/api/persons/search', byName)), 'nor by searching').toBe('reasons-used-up');
  expect((await read(vera, ivanova, task())).status, 'tasks go on').toBe(200);

  const asked = (await head.ask('GET', '/api/centres/1/look-releases')).body as unknown as { releaseId: string }[];
  expect(asked).toMatchObject([{ who: 'vera', reason: reason().reason }]);
  const decide = (by: Person, centreId = 1) =>
    by.ask('POST', `/api/centres/${centreId}/look-releases/${asked[0]?.releaseId}`, { agreed: true });
  expect(await codeOf(decide(vera))).toBe('role-not-enough');
  const elsewhere = await hired(node, root, 'head-2', 'head', centre(2));
  expect(await codeOf(decide(elsewhere))).toBe('foreign-centre');
  expect(await codeOf(decide(elsewhere, 2)), 'it is asked at another centre').toBe('unknown-release');
  expect((await decide(head)).status).toBe(200);
  expect(await codeOf(decide(head)), 'once').toBe('unknown-release');
  const more = await Promise.all(others.map((personId) => read(vera, personId, reason())));
  expect(
    more.filter(({ status }) => status === 200),
    'six of before, and six more',
  ).toHaveLength(12);
});

test('nobody agrees to looks of one’s own', async () => {
  for (const personId of others.slice(0, 7)) await read(head, personId, reason());
  const asked = (await head.ask('GET', '/api/centres/1/look-releases')).body as unknown as {
    releaseId: string;
    who: string;
  }[];
  const mine = asked.find(({ who }) => who === 'head-1')?.releaseId ?? '';
  const decide = head.ask('POST', `/api/centres/1/look-releases/${mine}`, { agreed: true });
  expect(await codeOf(decide)).toBe('unknown-release');
});

test('looks for reasons are reviewed: by the head those of the centre, by the auditor all', async () => {
  const list = async (who: Person, path: string) =>
    (await who.ask('GET', path)).body as unknown as { who: string; reason: string; centreId: number }[];
  const atOne = await list(head, '/api/centres/1/person-looks');
  expect(atOne.filter(({ who }) => who === 'vera').length).toBeGreaterThanOrEqual(12);
  expect(new Set(atOne.map(({ centreId }) => centreId))).toEqual(new Set([1]));
  expect(JSON.stringify(atOne), 'nobody who was looked at is named').not.toMatch(/Петров|Иванова/);
  expect((await list(root, '/api/person-looks')).length).toBeGreaterThanOrEqual(atOne.length);
  expect(await codeOf(head.ask('GET', '/api/centres/2/person-looks'))).toBe('foreign-centre');
  expect(await codeOf(head.ask('GET', '/api/person-looks'))).toBe('role-not-enough');
  expect(await codeOf(vera.ask('GET', '/api/centres/1/person-looks'))).toBe('role-not-enough');
});
