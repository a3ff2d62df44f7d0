import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  testCentre,
  type TestNode,
  wants,
} from '../../../tests/support/test-node.ts';
import { importCentres, previewImport, readCentreList } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url, [testCentre(1), testCentre(2, { kind: 'mobile' })]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const code = async (asked: Promise<{ body: { code?: string } }>) => (await asked).body.code;
const put = (part: string, rows: unknown, centreId = 1) =>
  node.ask('PUT', `/api/centres/${centreId}/${part}`, { [part]: rows });
const file = async (centreId = 1) => (await node.ask('GET', `/api/centres/${centreId}/file`)).body;
const word = (text: string) => ({ ru: text, en: text });

test('districts are levels, and none contains itself', async () => {
  const add = async (name: string, parentId: number | null) =>
    (await node.ask('POST', '/api/districts', { name: word(name), parentId })).body as {
      districtId: number;
      code?: string;
    };
  const okrug = (await add('ЦАО', null)).districtId;
  const arbat = (await add('Арбат', okrug)).districtId;
  const lane = (await add('Переулок', arbat)).districtId;
  expect((await add('Арбат', okrug)).code).toBe('district-named-so');
  expect((await add('Нигде', 9_999)).code).toBe('unknown-district');
  const move = (districtId: number, parentId: number) =>
    code(node.ask('PUT', `/api/districts/${districtId}`, { name: word('ЦАО'), parentId }));
  expect(await move(okrug, lane)).toBe('district-loop');
  expect(await move(okrug, okrug)).toBe('district-loop');
});

test('what may not stand together in a centre’s file is refused in words, and leaves the file as it was', async () => {
  const before = await file();
  const hours = (weekday: number, opens: string, closes: string) => ({
    weekday,
    from: '2026-01-01',
    to: null,
    opens,
    closes,
  });
  expect(await code(put('hours', [hours(1, '08:00', '12:00'), hours(1, '11:00', '20:00')]))).toBe('hours-overlap');
  expect(await code(put('hours', [hours(1, '20:00', '08:00')]))).toBe('hours-reversed');
  const window = (windowId: number, zoneId: number | null, groupIds: string[] = []) => ({ windowId, zoneId, groupIds });
  expect(await code(put('windows', [window(1, 7)]))).toBe('unknown-zone');
  expect(await code(put('windows', [window(1, null, ['magic'])]))).toBe('unknown-group');
  expect(await code(put('windows', [window(1, null), window(1, null)]))).toBe('row-twice');
  const stop = (opens: string, closes: string) => ({ day: '2026-03-02', opens, closes, place: word('Площадь') });
  expect(await code(put('stops', [stop('10:00', '12:00')]))).toBe('not-mobile');
  expect(await code(put('stops', [stop('10:00', '12:00'), stop('11:00', '13:00')], 2))).toBe('stops-overlap');
  expect(
    await code(
      put('equipment', [
        { equipmentId: 1, kind: 'printer', name: word('П'), amenity: false, windowId: 77, brokenSince: null },
      ]),
    ),
  ).toBe('unknown-window');
  expect(await file()).toEqual(before);
  expect(await code(put('hours', [], 99))).toBe('unknown-centre');
});

test('zones, windows, equipment and stops are kept as they were written', async () => {
  expect((await put('zones', [{ zoneId: 1, name: word('А') }])).status).toBeLessThan(300);
  const windows = [1, 2, 3].map((windowId) => ({
    windowId,
    zoneId: 1,
    groupIds: ['benefits', 'passports', 'property'],
  }));
  expect((await put('windows', windows)).status).toBeLessThan(300);
  const printer = {
    equipmentId: 5,
    kind: 'printer',
    name: word('Принтер'),
    amenity: false,
    windowId: 3,
    brokenSince: 1_771_480_000_000,
  };
  expect((await put('equipment', [printer])).status).toBeLessThan(300);
  expect(await code(put('windows', windows.slice(0, 2)))).toBe('window-in-use');
  expect(await code(put('zones', []))).toBe('zone-in-use');
  expect(await file()).toMatchObject({ zones: [{ zoneId: 1 }], windows, equipment: [printer] });
  // Where it stops it receives, whatever its hours of the week.
  const stops = [{ day: DAY, opens: '10:00', closes: '12:00', place: word('Площадь') }];
  expect((await put('stops', stops, 2)).status).toBeLessThan(300);
  expect(await file(2)).toMatchObject({ stops });
  const summary = (await node.ask('GET', '/api/centres/2')).body as { doors: { opens: number; closes: number } };
  expect(summary.doors.closes - summary.doors.opens).toBe(2 * 3_600_000);
});

