import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseWork, PNG, testPassport } from '../tests/support/case-node.ts';
import type { Route } from '../contract/contract.ts';
import { contract } from '../contract/index.ts';
import { createKey } from './modules/people/index.ts';
import {
  type Answer,
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  type TestNode,
  wants,
} from '../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let url: string;
const words = { ru: 'Слово', en: 'Word' };
const details = {
  kind: 'district',
  name: words,
  districtId: 1,
  address: '',
  latitude: null,
  longitude: null,
  phone: '',
  openedOn: null,
  hallOf: null,
};

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ drop, url } = database);
  node = await startTestNode(database.url);
});

afterAll(async () => {
  await node?.close();
  await drop?.();
});

const command = () => ({ commandId: randomUUID() });
const booking = (more: object) => ({ ...command(), centreId: 1, at: TEN, ...wants('passports'), ...more });

/** What a caller sends that no handler can do anything with: method, address, body, and the field that the answer names. */
const refused: [method: string, path: string, body: unknown, where: string][] = [
  ['GET', '/api/applications/x/receipt', undefined, 'params/applicationId'],
  ['GET', `/api/applications/${randomUUID()}/documents/%D1%8F`, undefined, 'params/code'],
  ['GET', '/api/files/x', undefined, 'params/fileId'],
  ['GET', '/promise.csv?day=2026-02-30', undefined, 'querystring/day'],
  ['GET', '/promise.csv?day=2026-01-01&day=2026-01-02', undefined, 'querystring/day'],
  ['GET', '/api/promise?day=0001-01-01', undefined, 'querystring/day'],
  ['GET', '/api/centres/1/roster?day=0001-01-01', undefined, 'querystring/day'],
  ['GET', '/api/centres/1/roster?day=9999-12-31', undefined, 'querystring/day'],
  ['GET', '/api/centres/1/free-times?services=a&services=b&day=2026-02-20', undefined, 'querystring/services'],
  ['GET', '/api/centres/2147483648/hall', undefined, 'params/centreId'],
  ['GET', '/api/centres/1e3/hall', undefined, 'params/centreId'],
  ['GET', '/api/speech?language=ru&language=en', undefined, 'querystring/language'],
  ['GET', '/openapi.json?a=%00', undefined, 'querystring/a'],
  // A name that the route does not know, with and without a query of its own.
  [
    'POST',
    '/api/centres/1/days/2026-02-20/close-doors?dryRun=true',
    { ...command(), reason: 'crowding' },
    'querystring',
  ],
  ['GET', '/api/centres/1/hall?nosuch=1', undefined, 'querystring'],
  ['GET', '/api/audit?nosuch=1', undefined, 'querystring'],
  ['GET', '/api/speech?language=ru&nosuch=1', undefined, 'querystring'],
  ['GET', `/api/files/${randomUUID()}?nosuch=1`, undefined, 'querystring'],
  ['GET', '/api/network/at?at=1e21', undefined, 'querystring/at'],
  ['GET', '/api/network/at?at=-1', undefined, 'querystring/at'],
  ['GET', '/api/audit?before=99999999999999999999', undefined, 'querystring/before'],
  ['GET', '/api/status-feed?after=99999999999999999999', undefined, 'querystring/after'],
  ['GET', `/api/catalogue/x/differences?from=1&to=65536`, undefined, 'querystring/to'],
  ['GET', `/api/applications/${randomUUID()}/versions/65536`, undefined, 'params/version'],
  ['POST', `/api/applications/${randomUUID()}/versions/65536`, undefined, 'params/version'],
  ['POST', '/api/bookings', booking({ at: 1e21 }), 'body/at'],
  ['POST', '/api/bookings', booking({ at: 8_640_000_000_000_000 }), 'body/at'],
  ['POST', '/api/bookings', booking({ at: -62_198_755_200_000 }), 'body/at'],
  ['POST', '/api/clock/step', { to: 8_640_000_000_000_001 }, 'body/to'],
  ['PUT', '/api/centres/1/roster', { day: DAY, version: 1e21, shifts: [] }, 'body/version'],
  ['PUT', '/api/centres/1/roster', { day: DAY, version: 2_147_483_648, shifts: [] }, 'body/version'],
  ['DELETE', '/api/centres/1/media/2147483648', undefined, 'params/mediumId'],
  ['DELETE', '/api/pilots/2147483648', undefined, 'params/pilotId'],
  ['POST', '/api/centres/1/alerts/99999999999999999999/seen', undefined, 'params/alertId'],
  ['POST', '/api/districts', { parentId: 2_147_483_648, name: words }, 'body/parentId'],
  ['PUT', '/api/districts/2147483648', { parentId: null, name: words }, 'params/districtId'],
  ['POST', '/api/districts', { parentId: null, name: { ru: 'я'.repeat(9_000), en: 'a' } }, 'body/name/ru'],
  ['POST', '/api/centres', { code: 'a', ...details, districtId: 2_147_483_648 }, 'body/districtId'],
  ['PUT', '/api/centres/1', { ...details, districtId: -1e18 }, 'body/districtId'],
  ['PUT', '/api/centres/1', { ...details, openedOn: '0000-01-01' }, 'body/openedOn'],
  ['PUT', '/api/centres/1/equipment', equipment({ brokenSince: 1e308 }), 'body/equipment/0/brokenSince'],
  ['PUT', '/api/centres/1/hours', hours({ from: '2026-02-30' }), 'body/hours/0/from'],
  [
    'POST',
    '/api/payments',
    { payments: [{ paymentId: 'a', uin: '1', amount: 1e17, source: 'bank', paidAt: TEN }] },
    'body/payments/0/amount',
  ],
  ['PUT', '/api/roles/x', { ...role(), includes: ['specialist', 'specialist'] }, 'body/includes'],
  ['PUT', '/api/roles/x', { ...role(), rights: ['serve', 'serve'] }, 'body/rights'],
  ['POST', '/api/centres/0x10/media', undefined, 'params/centreId'],
  ['POST', '/api/centres/1/media?name=a&name=b', undefined, 'querystring/name'],
  ['POST', '/api/files?name=a&name=b', undefined, 'querystring/name'],
  ['POST', '/api/files?name=..%2Fetc%2Fpasswd', undefined, 'querystring/name'],
  ['POST', '/api/files?name=a%00b', undefined, 'querystring/name'],
  ['POST', '/api/files?name=gpj%E2%80%AE.exe', undefined, 'querystring/name'],
  ['POST', '/api/centres/1/media?seconds=1e3', undefined, 'querystring/seconds'],
];

