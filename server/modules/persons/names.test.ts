import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseWork, IVANOVA, REASON, testPassport } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, TEST_KEY, type TestNode } from '../../../tests/support/test-node.ts';
import { openVault, placeOf, type Vault } from '../../platform/vault.ts';
import { markPersonsAnew } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let vault: Vault;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop } = database);
  node = await startTestNode(database.url);
  vault = await openVault(node.database, TEST_KEY);
  work = caseWork(node);
  await work.publish('rf-passport', testPassport());
});
afterAll(async () => {
  vault.close();
  await node.close();
  await drop();
});

interface Found {
  personId: string;
  identity: Record<string, unknown>;
}
const search = (by: object) => work.must<Found[]>('POST', '/api/persons/search', { purpose: REASON, by });
const add = (identity: object, namesake = false) =>
  node.ask('POST', '/api/persons', { purpose: REASON, identity, namesake });
const idsBy = async (by: object) => (await search(by)).map(({ personId }) => personId);
const nameAndBirth = ({ surname, name, birth }: { surname: string; name: string; birth: string }) => ({
  surname,
  name,
  birth,
});
const born = (year: number) => `${year}-03-03`;

test('however a name is typed or pasted, the person is found, and kept as the name is written', async () => {
  const { body } = await add({ surname: 'Пробелова-Ёлкина ', name: 'Андрей', birth: born(1980), documents: [] });
  expect(body['identity']).toMatchObject({ surname: 'Пробелова-Ёлкина', name: 'Андрей' });
  for (const [surname, name] of [
    ['Пробелова-Ёлкина', 'Андрей'],
    ['пробелова–елкина ', ' АНДРЕИ\u0306'],
    ['Пpoбелова - Елкинa', 'Анд\u200bрей'],
    ['Пробелова Елкина', 'Андрей'],
    ['Андрей', 'Пробелова-Ёлкина'],
  ])
    expect(await idsBy({ surname, name, birth: born(1980) })).toEqual([body['personId']]);
  expect(await idsBy({ surname: 'Пробелова-Ёлкина', name: 'Андреи', birth: born(1980) })).toEqual([]);
});

test('a person with one name is added, found by it, and named on what is printed', async () => {
  const { status, body } = await add({ surname: '-', name: 'Сукарно', birth: born(1970), documents: [] });
  expect([status, body['identity']]).toEqual([201, { name: 'Сукарно', birth: born(1970), documents: [] }]);
  expect(await idsBy({ name: 'Сукарно', birth: born(1970) })).toEqual([body['personId']]);
  expect(await idsBy({ surname: 'сукарно', birth: born(1970) })).toEqual([body['personId']]);
  const draft = await work.begin('rf-passport', body['personId'] as string);
  expect(draft.answers['fullName']).toBe('Сукарно');
  expect((await add({ surname: '-', name: '...', birth: born(1970), documents: [] })).status).toBe(422);
  expect((await node.ask('POST', '/api/persons/search', { purpose: REASON, by: { birth: born(1970) } })).status).toBe(
    422,
  );
});

test('a part of a name without a letter is refused at its field, and never left out without a word', async () => {
  const fieldsOf = async (names: object) => {
    const { status, body } = await add({ ...names, birth: born(1971), documents: [] });
    const { fields = [] } = (body['params'] ?? {}) as { fields?: { field: string; fault: string }[] };
    return [status, ...fields.map(({ field, fault }) => `${field} ${fault}`)];
  };
  expect(await fieldsOf({ surname: '12345', name: 'Шон' })).toEqual([422, 'surname no-letters']);
  expect(await fieldsOf({ surname: '😀😀', name: 'Шон' })).toEqual([422, 'surname no-letters']);
  expect(await fieldsOf({ surname: 'Шон', name: '77' })).toEqual([422, 'name no-letters']);
  expect(await fieldsOf({ surname: 'Шон', name: 'Ян', patronymic: '1' })).toEqual([422, 'patronymic no-letters']);
});