test('a centre with visitors in the hall is not shut; without them it is, and opens again', async () => {
  const day = `/api/centres/1/days/${DAY}`;
  const ticket = await node.ask('POST', `${day}/visits`, { commandId: randomUUID(), ...wants('passports') });
  const shut = (reason: string | null) => node.ask('POST', '/api/centres/1/shut', { reason });
  expect((await shut('repair')).body).toMatchObject({ code: 'visits-open', params: { visits: 1 } });
  await node.ask('POST', '/api/own-visit/actions/leave', { token: ticket.body['token'], commandId: randomUUID() });
  expect((await shut('repair')).status).toBeLessThan(300);
  const centres = async () =>
    (await node.ask('GET', '/api/centres')).body as unknown as { centreId: number; doors: object | null }[];
  expect((await centres())[0]?.doors).toBeNull();
  expect((await shut(null)).status).toBeLessThan(300);
  expect((await centres())[0]?.doors).not.toBeNull();
});

test('a new centre has a code and a district of its own, and no hall of a guest', async () => {
  const [{ districtId }] = (await node.ask('GET', '/api/districts')).body as unknown as [{ districtId: number }];
  const details = {
    kind: 'district',
    name: word('Новый'),
    districtId,
    address: '',
    latitude: null,
    longitude: null,
    phone: '',
    openedOn: null,
    hallOf: 1,
  };
  const add = (change: object) => node.ask('POST', '/api/centres', { code: 'new', ...details, ...change });
  const made = await add({});
  expect(made.status).toBeLessThan(300);
  expect(await code(add({}))).toBe('code-taken');
  expect(await code(add({ code: 'new-2', districtId: 9_999 }))).toBe('unknown-district');
  expect(await code(add({ code: 'new-2', hallOf: made.body['centreId'] }))).toBe('hall-of-guest');
  const moved = { ...details, name: word('Старый'), hallOf: null };
  expect((await node.ask('PUT', `/api/centres/${String(made.body['centreId'])}`, moved)).status).toBeLessThan(300);
  expect(await file(made.body['centreId'] as number)).toMatchObject({ name: word('Старый'), code: 'new' });
});

test('every change of a centre is in the log of actions', async () => {
  const changed = async (day: string) =>
    (await node.ask('POST', `/api/centres/2/closures/${day}?dryRun=true`, { hours: null, reason: 'repair' })).body.code;
  // The hours of a day that has begun are changed in its hall.
  expect([await changed('2026-02-18'), await changed(DAY), await changed('2026-02-20')]).toEqual([
    'day-begun',
    'day-begun',
    undefined,
  ]);
  const closed = await node.ask('POST', '/api/centres/2/closures/2026-03-10', { hours: null, reason: 'repair' });
  expect(closed.status).toBeLessThan(300);
  const entries = (await node.ask('GET', '/api/audit?object=centre%202')).body as unknown as {
    action: string;
    details: object;
  }[];
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['day-hours', 'stops-changed']));
  expect(entries[0]?.details).toMatchObject({ day: '2026-03-10', reason: 'repair' });
});

test('the history of the network says where it is known from', async () => {
  const entries = [{ text: word('Первый центр'), source: 'https://example.org/1' }];
  expect((await node.ask('PUT', '/api/network/history/2011', { entries })).status).toBeLessThan(300);
  expect((await node.ask('GET', '/api/network/history')).body).toEqual([{ year: 2011, ...entries[0] }]);
});

const record = {
  id: 501,
  site_id: 501,
  name: 'Центр госуслуг района Тестовый',
  kind: 'district',
  serves: 'Тестовый',
  okrug: 'Северный',
  district: 'Тестовый',
  address: 'улица Проверки, дом 1',
  lat: 55.7,
  lon: 37.6,
  hours: { mon: '08:00-20:00', sun: '10:00-18:00' },
  open_date: '2013-03-25',
  area_m2: 1024.66,
  windows: 4,
  extra_services: ['фотоуслуги'],
  access: { wheelchair: 'полностью', vision: 'частично' },
  closed_for_repair: false,
};
const guest = {
  ...record,
  id: 502,
  name: 'Центр госуслуг района Соседний',
  serves: 'Соседний',
  windows: 5,
  closed_for_repair: true,
};
const list = (...records: object[]) => readCentreList(JSON.stringify({ centres: records }), 'json');
const nobody = { kind: 'nobody', id: null } as const;
const read = (centres: ReturnType<typeof list>['centres']) =>
  importCentres(node.database, nobody, centres, {
    timeZone: 'Europe/Moscow',
    day: DAY,
  } as Parameters<typeof importCentres>[3]);