function hours(change: object) {
  return { hours: [{ weekday: 1, from: '2026-01-01', to: null, opens: '08:00', closes: '20:00', ...change }] };
}
function equipment(change: object) {
  return {
    equipment: [
      { equipmentId: 1, kind: 'terminal', name: words, amenity: false, windowId: null, brokenSince: null, ...change },
    ],
  };
}
function role() {
  return { name: words, rights: ['serve'], includes: [] as string[], secondFactor: false, twoPeople: false };
}

describe('what cannot be a value is refused with its field, and nothing is done', () => {
  test.each(refused)('%s %s', async (method, path, body, where) => {
    const isUpload = method === 'POST' && /\/(media|files)/.test(path);
    const answer = isUpload ? await upload(path) : await node.ask(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
    expect((answer.body['params'] as { where: string }).where).toBe(where);
  });
});

async function upload(path: string): Promise<Pick<Answer, 'status' | 'body'>> {
  const headers = { 'content-type': 'image/png' };
  const reply = await fetch(node.url + path, { method: 'POST', headers, body: PNG });
  return { status: reply.status, body: (await reply.json()) as Answer['body'] };
}

describe('what fits its schema is answered', () => {
  const codeOf = async (method: string, path: string, body?: unknown) => {
    const { status, body: said } = await node.ask(method, path, body);
    return status < 300 ? 'done' : `${status} ${said.code}`;
  };

  test('the figures of bookings, of any time that is not too long', async () => {
    expect(await codeOf('GET', '/api/booking-figures?from=2026-02-01&to=2026-02-28')).toBe('done');
    expect(await codeOf('GET', '/api/booking-figures?from=2026-02-28&to=2026-02-01')).toBe('400 days-reversed');
    expect(await codeOf('GET', '/api/booking-figures?from=2024-01-01&to=2026-12-31')).toBe('400 days-too-many');
  });

  test('a network of which nothing is known yet has no suggestions for a roster', async () => {
    const suggest = () => codeOf('POST', '/api/centres/1/roster/suggestions', { day: '2026-03-02' });
    expect(await suggest()).toBe('409 nobody-to-roster');
    const scope = { kind: 'centre', id: '1' };
    const { body } = await node.ask('POST', '/api/staff', { login: 'a-colleague', name: 'Коллега', scope });
    const accountId = String(body['accountId']);
    await node.ask('POST', `/api/staff/${accountId}/grants`, { roleId: 'specialist', scope });
    expect(await suggest()).toBe('done');
    const terms = { weekHours: 40, shiftHours: [], groupIds: ['passports'] };
    await node.ask('PUT', `/api/centres/1/roster/people/${accountId}`, terms);
    expect(await suggest()).toBe('409 nobody-knows');
    await node.ask('PUT', `/api/centres/1/roster/people/${accountId}`, { ...terms, groupIds: null });
    await node.ask('POST', '/api/centres/1/closures/2026-03-03', {
      hours: { opens: '10:00', closes: '12:00' },
      reason: 'other',
    });
    expect(await suggest()).toBe('422 no-shift-fits');
  });

  test('hours that end before they begin are refused', async () => {
    const reversed = hours({ from: '2026-03-01', to: '2026-02-01' });
    expect(await codeOf('PUT', '/api/centres/1/hours', reversed)).toBe('400 days-reversed');
  });

  test('a resource of which less than five minutes are left of a day offers nothing', async () => {
    const offer = (cells: readonly number[]) =>
      node.database.pool.query<{ changed: boolean }>(
        `select ledger_offer(1, '2026-03-10', 'unit:ramp:1', '2026-03-10 09:00+03', false, $1) as changed`,
        [cells],
      );
    for (const cells of [[1, 1], [], [1]]) expect((await offer(cells)).rows).toEqual([{ changed: true }]);
  });

  test('a file of an application that does not exist, and a medium that does not exist', async () => {
    expect(await codeOf('GET', `/api/files/${randomUUID()}`)).toMatch(/^40[34] /);
    expect(await codeOf('GET', '/media/2147483647')).toBe('404 unknown-medium');
    expect(await codeOf('GET', `/api/applications/${randomUUID()}/receipt`)).toMatch(/^40[34] /);
  });

  test('a key gives no roles: a person does', async () => {
    const behindDoors = await startTestNode(url, [], 0, { requireKeys: true });
    const key = await createKey(node.database, { name: 'a-program', role: 'administrator', centreId: null });
    const asked = { authorization: `Bearer ${key}` };
    const scope = { kind: 'network', id: null };
    const made = await behindDoors.ask('POST', '/api/staff', { login: 'somebody', name: 'Кто-то', scope }, asked);
    const path = `/api/staff/${String(made.body['accountId'])}/grants`;
    const answer = await behindDoors.ask('POST', path, { roleId: 'specialist', scope }, asked);
    expect([answer.status, answer.body.code]).toEqual([403, 'person-needed']);
    await behindDoors.close();
  });

  test('a browser fills no log with faults of screens', async () => {
    const told = { screen: 'kiosk', error: 'TypeError', frames: ['/assets/a.js:1:2'] };
    const codes = [];
    for (let n = 0; n < 20; n += 1) codes.push((await node.ask('POST', '/api/screen-faults', told)).status);
    expect([codes[0], codes.at(-1)]).toEqual([204, 429]);
  });

  test('the names of Object are no names of ours', async () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(await codeOf('GET', `/problems/${name}`)).toBe('404 unknown-route');
  });
});