test('a document of an unknown kind is refused: its number would not be checked', async () => {
  const bare = { surname: 'Видова', name: 'Анна', birth: born(1975) };
  for (const kind of ['rf-passport', 'nosuchkind']) {
    const documents = [{ kind, number: '0000 000000', issuedOn: '2015-01-01' }];
    const { status, body } = await add({ ...bare, documents });
    expect([status, body.code]).toEqual([422, 'identity-faulty']);
    expect(body['params']).toMatchObject({ fields: [{ field: 'documents.0.kind', fault: 'no-kind' }] });
  }
});

test('a number that is written where there is none is refused, and links nobody', async () => {
  const bare = { surname: 'Заглушкина', name: 'Анна', documents: [] };
  for (const snils of ['000-000-000 00', '00000000000', '111-111-111 45', '123-456-789 64'])
    expect((await add({ ...bare, birth: born(1981), snils })).body.code).toBe('number-faulty');
  expect((await add({ ...bare, birth: born(1981), inn: '000000000000' })).body.code).toBe('number-faulty');
  const without = (number: string) => ({ documents: [{ kind: 'birth-certificate', number, issuedOn: '2010-01-01' }] });
  for (const number of ['б/н', '000000', '111111'])
    for (const birth of [born(1982), born(1983)])
      expect((await add({ ...bare, birth, ...without(number) }, true)).status, number).toBeLessThan(300);
  expect(await idsBy({ document: { kind: 'birth-certificate', number: 'б/н' } })).toEqual([]);
});

test('a namesake is written down only when the clerk says so; who the other is, is not told', async () => {
  const one = { surname: 'Тёзкина', name: 'Анна', birth: born(1984), documents: [] };
  const first = await add(one);
  const documents = [{ kind: 'passport', number: '45 12 818181', issuedOn: '2020-01-10' }];
  const written = { ...one, surname: ' тезкина', name: 'АННА', documents };
  const again = await add(written);
  expect([again.status, again.body.code, again.body['params']]).toEqual([409, 'person-alike', {}]);
  expect(JSON.stringify(again.body)).not.toMatch(
    new RegExp(`${first.body['personId'] as string}|тёзкина|анна|1984`, 'i'),
  );
  expect((await add({ ...one, birth: born(1985) })).status, 'another date of birth').toBeLessThan(300);
  const agreed = await add(written, true);
  expect(agreed.status).toBeLessThan(300);
  expect((await idsBy(nameAndBirth(one))).toSorted()).toEqual(
    [first.body['personId'], agreed.body['personId']].toSorted(),
  );
  const { rows } = await node.database.pool.query<{ namesake: boolean | null }>(
    `select (details ->> 'namesake')::boolean as namesake from audit_entry where action = 'person-added' order by entry_id desc limit 2`,
  );
  expect(
    rows.map(({ namesake }) => namesake),
    'the log of actions says who agreed',
  ).toEqual([true, null]);
  const sameDocument = await add({ ...written, name: 'Иная' }, true);
  expect(sameDocument.body.code, 'a document is of one person, namesake or not').toBe('person-known');
});