test('a list is imported once; a changed one shows what would change, before anything does', async () => {
  const { centres, faults } = list(record, guest);
  expect(faults).toEqual([]);
  expect(await read(centres)).toMatchObject({
    added: [{ sourceId: '501' }, { sourceId: '502' }],
    changed: [],
    missing: [],
  });
  expect(await read(centres)).toMatchObject({ added: [], changed: [], missing: [] });
  const { centres: changed } = list({ ...record, windows: 6, address: 'улица Проверки, дом 2' });
  const preview = await node.database.read((tx) => previewImport(tx, changed));
  expect(preview.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['address', 'windows']]);
  expect(preview.missing).toEqual([{ sourceId: '502', name: guest.name }]);
  await read(changed);
  expect(await node.database.read((tx) => previewImport(tx, changed))).toMatchObject({ added: [], changed: [] });
  const { rows } = await node.database.pool.query(
    `select c.source_id, c.shut_reason, h.source_id as hall,
       (select count(*)::int from centre_window w where w.centre_id = c.centre_id) as windows
     from centre c left join centre h on h.centre_id = c.hall_of where c.source_id is not null order by 1`,
  );
  expect(rows).toEqual([
    { source_id: '501', shut_reason: null, hall: null, windows: 6 },
    { source_id: '502', shut_reason: 'repair', hall: '501', windows: 0 },
  ]);
});

test('a list read as CSV is the same list', () => {
  const csv = [
    'id,site_id,name,kind,serves,okrug,district,address,lat,lon,hours_text,open_date,area_m2,windows,extra_services,' +
      'access_wheelchair,access_vision,closed_for_repair',
    '501,501,Центр госуслуг района Тестовый,district,Тестовый,Северный,Тестовый,"улица Проверки, дом 1",55.7,37.6,' +
      'пн 08:00-20:00; вс 10:00-18:00,2013-03-25,1024.66,4,фотоуслуги,полностью,частично,0',
  ].join('\r\n');
  expect(readCentreList(csv, 'csv')).toEqual(list(record));
});

const faulty: [change: object, field: string, reason: RegExp][] = [
  [{ id: '' }, 'id', /missing/],
  [{ lat: 155 }, 'lat', /from -90 to 90/],
  [{ windows: 4.5 }, 'windows', /whole number/],
  [{ kind: 'castle' }, 'kind', /one of/],
  [{ hours: { mon: '20:00-08:00' } }, 'hours', /closes before/],
  [{ hours: 'пн 08:00-12:00; пн 11:00-20:00' }, 'hours', /overlap/],
  [{ hours: { mon: '8-20' } }, 'hours', /08:00-20:00/],
  [{ open_date: 'весной' }, 'open_date', /must be a date/],
  [{ access: { wheelchair: 'как-нибудь' } }, 'access', /not one of/],
  [{ extra_services: ['фонтан'] }, 'extra_services', /not known/],
  [{ site_id: 999 }, 'site_id', /no centre/],
];
test.each(faulty)('a faulty record is named by place, field and reason: %j', (change, field, reason) => {
  const { faults } = list(record, { ...record, id: 777, site_id: 501, ...change });
  expect(faults).toContainEqual({ line: 2, field, reason: expect.stringMatching(reason) as string });
});

test('the same centre twice, and a file that is none, are faults', () => {
  expect(list(record, record).faults).toContainEqual({ line: 2, field: 'id', reason: '501 is already in 1' });
  expect(readCentreList('{', 'json').faults).toHaveLength(1);
  const services = 'group,name_ru,name_en\nПаспорта,Паспорт,Passport\n';
  expect(readCentreList(services, 'json').faults).toEqual([
    { line: 1, field: '', reason: expect.stringMatching(/neither a CSV list .* nor JSON$/) as string },
  ]);
  expect(readCentreList('a,b\n1\n', 'csv').faults).toContainEqual(expect.objectContaining({ line: 2 }));
  expect(list().faults).toHaveLength(1);
});

test('a specialist may open a window of the new plan', async () => {
  const open = { commandId: randomUUID(), specialistId: 'anna', skills: skilled('passports') };
  expect((await node.ask('POST', `/api/centres/1/days/${DAY}/windows/3/open`, open)).status).toBeLessThan(300);
});