test('a node serves the routes of the contract and no others, so that all who read it know every address', () => {
  const served = node.routes.filter((one) => one.method !== 'HEAD' && !one.url.startsWith('/assets/'));
  const names = served.map((one) => `${one.method} ${one.url}`);
  expect(names.filter((name) => !(name in contract))).toEqual([]);
  // Pages need their build, and some routes a server to sign in at or a contact for weaknesses.
  const absent = Object.entries(contract as Record<string, Route>).filter(([name]) => !names.includes(name));
  expect(absent.filter(([, { right }]) => right !== null)).toEqual([]);
});

test('an unchanged description of the API is not sent again', async () => {
  const first = await fetch(`${node.url}/openapi.json`);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  expect(Object.keys(((await first.json()) as { paths: object }).paths).length).toBeGreaterThan(200);
  const again = async (known: string) =>
    (await fetch(`${node.url}/openapi.json`, { headers: { 'if-none-match': known } })).status;
  expect(await again(etag)).toBe(304);
  expect(await again(`"other", W/${etag}`)).toBe(304);
  expect(await again('"other"')).toBe(200);
});

test('a problem names what is permitted, in words and in both languages', async () => {
  const ask = async (language: string, body: unknown) =>
    (await node.ask('POST', '/api/staff', body, { 'accept-language': language })).body.detail;
  const wrong = { login: 'somebody', name: 'Кто-то', scope: { kind: 'city', id: null } };
  expect(await ask('en', wrong)).toContain('body/scope/kind): must be one of: network, district, centre, agency.');
  expect(await ask('ru', wrong)).toContain('body/scope/kind): допустимо только: network, district, centre, agency.');
  expect(await ask('en', { ...wrong, scope: { kind: 'centre', id: '?' } })).toContain(
    'body/scope/id): is not of the form',
  );
  expect(await ask('ru', {})).toContain('(body): не хватает: login, name, scope');
  expect(await ask('en', { ...wrong, more: 1 })).toContain('more');
});

