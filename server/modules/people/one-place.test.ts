import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Route } from '../../../contract/contract.ts';
import { contract } from '../../../contract/index.ts';
import { ANYBODY, type Right, RIGHTS } from '../../../core/access/roles.ts';
import { addDays, type CivilDate, instantOf } from '../../../core/time/civil.ts';
import {
  cloneDatabase,
  DAY,
  startTestNode,
  testCentre,
  type TestNode,
  ZONE,
} from '../../../tests/support/test-node.ts';
import { enter, type Person } from '../../../tests/support/staff.ts';
import { createKey, inviteAdministrator } from './index.ts';

let node: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(
    database.url,
    [1, 2].map((id) =>
      testCentre(id, {
        position: { latitude: 55.7 + id / 100, longitude: 37.6 },
        district: { ru: `Район ${id}`, en: `District ${id}` },
      }),
    ),
    0,
    { requireKeys: true },
  );
});

afterAll(async () => {
  await node.close();
  await drop();
});

const routes = Object.entries(contract) as [string, Route][];
/** The roles that were refused for the place, whatever the rest of the request. */
const ELSEWHERE = new Set(['right-elsewhere', 'foreign-centre']);

/** What one request says of the caller's place: the code of its refusal, or `opened`. */
async function answerOf(name: string, centreId: number, headers: Record<string, string>): Promise<string> {
  const [method, path] = name.split(' ') as [string, string];
  const address = path.replaceAll(/:\w+/g, (one) =>
    one === ':centreId' ? String(centreId) : one === ':day' ? '2020-01-01' : '1',
  );
  // A body that no schema takes: a permitted caller is refused for it, and nothing happens.
  const body = method === 'GET' || method === 'DELETE' ? undefined : '[]';
  const abort = new AbortController();
  const answer = await fetch(node.url + address, {
    method,
    signal: abort.signal,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  });
  // A stream that was opened does not end by itself.
  const isRefused = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const code = isRefused ? ((await answer.json()) as { code: string }).code : 'opened';
  abort.abort();
  return code;
}

/** The same; an asker who has used up their measure for the moment asks again when there is room. */
async function answerInTurn(name: string, centreId: number, headers: Record<string, string>): Promise<string> {
  for (;;) {
    const code = await answerOf(name, centreId, headers);
    if (code !== 'too-many-requests') return code;
    await setTimeout(500);
  }
}

/** Asks every route that a right opens, with a key that has this right, and all others, at centre 1 only. */
async function asked(right: Right, centreId: number): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const [index, [name]] of routes.filter(([, one]) => one.right === right).entries()) {
    const key = await createKey(node.database, {
      name: `one-place-${right}-${centreId}-${index}`,
      role: 'administrator',
      centreId: 1,
    });
    answers.set(name, await answerOf(name, centreId, { authorization: `Bearer ${key}` }));
  }
  return answers;
}

/** A member of staff with every right there is, at one place. */
async function withEveryRight(kind: string, id: string): Promise<Person> {
  const rights = Object.keys(RIGHTS);
  const { rows } = await node.database.pool.query<{ district: string }>(
    'select district_id::text as district from centre where centre_id = 1',
  );
  const scopeId = kind === 'district' ? rows[0]?.district : id;
  await node.database.pool.query(
    `insert into role (role_id, name_ru, name_en, rights, second_factor, two_people, seeded)
     values ('everything', 'Всё', 'Everything', $1, false, false, false) on conflict do nothing`,
    [rights],
  );
  const { code } = await inviteAdministrator(node.database, `all-of-${kind}`, 'Всё на одном месте');
  await node.database.pool.query(
    `update role_grant set role_id = 'everything', scope_kind = $2, scope_id = $3
     where account_id = (select account_id from staff_account where login = $1)`,
    [`all-of-${kind}`, kind, scopeId],
  );
  return enter(node, `all-of-${kind}`, code);
}

const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => !ANYBODY.includes(right));