test('of many who write down the same name and date of birth at once one does', async () => {
  const one = { surname: 'Вместе', name: 'Вера', birth: born(1986), documents: [] };
  const answers = await Promise.all(Array.from({ length: 6 }, () => add(one)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
  expect(await idsBy(nameAndBirth(one))).toHaveLength(1);
});

test('a document is one and the same in either alphabet: no second record', async () => {
  const documents = (number: string) => [{ kind: 'birth-certificate', number, issuedOn: '2010-01-01' }];
  const { body } = await add({
    surname: 'Метрикина',
    name: 'Ия',
    birth: born(2009),
    documents: documents('II-МЮ 765432'),
  });
  const again = await add({
    surname: 'М',
    name: 'И',
    birth: born(2009),
    documents: documents('ІІ – MЮ № 765432\u200b'),
  });
  expect([again.status, again.body.code]).toEqual([409, 'person-known']);
  expect(await idsBy({ document: { kind: 'birth-certificate', number: 'Ⅱ МЮ 765432' } })).toEqual([body['personId']]);
});

test('of many who write down the same number at once one does', async () => {
  const one = { surname: 'Разом', name: 'Вера', birth: born(1985), snils: '087-654-303 00', documents: [] };
  const answers = await Promise.all(Array.from({ length: 6 }, () => add(one)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
});

test('days that cannot be are told field by field, in both languages', async () => {
  const identity = {
    ...IVANOVA,
    birth: '2090-01-01',
    snils: undefined,
    phone: '8 495 123-45-67 доб. 12',
    documents: [{ kind: 'foreign-passport', number: '75 1234567', issuedOn: '2010-01-01', validUntil: '2015-01-01' }],
  };
  const { status, body } = await add(identity);
  expect([status, body.code]).toEqual([422, 'identity-faulty']);
  const { fields } = body['params'] as { fields: { field: string; fault: string }[] };
  expect(fields.map(({ field, fault }) => [field, fault])).toEqual([
    ['birth', 'in-future'],
    ['phone', 'extension'],
    ['documents.0.issuedOn', 'before-birth'],
    ['documents.0.validUntil', 'expired'],
  ]);
  expect(body['detail']).toContain('«Дата рождения»: этот день ещё не наступил');
});

test('a document that ran out since stays in the record, and with it nothing new is begun', async () => {
  const { body } = await add({
    surname: 'Срокова',
    name: 'Ева',
    birth: born(1990),
    documents: [{ kind: 'passport', number: '45 08 777123', issuedOn: '2008-01-10' }],
  });
  const personId = body['personId'] as string;
  const begun = { centreId: 1, serviceId: 'rf-passport', variant: 'usual', personId };
  const begin = (more: object = {}) =>
    work.problem('POST', '/api/applications', { commandId: crypto.randomUUID(), ...begun, ...more });
  expect(await begin()).toMatchObject({ status: 422, code: 'identity-expired', whose: 'applicant' });
  await work.publish('renewal', testPassport({ expiredIdentity: true }));
  expect((await begin({ serviceId: 'renewal' })).status).toBeLessThan(300);
  const by = await work.person({ ...IVANOVA, snils: '112-233-445 95' });
  const mandate = { kind: 'mandate', number: '1', until: '2020-01-01' };
  expect(
    await begin({ serviceId: 'renewal', anotherBecause: 'ещё одно', representative: { personId: by, mandate } }),
  ).toMatchObject({
    status: 422,
    code: 'mandate-expired',
  });
});

test('a person added by an earlier version is found before and after the marks are renewed', async () => {
  const personId = crypto.randomUUID();
  const identity = {
    surname: 'Старо\u0301ва ',
    name: 'О`льга',
    birth: born(1960),
    phone: '8 903 111-22-33',
    documents: [],
  };
  const db = node.database;
  await db.pool.query('insert into person (person_id, sealed, made_at, changed_at) values ($1, $2, now(), now())', [
    personId,
    vault.seal(JSON.stringify(identity), placeOf('person', personId)),
  ]);
  const before = `${identity.surname}|${identity.name}|${identity.birth}`.toLowerCase();
  await db.pool.query(`insert into person_mark (kind, hash, person_id) values ('name-and-birth', $1, $2)`, [
    vault.mark('name-and-birth', before),
    personId,
  ]);
  const asTyped = { surname: identity.surname, name: identity.name, birth: identity.birth };
  const clean = { surname: 'Старова', name: 'Ольга', birth: identity.birth };
  expect([await idsBy(asTyped), await idsBy(clean)]).toEqual([[personId], []]);
  expect(await markPersonsAnew(db, vault)).toBe(1);
  expect([await idsBy(asTyped), await idsBy(clean)]).toEqual([[personId], [personId]]);
  expect(await markPersonsAnew(db, vault)).toBe(0);
});
