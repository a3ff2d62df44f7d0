import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Route } from '../../../contract/contract.ts';
import { contract } from '../../../contract/index.ts';
import type { Manifest } from '../../../contract/papers.ts';
import { caseWork, IVANOVA, REASON, testPassport } from '../../../tests/support/case-node.ts';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import { putAgency } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let people: Readonly<Record<'clerk' | 'head' | 'courier' | 'officer', Person>>;
/** What is of centre 1 and of the agency mvd, by the names that paths and bodies of the table use. */
let there: Readonly<Record<string, string>>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const open = await startTestNode(database.url, [testCentre(1), testCentre(2)]);
  const work = caseWork(open);
  const fees = [{ amount: 30_000, kbk: null, benefits: [], paidBefore: 'issue' as const }];
  await work.publish('rf-passport', testPassport({}, { fees }));
  const name = { ru: 'Пакет', en: 'Package' };
  const step = {
    stepId: 'first',
    name,
    serviceId: 'rf-passport',
    variant: 'usual',
    needs: [],

    usual: true,
  };
  await work.must('PUT', '/api/package-templates/pack/draft', { name, facts: [], steps: [step] });
  await work.must('POST', '/api/package-templates/pack/publish');
  const personId = await work.person(IVANOVA);
  const { applicationId, papers, charges } = await work.registered('rf-passport', personId);
  const begun = {
    commandId: randomUUID(),
    centreId: 1,
    personId,
    templateId: 'pack',
    facts: {},
    anotherBecause: 'проверка',
  };
  const { packageId } = await work.must<{ packageId: string }>('POST', '/api/packages', begun);
  const out = { commandId: randomUUID(), direction: 'out', agencyId: 'mvd' };
  const { manifestId } = await work.must<Manifest>('POST', '/api/centres/1/manifests', out);
  await open.close();

  node = await startTestNode(database.url, [], 0, { requireKeys: true });
  const zags = { agencyId: 'zags', name: { ru: 'ЗАГС', en: 'Registry' }, adapter: 'paper', setting: {} } as const;
  await node.database.write((tx) => putAgency(tx, zags, null, 0));
  const root = await administrator(node);
  const at = (id: number) => ({ kind: 'centre', id: String(id) });
  const victim = await hired(node, root, 'victim', 'specialist', at(1));
  people = {
    clerk: await hired(node, root, 'clerk', 'specialist', at(2)),
    head: await hired(node, root, 'head', 'head', at(2)),
    courier: await hired(node, root, 'courier', 'courier-desk', at(2)),
    officer: await hired(node, root, 'officer', 'agency-officer', { kind: 'agency', id: 'zags' }),
  };
  const { rows } = await node.database.pool.query<{ id: string }>(
    'select grant_id as id from role_grant where account_id = $1',
    [victim.accountId],
  );
  const [paper] = papers as ApplicationFile['papers'];
  there = {
    accountId: victim.accountId,
    grantId: rows[0]?.id ?? '',
    applicationId,
    personId,
    packageId,
    manifestId,
    barcode: paper?.barcode ?? '',
    chargeId: charges[0]?.chargeId ?? '',
    messageId: randomUUID(),
    agencyId: 'mvd',
    centreId: '1',
  };
});
afterAll(async () => {
  await node.close();
  await drop();
});

type Asked = readonly [who: keyof typeof people, code: string, body?: (() => object) | string];
const command = () => ({ commandId: randomUUID() });
const scope = { kind: 'centre', id: '1' };
const moves = (move: string) => () => ({ ...command(), move });
const NOT_SEEN = 'unknown-application';