test.each(rights)('“%s” at one place opens nothing at another, and nothing of the whole network', async (right) => {
  const here = await asked(right, 1);
  const there = await asked(right, 2);
  const wrong: string[] = [];
  for (const [name, { placed = false }] of routes.filter(([, one]) => one.right === right)) {
    const isOfCentre = name.includes(':centreId');
    const wanted = isOfCentre ? 'foreign-centre' : placed ? null : 'right-elsewhere';
    if (wanted !== null && there.get(name) !== wanted) wrong.push(`${name} at another place: ${there.get(name)}`);
    if (isOfCentre && ELSEWHERE.has(here.get(name) ?? '')) wrong.push(`${name} at the own place: ${here.get(name)}`);
    if (!isOfCentre && !placed && here.get(name) !== 'right-elsewhere') wrong.push(`${name}: ${here.get(name)}`);
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['a centre', { kind: 'centre', id: '1' }],
  ['a district', { kind: 'district', id: 'of centre 1' }],
  ['an agency', { kind: 'agency', id: 'zags' }],
])('every right at %s opens no route of the whole network, and none of a centre elsewhere', async (_, { kind, id }) => {
  const one = await withEveryRight(kind, id);
  const ofNetwork = routes.filter(([name, { placed = false }]) => !name.includes(':centreId') && !placed);
  const ofCentres = routes.filter(([name]) => name.includes(':centreId'));
  const guarded = [...ofNetwork, ...ofCentres].filter(([, { right }]) => right !== null && !ANYBODY.includes(right));
  const answers: [string, string][] = [];
  for (const [name] of guarded)
    answers.push([name, await answerInTurn(name, 2, { cookie: one.cookie, origin: node.url })]);
  expect(answers).toEqual(
    guarded.map(([name]) => [name, name.includes(':centreId') ? 'foreign-centre' : 'right-elsewhere']),
  );
  expect(guarded.length).toBeGreaterThan(100);
  // The rights are there: at the own place they open.
  const own = await answerInTurn('GET /api/centres/:centreId/alerts', 1, { cookie: one.cookie });
  expect(own).toBe(kind === 'agency' ? 'foreign-centre' : 'opened');
});

test('reception of one centre books through its channel there, and at another like any passer-by', async () => {
  const authorization = `Bearer ${await createKey(node.database, { name: 'reception-1', role: 'reception', centreId: 1 })}`;
  const ask = (method: string, path: string, body?: unknown) => node.ask(method, path, body, { authorization });
  const day = addDays(DAY as CivilDate, 1);
  const free = (centreId: number, channel: string) =>
    ask('GET', `/api/centres/${centreId}/free-times?services=passports&day=${day}&channel=${channel}`);
  for (const channel of ['reception', 'call-centre']) {
    expect((await free(1, channel)).status).toBeLessThan(300);
    expect((await free(2, channel)).body.code).toBe('channel-not-yours');
  }
  expect((await free(2, 'city')).status).toBeLessThan(300);
  const citywide = async (more: string) => {
    const { body } = await ask('GET', `/api/free-times?services=passports${more}`);
    return (body as unknown as { centreId: number }[]).map(({ centreId }) => centreId);
  };
  expect(await citywide('&channel=reception')).toEqual([1]);
  expect(await citywide('')).toEqual([1, 2]);

  const order = { services: [{ serviceId: 'passports', quantity: 1 }], at: instantOf(day, '10:00', ZONE) };
  const book = (centreId: number | null, more: object = {}) =>
    ask('POST', '/api/bookings', { commandId: randomUUID(), centreId, ...order, ...more });
  expect((await book(2, { channel: 'reception' })).body.code).toBe('channel-not-yours');
  expect((await book(2)).body).toMatchObject({ centreId: 2, channel: 'city' });
  expect((await book(1)).body).toMatchObject({ centreId: 1, channel: 'reception' });
  const near = { latitude: 55.72, longitude: 37.6, kilometres: 50 };
  // Next to centre 2, whose places are not reception's to give.
  expect((await book(null, { near, channel: 'reception', at: instantOf(day, '11:00', ZONE) })).body).toMatchObject({
    centreId: 1,
  });
});

test('no asker holds more streams than a hall needs; one that ends makes room for another', async () => {
  const most = 40;
  const key = await createKey(node.database, { name: 'many-streams', role: 'board', centreId: 1 });
  const open = async () => {
    const abort = new AbortController();
    const answer = await fetch(`${node.url}/api/centres/1/live`, {
      headers: { authorization: `Bearer ${key}` },
      signal: abort.signal,
    });
    return { answer, abort };
  };
  const held = await Promise.all(Array.from({ length: most }, open));
  expect(new Set(held.map(({ answer }) => answer.status))).toEqual(new Set([200]));
  const beyond = await open();
  expect([beyond.answer.status, await beyond.answer.json()]).toEqual([
    429,
    expect.objectContaining({ code: 'too-many-streams' }),
  ]);
  held[0]?.abort.abort();
  await expect
    .poll(async () => {
      const { answer, abort } = await open();
      abort.abort();
      return answer.status;
    })
    .toBe(200);
  for (const { abort } of held) abort.abort();
});