test('what nests more deeply than anything here is refused, not walked through', async () => {
  const deep = `{"centreId":1,"serviceId":"passports","rule":null,"value":${'['.repeat(20_000)}${']'.repeat(20_000)},"from":"${DAY}","to":"${DAY}"}`;
  const answer = await node.ask('POST', '/api/pilots', deep);
  expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
});

describe('a value that no schema stops and the database cannot keep', () => {
  test('is a fault of the request with its field, not of the server', async () => {
    await node.database.pool.query(
      `create function too_large() returns trigger language plpgsql as $$ begin perform new.name_ru::uuid; return new; end $$`,
    );
    await node.database.pool.query(
      `create trigger too_large before insert on district for each row execute function too_large()`,
    );
    const answer = await node.ask('POST', '/api/districts', { parentId: null, name: { ru: 'Не число', en: 'a' } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'malformed-request', params: { where: 'body/name/ru' } });
  });
});

describe('a database that cannot now', () => {
  test.each([
    ['53100', 503, 'busy'],
    ['53300', 503, 'busy'],
    ['55P03', 503, 'busy'],
    ['40P01', 503, 'busy'],
    ['57P01', 503, 'outcome-unknown'],
    ['08006', 503, 'outcome-unknown'],
    ['23514', 500, 'internal'],
  ])('%s is told as %i %s', async (code, status, told) => {
    await node.database.pool.query(
      `create or replace function too_large() returns trigger language plpgsql as $$ begin raise exception using errcode = '${code}'; end $$`,
    );
    const answer = await node.ask('POST', '/api/districts', { parentId: null, name: { ru: 'Имя', en: 'a' } });
    expect([answer.status, answer.body.code]).toEqual([status, told]);
  });
});

test('a hall lives on', async () => {
  const base = `/api/centres/1/days/${DAY}`;
  await node.ask('POST', `${base}/windows/1/open`, { ...command(), specialistId: 's1', skills: skilled('passports') });
  expect((await node.ask('POST', `${base}/visits`, { ...command(), ...wants('passports') })).status).toBeLessThan(300);
  expect((await node.ask('POST', `${base}/windows/1/ready`, command())).body['call']).not.toBeNull();
  const work = caseWork(node);
  await work.publish('a-service', testPassport());
  const draft = await work.begin('a-service', await work.person());
  expect(draft.state).toBe('draft');
  const shown = { kind: 'passport', seen: 'original-shown' };
  const twice = { edition: draft.edition, answers: {}, evidence: [shown, shown] };
  const answer = await node.ask('PUT', `/api/applications/${draft.applicationId}/draft`, twice);
  expect([answer.status, answer.body.code]).toEqual([422, 'row-twice']);
});