/** Every route that checks the place itself, asked by a person of another place for something here: with which code it is refused. */
const TABLE: Readonly<Record<string, Asked>> = {
  'POST /api/staff': ['head', 'right-elsewhere', () => ({ login: 'new', name: 'Новый', scope })],
  'POST /api/staff/:accountId/invitation': ['head', 'right-elsewhere', () => ({ withoutSecondFactor: false })],
  'POST /api/staff/:accountId/sessions/end': ['head', 'right-elsewhere'],
  'POST /api/staff/:accountId/state': ['head', 'right-elsewhere', () => ({ disabled: true })],
  'POST /api/staff/:accountId/grants': ['head', 'right-elsewhere', () => ({ roleId: 'specialist', scope })],
  'POST /api/grants/:grantId/revoke': ['head', 'right-elsewhere'],
  'POST /api/persons/search': ['clerk', 'foreign-centre', () => ({ purpose: REASON, by: { snils: IVANOVA.snils } })],
  'POST /api/persons': ['clerk', 'foreign-centre', () => ({ purpose: REASON, identity: IVANOVA })],
  'POST /api/persons/:personId/read': ['clerk', 'foreign-centre', () => ({ purpose: REASON })],
  'PUT /api/persons/:personId': ['clerk', 'foreign-centre', () => ({ purpose: REASON, edition: 1, identity: IVANOVA })],
  'POST /api/applications': [
    'clerk',
    'right-elsewhere',
    () => ({ ...command(), centreId: 1, serviceId: 'rf-passport', variant: 'usual', personId: there['personId'] }),
  ],
  'GET /api/applications': ['clerk', 'foreign-centre', '?centreId=1'],
  'GET /api/agencies/:agencyId/applications': ['officer', 'right-elsewhere'],
  'POST /api/applications/of-person': [
    'clerk',
    'foreign-centre',
    () => ({ purpose: REASON, personId: there['personId'] }),
  ],
  'GET /api/applications/:applicationId': ['clerk', NOT_SEEN],
  'PUT /api/applications/:applicationId/draft': ['clerk', NOT_SEEN, () => ({ edition: 1, answers: {}, evidence: [] })],
  'POST /api/applications/:applicationId/move': ['officer', 'right-elsewhere', moves('decide-positive')],
  'POST /api/applications/:applicationId/extend': ['officer', 'right-elsewhere', () => ({ ...command(), count: 1 })],
  'POST /api/packages': [
    'clerk',
    'right-elsewhere',
    () => ({ ...command(), centreId: 1, templateId: 'pack', personId: there['personId'], facts: {} }),
  ],
  'GET /api/packages/:packageId': ['clerk', 'unknown-package'],
  'POST /api/packages/:packageId/steps': ['clerk', 'unknown-package', () => ({ ...command(), stepId: 'first' })],
  'PUT /api/packages/:packageId/facts': ['clerk', 'unknown-package', () => ({ facts: {} })],
  'PUT /api/papers/:barcode/shelf': ['clerk', 'right-elsewhere', () => ({ cell: 'A1' })],
  'GET /api/agencies/:agencyId/manifests': ['officer', 'right-elsewhere'],
  'POST /api/centres/:centreId/manifests': [
    'courier',
    'foreign-centre',
    () => ({ ...command(), direction: 'out', agencyId: 'mvd' }),
  ],
  'GET /api/manifests/:manifestId': ['courier', 'right-elsewhere'],
  'POST /api/manifests/:manifestId/papers': ['courier', 'right-elsewhere', () => ({ barcode: there['barcode'] })],
  'POST /api/manifests/:manifestId/take-out': ['courier', 'right-elsewhere', () => ({ barcode: there['barcode'] })],
  'POST /api/manifests/:manifestId/seal': ['courier', 'right-elsewhere', () => ({ seal: '1' })],
  'POST /api/manifests/:manifestId/hand-over': [
    'officer',
    'right-elsewhere',
    () => ({ ...command(), lines: [{ barcode: there['barcode'], outcome: 'handed' }] }),
  ],
  'POST /api/charges/:chargeId/refunded': ['clerk', 'right-elsewhere', command],
  'GET /api/agencies/:agencyId/messages': ['officer', 'right-elsewhere'],
  'POST /api/agencies/:agencyId/messages/:messageId/resend': ['officer', 'right-elsewhere'],
  'POST /api/agencies/:agencyId/answers': [
    'officer',
    'right-elsewhere',
    () => ({ answerId: 'a', messageId: there['messageId'], says: { kind: 'resume' } }),
  ],
  'GET /api/applications/:applicationId/receipt': ['clerk', NOT_SEEN],
  'GET /api/applications/:applicationId/documents/:code': ['clerk', NOT_SEEN],
};

/** The routes that a test of their own tries from elsewhere, or that show each caller what is theirs. */
const ELSEWHERE = new Set([
  // Lists of what the caller may see.
  'GET /api/staff',
  'GET /api/roles',
  'GET /api/devices',
  'POST /api/applications/find',
  // Codes and secrets: a caller that has them may use them. The place comes with the next request.
  'POST /api/pairings/find',
  'POST /api/home-drafts/open',
  'POST /api/files',
  // staff.test, role-changes.test, factor-reset.test, devices.test.
  'POST /api/staff/import',
  'POST /api/grants/:grantId/confirm',
  'POST /api/devices/:deviceId/revoke',
  'POST /api/devices',
  'POST /api/staff/:accountId/second-factor-drop/confirm',
  'POST /api/staff/:accountId/second-factor-drop/refuse',
  // signatures.test, tasks.test, rights.test; without a terminal there is nothing to pay at.
  'POST /api/applications/:applicationId/signatures',
  'POST /api/case-tasks/:taskId/close',
  'POST /api/applications/:applicationId/signatures/invitations',
  'GET /api/files/:fileId',
  'POST /api/charges/:chargeId/pay-here',
]);

test('every route of the contract that checks the place itself is tried from another place', () => {
  const placed = Object.entries(contract as Readonly<Record<string, Route>>).filter(([, one]) => one.placed === true);
  const known = new Set([...Object.keys(TABLE), ...ELSEWHERE]);
  expect(placed.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !placed.some(([one]) => one === name))).toEqual([]);
});

const asked = Object.entries(TABLE).map(([name, [who, code, more]]) => [name, who, code, more] as const);
test.each(asked)('from elsewhere, %s by a %s: %s', async (name, who, code, more) => {
  const [method, path] = name.split(' ') as [string, string];
  const address = path.replaceAll(/:(\w+)/g, (_, parameter: string) => there[parameter] ?? 'x');
  const query = typeof more === 'string' ? more : '';
  const { status, body } = await people[who].ask(
    method,
    address + query,
    typeof more === 'function' ? more() : undefined,
  );
  expect([body.code, JSON.stringify(body.detail)]).toEqual([code, expect.anything()]);
  expect(status).toBeGreaterThanOrEqual(400);
});
