import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseWork, IVANOVA, SIDOROV, testPassport } from '../../../../tests/support/case-node.ts';
import { administrator, hired, type Person } from '../../../../tests/support/staff.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../../../../tests/support/test-node.ts';
import { createKey } from '../../people/index.ts';

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
  expect((await read(vera, ivanova, task())).status).toBeLessThan(300);
  expect(await codeOf(read(vera, sidorov, task()))).toBe('purpose-needed');
  expect(await logged(sidorov)).toEqual([]);
  const search = await vera.ask('POST', '/api/persons/search', { purpose: task(), by: { snils: SIDOROV.snils } });
  expect(search.body).toEqual([]);
  const found = await vera.ask('POST', '/api/persons/search', { purpose: task(), by: { snils: IVANOVA.snils } });
  expect(found.body).toMatchObject([{ personId: ivanova }]);
  const change = { purpose: task(), edition: 1, identity: { ...SIDOROV, name: 'Иван' } };
  expect(await codeOf(vera.ask('PUT', `/api/persons/${sidorov}`, change))).toBe('purpose-needed');
  expect(await logged(sidorov), 'a person who was not shown was not read').toEqual([]);
});

test('a specialist of another centre opens nothing with this application, nor with a reason here', async () => {
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
  expect((await read(vera, others[opened] as string, reason())).status, 'the same one once more').toBeLessThan(300);
  const byName = { purpose: reason(), by: { surname: 'Петров', name: 'Пётр', birth: '1970-01-24' } };
  expect(await codeOf(vera.ask('POST', '/api/persons/search', byName)), 'nor by searching').toBe('reasons-used-up');
  expect((await read(vera, ivanova, task())).status, 'tasks go on').toBeLessThan(300);

  const asked = (await head.ask('GET', '/api/centres/1/look-releases')).body as unknown as { releaseId: string }[];
  expect(asked).toMatchObject([{ who: 'vera', reason: reason().reason }]);
  const decide = (by: Person, centreId = 1) =>
    by.ask('POST', `/api/centres/${centreId}/look-releases/${asked[0]?.releaseId}`, { agreed: true });
  expect(await codeOf(decide(vera))).toBe('role-not-enough');
  const elsewhere = await hired(node, root, 'head-2', 'head', centre(2));
  expect(await codeOf(decide(elsewhere))).toBe('foreign-centre');
  expect(await codeOf(decide(elsewhere, 2)), 'it is asked at another centre').toBe('unknown-release');
  expect((await decide(head)).status).toBeLessThan(300);
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

test('nothing is begun for a person whom the specialist has not met: no record is opened through an application of one’s own', async () => {
  const clerk = await hired(node, root, 'clerk', 'specialist', centre(1));
  const begin = (personId: string, more: object = {}) => {
    const begun = { commandId: crypto.randomUUID(), centreId: 1, serviceId: 'name-change', variant: 'usual', personId };
    return clerk.ask('POST', '/api/applications', { ...begun, anotherBecause: 'проверка правила', ...more });
  };
  const stranger = others[14] as string;
  expect(await codeOf(begin(stranger))).toBe('purpose-needed');
  expect(await codeOf(begin(crypto.randomUUID()))).toBe('unknown-person');
  const visit = { day: '2026-02-19', visitId: '00000000-0000-4000-8000-000000000000' };
  expect(await codeOf(begin(stranger, { visit }))).toBe('unknown-visit');
  const mandate = { kind: 'mandate', number: '1' };
  expect((await read(clerk, ivanova, reason())).status).toBeLessThan(300);
  expect(await codeOf(begin(ivanova, { representative: { personId: stranger, mandate } }))).toBe('purpose-needed');
  const pack = { commandId: crypto.randomUUID(), centreId: 1, templateId: 'x', personId: stranger, facts: {} };
  expect(await codeOf(clerk.ask('POST', '/api/packages', pack))).toBe('purpose-needed');
  const begun = await begin(ivanova);
  expect(begun.status).toBeLessThan(300);
  const applicationId = begun.body['applicationId'] as string;
  const sign = { signer: 'x', personId: stranger, documentSeen: true };
  expect(await codeOf(clerk.ask('POST', `/api/applications/${applicationId}/signatures`, sign))).toBe('purpose-needed');

  expect((await read(clerk, ivanova, { kind: 'task', applicationId })).status).toBeLessThan(300);
  const looks = (await root.ask('GET', '/api/person-looks')).body as unknown as {
    who: string;
    reason: string | null;
  }[];
  expect(looks.filter(({ who }) => who === 'clerk')).toMatchObject([
    { action: 'read', reason: null, centreId: 1, persons: 1 },
    { action: 'read', reason: reason().reason, centreId: 1, persons: 1 },
  ]);
  const added = { surname: 'Новая', name: 'Ева', birth: '1991-01-01', documents: [] };
  const { body } = await clerk.ask('POST', '/api/persons', { purpose: reason(), identity: added });
  expect((await begin(body['personId'] as string)).status, 'whom one has written down').toBeLessThan(300);
  const correction = { correctionOf: own };
  expect(await codeOf(begin(sidorov, correction)), 'an application that does not name them').toBe('purpose-needed');
});

test('whom a search has found among others has been met', async () => {
  const finder = await hired(node, root, 'finder', 'specialist', centre(1));
  const writer = await hired(node, root, 'writer', 'specialist', centre(1));
  const twins = ['Ия', 'Ия'].map((name) => ({ surname: 'Близнец', name, birth: '2000-02-02', documents: [] }));
  for (const identity of twins)
    await writer.ask('POST', '/api/persons', { purpose: reason(), identity, namesake: true });
  const by = { surname: 'Близнец', name: 'Ия', birth: '2000-02-02' };
  const found = (await finder.ask('POST', '/api/persons/search', { purpose: reason(), by })).body as unknown as {
    personId: string;
  }[];
  expect(found).toHaveLength(2);
  const begun = { commandId: crypto.randomUUID(), centreId: 1, serviceId: 'name-change', variant: 'usual' };
  const { status } = await finder.ask('POST', '/api/applications', { ...begun, personId: found[1]?.personId });
  expect(status).toBeLessThan(300);
});

describe('adding a number or a name of a known person', () => {
  const named = { surname: 'Иная', name: 'Яна', birth: '1992-02-02' };
  const alike = { surname: 'Петров', name: 'Пётр', birth: '1970-01-24' };
  const add = (who: Person, identity: object, more: object = { purpose: reason() }) =>
    who.ask('POST', '/api/persons', { identity: { documents: [], ...identity }, ...more });
  const looksOf = async (name: string) =>
    ((await root.ask('GET', '/api/person-looks')).body as unknown as { who: string }[]).filter(
      ({ who }) => who === name,
    );
  /** A specialist who has this many looks for reasons left. */
  const left = async (name: string, looks: number) => {
    const who = await hired(node, root, name, 'specialist', centre(1));
    for (const personId of others.slice(0, 6 - looks)) await read(who, personId, reason());
    return who;
  };

  test('telling whose number it is counts as a look', async () => {
    const guesser = await left('guesser', 1);
    const first = await add(guesser, { ...named, snils: SIDOROV.snils });
    expect([first.body.code, first.body['params']]).toEqual(['person-known', { personId: sidorov }]);
    expect((await looksOf('guesser'))[0]).toMatchObject({ action: 'searched', persons: 1 });
    expect(await codeOf(read(guesser, others[8] as string, reason()))).toBe('reasons-used-up');
  });

  test('when the looks are used up nothing is told, neither of a known number or name nor of an unknown one', async () => {
    const guesser = await left('used-up', 0);
    const before = await looksOf('used-up');
    const guesses = [{ snils: SIDOROV.snils }, { snils: IVANOVA.snils }, { snils: '100-200-300 30' }, alike, {}];
    const told = await Promise.all(guesses.map((guess) => add(guesser, { ...named, ...guess })));
    const [first] = told;
    expect([first?.status, first?.body.code]).toEqual([403, 'reasons-used-up']);
    for (const { body } of told) expect(body).toMatchObject({ code: first?.body.code, params: first?.body['params'] });
    expect(await looksOf('used-up'), 'what is refused is no look').toEqual(before);
    const asked = (await head.ask('GET', '/api/centres/1/look-releases')).body as unknown as { who: string }[];
    expect(
      asked.some(({ who }) => who === 'used-up'),
      'a second person is asked for more',
    ).toBe(true);
  });

  test('many guesses at once are told no more than the looks that are left', async () => {
    const guesser = await left('at-once', 2);
    const asked = Array.from({ length: 10 }, (_, one) => add(guesser, { ...alike, birth: `1970-01-${15 + one}` }));
    const codes = (await Promise.all(asked)).map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'person-alike')).toHaveLength(2);
    expect(codes.filter((code) => code === 'reasons-used-up')).toHaveLength(8);
    expect((await looksOf('at-once')).slice(0, 2)).toMatchObject([{ action: 'searched' }, { action: 'searched' }]);
  });

  test('a record is not changed to find out whose a number is', async () => {
    const changer = await left('changer', 1);
    const changed = others[0] as string;
    const identity = { surname: 'Петров', name: 'Пётр', birth: '1970-01-10', documents: [] };
    const change = (more: object, edition = 1) =>
      changer.ask('PUT', `/api/persons/${changed}`, { purpose: reason(), edition, identity: { ...identity, ...more } });
    expect(await codeOf(change({ snils: SIDOROV.snils }, 7)), 'with an old edition nothing is told').toBe(
      'edition-changed',
    );
    expect(await codeOf(change({ snils: '100-200-300 30' }, 7))).toBe('edition-changed');
    expect((await change({ snils: SIDOROV.snils })).body['params']).toEqual({ personId: sidorov });
    for (const snils of [IVANOVA.snils, '100-200-300 30'])
      expect(await codeOf(change({ snils }))).toBe('reasons-used-up');
    expect((await change({ phone: '+79031234501' })).status, 'without a new number nothing is told').toBeLessThan(300);
  });

  test('through an application a few guesses are told, too, and each is written down', async () => {
    const guesser = await hired(node, root, 'by-task', 'specialist', centre(1));
    const codes = [];
    for (let time = 0; time < 14; time += 1)
      codes.push(await codeOf(add(guesser, { ...named, snils: SIDOROV.snils }, { purpose: task() })));
    expect(codes).toEqual([
      ...Array<string>(12).fill('person-known'),
      ...Array<string>(2).fill('visit-persons-used-up'),
    ]);
    expect(await logged(sidorov)).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'person-searched' })]),
    );
  });

  test('a person who is not known is added for a reason that has looks left, and for the same reason again', async () => {
    const clerk = await left('in-good-faith', 1);
    for (const birth of ['1993-03-01', '1993-03-02'])
      expect((await add(clerk, { ...named, birth })).status).toBeLessThan(300);
  });
});

test('a program with the rights of a person is counted as one', async () => {
  const key = await createKey(node.database, { name: 'robot', role: 'specialist', centreId: 1 });
  const ask = (personId: string) =>
    node.ask('POST', `/api/persons/${personId}/read`, { purpose: reason() }, { authorization: `Bearer ${key}` });
  const answers = [];
  for (const personId of others.slice(0, 7)) answers.push((await ask(personId)).body);
  expect(answers.map(({ code }) => code ?? 'read')).toEqual([...Array<string>(6).fill('read'), 'reasons-used-up']);
  expect(answers[6]?.['detail']).not.toContain('старшего');
  const begun = { commandId: crypto.randomUUID(), centreId: 1, serviceId: 'name-change', variant: 'usual' };
  const body = { ...begun, personId: others[8] };
  const { body: said } = await node.ask('POST', '/api/applications', body, { authorization: `Bearer ${key}` });
  expect(said.code).toBe('purpose-needed');
});
