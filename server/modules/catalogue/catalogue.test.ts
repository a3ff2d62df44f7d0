import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Passport } from '../../../contract/catalogue.ts';
import {
  cloneDatabase,
  DAY,
  startTestNode,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';
import { importPassports, importServices, readPassports, readServiceList } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;
let url: string;
const nobody = { kind: 'nobody', id: null } as const;

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop, url } = database);
  node = await startTestNode(database.url, [testCentre(1), testCentre(2), testCentre(3, { kind: 'mobile' })]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const csv = [
  'group,name_ru,name_en',
  'Загранпаспорта,Загранпаспорт на 5 лет,Passport for 5 years',
  'Загранпаспорта,Загранпаспорт на 10 лет,Passport for 10 years',
  'Природа,Рыболовный билет,Fishing card',
].join('\n');
const code = async (asked: Promise<{ body: { code?: string } }>) => (await asked).body.code;
const ticket = (centreId: number, serviceId: string) =>
  node.ask('POST', `/api/centres/${centreId}/days/${DAY}/visits`, { commandId: randomUUID(), ...wants(serviceId) });

interface Version {
  version: number;
  state: string;
  validFrom: string | null;
  passport: Record<string, unknown>;
}
const service = async (serviceId: string) =>
  (await node.ask('GET', `/api/catalogue/${serviceId}`)).body as unknown as { groupId: string; versions: Version[] };

test('a list of names becomes passports with a letter for each group, given at every centre of their kinds', async () => {
  const { services, faults } = readServiceList(csv);
  expect(faults).toEqual([]);
  const first = await importServices(node.database, nobody, services, DAY);
  expect([first.added.length, first.known, first.centres]).toEqual([3, 0, 2]);
  const again = await importServices(node.database, nobody, services, DAY);
  expect([again.added.length, again.known, again.centres]).toEqual([0, 3, 0]);
  const all = (await node.ask('GET', '/api/catalogue')).body as unknown as {
    serviceId: string;
    letter: string;
    version: number;
  }[];
  expect(all.map(({ serviceId, version }) => [serviceId, version])).toEqual([
    ['passport-for-10-years', 1],
    ['passport-for-5-years', 1],
    ['fishing-card', 1],
  ]);
  // П, С and Н are letters of the centres' own groups.
  expect(all.map(({ letter }) => letter)).toEqual(['А', 'А', 'Р']);
  expect(new Set(all.map(({ letter }) => letter)).size).toBe(2);
  // What is not known is not made up.
  const [version] = (await service('fishing-card')).versions;
  expect(version?.passport).toMatchObject({ variants: [{ term: null, fees: [], evidence: [] }], agency: null });
});

test('passports whose letter a list of services has taken get another, and a group of the same name is that group', async () => {
  const listed = readServiceList('group;name_ru;name_en\nТранспорт;Права;Licence\nЛесное;Билет в лес;Forest card\n');
  await importServices(node.database, nobody, listed.services, DAY);
  const [{ passport }] = (await service('licence')).versions as [Version];
  const groups = [
    { groupId: 'vehicles', letter: 'Т', name: { ru: 'Транспорт', en: 'Vehicles' }, place: 0 },
    { groupId: 'forests', letter: 'Л', name: { ru: 'Леса', en: 'Forests' }, place: 1 },
  ];
  const passports = [
    { serviceId: 'car-registration', groupId: 'vehicles', passport },
    { serviceId: 'forest-lease', groupId: 'forests', passport },
  ];
  const change = { groups, passports } as unknown as Parameters<typeof importPassports>[2];
  const said = await node.database.rehearse(async (db) => {
    await importPassports(db, nobody, change, DAY);
    const made = 'select from service_passport where service_id = any($1)';
    return (await db.read((tx) => tx.query(made, [['forest-lease']]))).rowCount;
  });
  expect(said).toBe(1);
  expect((await node.ask('GET', '/api/catalogue/forest-lease')).status).toBe(404);
  await importPassports(node.database, nobody, change, DAY);
  expect((await service('car-registration')).groupId).toBe((await service('licence')).groupId);
  const all = (await node.ask('GET', '/api/catalogue')).body as unknown as { serviceId: string; letter: string }[];
  expect(all.find(({ serviceId }) => serviceId === 'forest-lease')?.letter).toMatch(/^[АВГДЕЖИКМНОПРСТУФХЦШЭЮЯ]$/);
});

test('what a dry run meets the real one meets too, and nothing of it stays', async () => {
  const broken = node.database.rehearse((db) =>
    db.write(async (tx) => {
      await tx.query(`insert into city (name_ru, name_en, time_zone) values ('Нигде', 'Nowhere', 'UTC')`);
      await tx.query('select nonsense');
    }),
  );
  await expect(broken).rejects.toThrow(/nonsense/);
  expect((await node.database.pool.query(`select from city where name_ru = 'Нигде'`)).rowCount).toBe(0);
});

test('faulty lines are named, and nothing of the file is taken', () => {
  const { faults } = readServiceList('group,name_ru,name_en\nПрирода,,Card\nПрирода,Билет,Card\nПрирода,Билет,Card\n');
  expect(faults).toEqual([
    { line: 2, field: 'name_ru', reason: 'is missing' },
    { line: 4, field: 'name_ru', reason: '“Билет” is already in 3' },
  ]);
  expect(readServiceList('').faults).toHaveLength(1);
});

test('a draft is written and published; what is published is frozen for ever', async () => {
  const { groupId, versions } = await service('fishing-card');
  const passport = { ...versions[0]?.passport, minutesAtWindow: 25 };
  const draft = (body: object) => node.ask('PUT', '/api/catalogue/fishing-card/draft', { groupId, passport, ...body });
  expect(await code(draft({ groupId: 'nowhere' }))).toBe('unknown-group');
  expect(await code(draft({ passport: { ...passport, surprise: 1 } }))).toBe('malformed-request');
  expect((await draft({})).body).toEqual({ version: 2 });
  expect((await draft({ passport: { ...passport, minutesAtWindow: 30 } })).body).toEqual({ version: 2 });
  const publish = (validFrom: string) =>
    node.ask('POST', '/api/catalogue/fishing-card/publish', { validFrom, pilotOnly: false });
  expect(await code(publish('2020-01-01'))).toBe('days-reversed');
  expect((await publish('2026-02-20')).body).toEqual({ version: 2 });
  expect(await code(publish('2026-02-20'))).toBe('no-draft');
  expect(
    (await service('fishing-card')).versions.map(({ version, state, validFrom }) => [version, state, validFrom]),
  ).toEqual([
    [2, 'published', '2026-02-20'],
    [1, 'published', DAY],
  ]);
  const bend = (sql: string) => expect(node.database.pool.query(sql)).rejects.toThrow(/never changed/);
  await bend(`update service_version set body = '{}' where service_id = 'fishing-card'`);
  await bend(`delete from service_version where service_id = 'fishing-card' and version = 1`);
  // Today the version of today holds; tomorrow's is not in force yet.
  const centre = (await node.ask('GET', '/api/centres/1')).body as {
    services: { serviceId: string; minutes: number }[];
  };
  expect(centre.services.find(({ serviceId }) => serviceId === 'fishing-card')?.minutes).toBe(15);
});

test('a passport that names what its form has not is refused with where it does', async () => {
  const { groupId, versions } = await service('fishing-card');
  const passport = versions[0]?.passport as unknown as Passport;
  const [variant] = passport.variants;
  const broken = {
    ...variant,
    signers: [{ code: 'second', name: passport.short, when: { field: 'shared', is: ['yes'] } }],
  };
  const variants = [broken, broken];
  const answer = await node.ask('PUT', '/api/catalogue/broken/draft', { groupId, passport: { ...passport, variants } });
  expect(answer).toMatchObject({ status: 422, body: { code: 'passport-faulty' } });
  expect(answer.body['params']).toMatchObject({
    faults: [
      { path: 'variants', named: variant?.code },
      { path: `variants.${variant?.code}.signers`, named: 'shared' },
      {},
    ],
  });
});

test('a service on trial is given where the pilot is, on its days, and nowhere else', async () => {
  const { groupId, versions } = await service('fishing-card');
  const passport = { ...versions[0]?.passport, plain: { ru: 'Грибной билет', en: 'Mushroom card' } };
  await node.ask('PUT', '/api/catalogue/mushroom-card/draft', { groupId, passport });
  await node.ask('POST', '/api/catalogue/mushroom-card/publish', { validFrom: DAY, pilotOnly: true });
  const begin = (change: object) =>
    node.ask('POST', '/api/pilots', {
      centreId: 1,
      serviceId: 'mushroom-card',
      rule: null,
      value: null,
      from: DAY,
      to: '2026-03-01',
      ...change,
    });
  expect(await code(begin({ serviceId: 'unheard-of' }))).toBe('unknown-service');
  expect(await code(begin({ centreId: 99 }))).toBe('unknown-centre');
  expect(await code(begin({ to: '2026-01-01' }))).toBe('days-reversed');
  expect(await code(begin({ rule: 'closingGraceMinutes' }))).toBe('pilot-faulty');
  expect(await code(ticket(1, 'mushroom-card'))).toBe('unknown-service');
  const { pilotId } = (await begin({})).body as unknown as { pilotId: number };
  expect(await code(begin({ from: '2026-02-28', to: '2026-04-01' }))).toBe('pilot-overlaps');
  expect((await ticket(1, 'mushroom-card')).status).toBeLessThan(300);
  expect(await code(ticket(2, 'mushroom-card'))).toBe('unknown-service');
  expect((await node.ask('DELETE', `/api/pilots/${pilotId}`)).status).toBe(204);
  expect(await code(node.ask('DELETE', `/api/pilots/${pilotId}`))).toBe('unknown-pilot');
  expect(await code(ticket(1, 'mushroom-card'))).toBe('unknown-service');
});

test('a service on trial of a group that a centre does not have is refused with the reason, and nothing is written', async () => {
  const { versions } = await service('fishing-card');
  await node.database.pool.query(
    `insert into catalogue_group (group_id, letter, name_ru, name_en, place) values ('berries', 'Я', 'Ягоды', 'Berries', 99)`,
  );
  const passport = { ...versions[0]?.passport, plain: { ru: 'Ягодный билет', en: 'Berry card' } };
  await node.ask('PUT', '/api/catalogue/berry-card/draft', { groupId: 'berries', passport });
  await node.ask('POST', '/api/catalogue/berry-card/publish', { validFrom: DAY, pilotOnly: true });
  const pilot = { centreId: 1, serviceId: 'berry-card', rule: null, value: null, from: DAY, to: '2026-03-01' };
  const refused = await node.ask('POST', '/api/pilots', pilot);
  expect([refused.status, refused.body.code]).toEqual([422, 'pilot-faulty']);
  expect(refused.body.detail).toContain('berries');
  const pilots = (await node.ask('GET', '/api/pilots')).body as unknown as { serviceId: string | null }[];
  expect(pilots.filter(({ serviceId }) => serviceId === 'berry-card')).toEqual([]);
  expect((await ticket(1, 'passports')).status).toBeLessThan(300);
});

test('a rule on trial holds in its centre; one with which no hall could work is refused with the reason', async () => {
  const begin = (rule: string, value: unknown) =>
    node.ask('POST', '/api/pilots', { centreId: 2, serviceId: null, rule, value, from: DAY, to: '2026-03-01' });
  expect(await code(begin('magic', 1))).toBe('pilot-faulty');
  expect(await code(begin('policy', { kind: 'by-mood' }))).toBe('pilot-faulty');
  const before = (await ticket(2, 'passports')).body as { due: number };
  expect((await begin('policy', { kind: 'fifo' })).status).toBeLessThan(300);
  const after = await ticket(2, 'passports');
  expect(after.status).toBeLessThan(300);
  expect(before.due).toBeGreaterThan(0);
  const { rows } = await node.database.pool.query(
    `select c.body->'policy' as policy from queue_event e join queue_configuration c on c.hash = e.body->>'configuration'
     where e.centre_id = 2 and e.kind = 'config-changed' order by e.seq desc limit 1`,
  );
  expect(rows).toEqual([{ policy: { kind: 'fifo' } }]);
});

test('a version that comes into force overnight is what centres give the next morning', async () => {
  await node.stepTo(24 * 60);
  // What is done every quarter of an hour is done when a node starts, too.
  const other = await startTestNode(url);
  const centre = (await other.ask('GET', '/api/centres/1')).body as {
    services: { serviceId: string; minutes: number }[];
  };
  await other.close();
  expect(centre.services.find(({ serviceId }) => serviceId === 'fishing-card')?.minutes).toBe(30);
});

test('a service that is to be on trial only from tomorrow is given everywhere today', async () => {
  const { groupId, versions } = await service('fishing-card');
  await node.ask('PUT', '/api/catalogue/fishing-card/draft', { groupId, passport: versions[0]?.passport });
  const tomorrow = { validFrom: '2026-02-21', pilotOnly: true };
  expect((await node.ask('POST', '/api/catalogue/fishing-card/publish', tomorrow)).status).toBeLessThan(300);
  const { services } = (await node.ask('GET', '/api/centres/1')).body as { services: { serviceId: string }[] };
  expect(services.map(({ serviceId }) => serviceId)).toContain('fishing-card');
});

test('what a draft changes is listed; the catalogue goes out as JSON-LD and comes back the same', async () => {
  const { groupId, versions } = await service('fishing-card');
  const newest = versions[0] as (typeof versions)[number];
  const passport = { ...newest.passport, minutesAtWindow: 40 };
  await node.ask('PUT', '/api/catalogue/fishing-card/draft', { groupId, passport });
  const path = `/api/catalogue/fishing-card/differences?from=${newest.version}&to=${newest.version + 1}`;
  expect((await node.ask('GET', path)).body).toEqual([
    { path: 'minutesAtWindow', before: newest.passport.minutesAtWindow, after: 40 },
  ]);
  expect(await code(node.ask('GET', '/api/catalogue/fishing-card/differences?from=1&to=99'))).toBe('unknown-version');
  const { body: linked } = await node.ask('GET', '/api/catalogue-export/cpsv-ap');
  const { body: plain } = await node.ask('GET', '/api/catalogue-export');
  const list = (plain as unknown as { serviceId: string; groupId: string; passport: object }[]).map(
    ({ serviceId, groupId: group, passport: whole }) => ({ serviceId, groupId: group, passport: whole }),
  );
  expect(list.length).toBeGreaterThan(2);
  expect(readPassports(linked)).toEqual(list);
  // Every name says whose it is: nothing of ours falls into a vocabulary of the European Union.
  const { '@context': context, '@graph': graph } = linked as unknown as { '@context': object; '@graph': object[] };
  expect(context).not.toHaveProperty('@vocab');
  const names = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.flatMap(names)
      : value !== null && typeof value === 'object'
        ? Object.entries(value).flatMap(([name, member]) =>
            ['okno:passport', 'okno:terms'].includes(name) ? [name] : [name, ...names(member)],
          )
        : [];
  const prefixes = new Set(Object.keys(context));
  const foreign = names(graph).filter((name) => !name.startsWith('@') && !prefixes.has(name.split(':')[0] ?? ''));
  expect(foreign).toEqual([]);
  for (const one of graph)
    expect(one).toMatchObject({
      '@type': 'cpsv:PublicService',
      'cv:hasCompetentAuthority': { '@type': 'cv:PublicOrganisation', 'dct:title': [{ '@language': 'ru' }, {}] },
    });
  expect(readPassports(list)).toEqual(list);
  expect(() => readPassports([{ serviceId: 'x', groupId: 'y', passport: {} }])).toThrow('passport 1 (x)');
  // What is permitted is said where there is a choice, also on the command line.
  const odd = structuredClone(newest.passport) as unknown as { variants: { term: object }[] };
  for (const variant of odd.variants) variant.term = { ...variant.term, unit: 'fortnight' };
  const permitted = /^passport 1 \(x\): \/variants\/0\/term\/unit must be one of: working-day, calendar-day, month/;
  expect(() => readPassports([{ serviceId: 'x', groupId: 'y', passport: odd }])).toThrow(permitted);
});
