import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../core/queue/configuration.ts';
import {
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  testCentre,
  type TestNode,
  ZONE,
} from '../../../tests/support/test-node.ts';
import { openClock } from '../../platform/clock.ts';
import type { NewCentre } from '../network/index.ts';
import type { HallContext } from './context.ts';
import { arrive, DayBook, linkVisit, visitIdOfBooking } from './index.ts';
import { forgetPersons, visitsLinkedTo } from './persons/queries.ts';
import { ensureMonths } from './queries.ts';

let node: TestNode;
let drop: () => Promise<void>;
const PROMISING: Partial<NewCentre> = {
  rules: {
    answerSeconds: null,
    calls: { recallsMax: 3, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 2 },
    promise: { waitSeconds: 900, servedSeconds: 60 },
    closingGraceMinutes: null,
    remoteTickets: true,
    classes: [{ letter: 'L', limitMinutes: 5, weight: 1 }],
  },
  services: [
    {
      serviceId: 'passport-14',
      groupId: 'passports',
      name: { ru: 'Паспорт в 14 лет', en: 'Passport at 14' },
      level: 2,
      minutes: 10,
    },
  ],
};

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const shared = testCentre(9, {
    hallOf: 8,
    groups: [{ groupId: 'taxes', letter: 'Т', name: { ru: 'Налоги', en: 'Taxes' } }],
    windows: [{ windowId: 20, groupIds: ['taxes'] }],
  });
  const centres = [1, 2, 3, 4, 5, 6, 7, 8, 11].map((centreId) => testCentre(centreId, PROMISING));
  node = await startTestNode(database.url, [...centres, shared]);
});

afterAll(async () => {
  await node.close();
  await drop();
});

/** A hall of its own for a test. */
function hall(centreId: number) {
  const base = `/api/centres/${centreId}/days/${DAY}`;
  const post = (path: string, body: object = {}) => node.ask('POST', path, { commandId: randomUUID(), ...body });
  return {
    base,
    post,
    take: (serviceId: string, more: object = {}) => post(`${base}/visits`, { services: [{ serviceId }], ...more }),
    at: (windowId: number, action: string, body: object = {}) => post(`${base}/windows/${windowId}/${action}`, body),
    /** A specialist who works here only sits down. */
    seat: (windowId: number, ...groupIds: string[]) =>
      post(`${base}/windows/${windowId}/open`, {
        specialistId: `s-${centreId}-${windowId}`,
        skills: skilled(...groupIds),
      }),
    of: (visitId: unknown, action: string, body: object = {}) =>
      post(`${base}/visits/${String(visitId)}/${action}`, body),
    visit: async (visitId: unknown) => (await node.ask('GET', `${base}/visits/${String(visitId)}`)).body,
    see: async () => (await node.ask('GET', `/api/centres/${centreId}/hall`)).body,
    log: async () => {
      const { rows } = await node.database.pool.query<{ kind: string; body: object }>(
        'select kind, body from queue_event where centre_id = $1 order by day, seq',
        [centreId],
      );
      return rows;
    },
  };
}

test('data that may have to be forgotten is kept outside the log, and can be deleted', async () => {
  const { take, of, at, seat, log } = hall(1);
  const secrets = ['veteran-of-combat', '+7 916 123-45-67', 'ivanova@example.org'];
  const phone = await take('passports', { classLetter: 'L', ground: secrets[0], contact: secrets[1] });
  const mail = await take('passport-14', { contact: secrets[2], language: 'en', persons: 3 });
  expect([phone.status, mail.status]).toEqual([201, 201]);
  await seat(1, 'passports');
  await at(1, 'ready');
  const { visitId } = phone.body;
  await at(1, 'start', { visitId });
  await at(1, 'hold', { visitId, minutes: 5, reason: 'visitor' });
  await of(visitId, 'back');
  await of(mail.body['visitId'], 'leave');
  const kept = 'select ground, contact from visit_person where centre_id = 1 order by contact';
  expect((await node.database.pool.query(kept)).rows).toEqual([
    { ground: secrets[0], contact: secrets[1] },
    { ground: null, contact: secrets[2] },
  ]);
  const everything = JSON.stringify([await log(), await node.database.pool.query('select * from visit, visit_step')]);
  for (const secret of secrets) expect(everything).not.toContain(secret);
  expect((await log())[1]?.body).toMatchObject({ classLetter: 'L' });
  const free = { classLetter: 'L', note: 'Иванова, инвалид II группы' };
  expect((await take('passports', free)).status, 'there is no place for a free text').toBe(400);
});

test('a ticket has a secret of its own, and only that opens the visitor’s page', async () => {
  const { take, post } = hall(2);
  const ticket = (await take('passports')).body;
  const token = String(ticket['token']);
  expect(token.length).toBeGreaterThan(40);
  const own = (what: string, asked = token) => node.ask('POST', `/api/own-visit/${what}`, { token: asked });
  expect((await own('look')).body).toMatchObject({
    number: 'П001',
    state: 'waiting',
    ahead: 0,
  });
  const forged = `${token.slice(0, -4)}AAAA`;
  expect((await own('look', forged)).body.code).toBe('unknown-token');
  expect((await own('look', String(ticket['visitId']))).status).toBe(400);
  const act = (action: string) => post(`/api/own-visit/actions/${action}`, { token });
  expect((await act('hold')).body).toMatchObject({ state: 'held' });
  expect((await act('back')).body).toMatchObject({ state: 'waiting' });
  expect((await act('leave')).body).toMatchObject({ state: 'left' });
  expect((await act('undo-leave')).body, 'pressed by mistake').toMatchObject({ state: 'waiting', due: ticket['due'] });
  expect((await act('leave')).body).toMatchObject({ state: 'left' });
  expect((await act('finish')).status, 'nobody serves themselves').toBe(400);
});

test('the promise: one drink for who waited too long, and the log says when', async () => {
  const { take, of, visit } = hall(3);
  const { visitId } = (await take('passports')).body;
  expect((await of(visitId, 'redeem', { drink: 'tea' })).body.code).toBe('no-voucher');
  await node.stepTo(16);
  await expect.poll(() => visit(visitId)).toMatchObject({ promiseBroken: true, waitMs: 16 * 60_000 });
  expect((await of(visitId, 'redeem', { drink: 'cocoa' })).body).toMatchObject({ drink: 'cocoa' });
  expect((await of(visitId, 'redeem', { drink: 'cocoa' })).body.code).toBe('voucher-used');
  const { rows } = await node.database.pool.query(
    `select count(*)::integer as times, min(due_at) as due from queue_event where centre_id = 3 and kind = 'promise-broken'`,
  );
  expect(rows).toEqual([{ times: 1, due: new Date(TEN + 15 * 60_000) }]);
});

test('why others went first: every call with its reason', async () => {
  const { take, at, seat, base } = hall(4);
  const mine = (await take('passports')).body['visitId'];
  await take('passports', { classLetter: 'L' });
  await take('property');
  await seat(1, 'passports');
  await seat(3, 'property');
  await at(1, 'ready');
  await at(3, 'ready');
  const second = (await take('passports')).body['visitId'];
  await seat(2, 'passports');
  await at(2, 'pick', { visitId: second, reason: 'child' });
  const answer = (await node.ask('GET', `${base}/visits/${String(mine)}/explanation`)).body;
  expect((answer['calls'] as { number: string; why: string }[]).map(({ number, why }) => [number, why])).toEqual([
    ['П002', 'due-earlier'],
    ['Н001', 'other-window'],
    ['П003', 'picked'],
  ]);
});

describe('the hall', () => {
  test('shows what it was at a moment of the day', async () => {
    const { take, base } = hall(5);
    await take('passports');
    const before = Number((await take('passports')).body['takenAt']);
    await node.stepTo(20);
    await take('passports');
    const then = (await node.ask('GET', `${base}/hall?at=${before}`)).body;
    expect(then).toMatchObject({ seq: 3, waiting: expect.arrayContaining([{ groupId: 'passports', visits: 2 }]) });
    expect((await node.ask('GET', `${base}/hall?at=${before}&x=1`)).status).toBe(400);
  });

  test('stops and resumes', async () => {
    const { take, post, base, see } = hall(6);
    const { visitId, due } = (await take('passports')).body;
    expect((await post(`${base}/stop`, { reason: 'alarm' })).body).toMatchObject({ stopped: { reason: 'alarm' } });
    expect((await take('passports')).body.code).toBe('hall-stopped');
    await node.stepTo(30);
    expect((await post(`${base}/resume`)).body).toMatchObject({ stopped: null });
    expect((await post(`${base}/resume`)).body.code).toBe('hall-not-stopped');
    const stood = 10 * 60_000;
    expect((await node.ask('GET', `${base}/visits/${String(visitId)}`)).body).toMatchObject({
      due: Number(due) + stood,
    });
    expect((await see())['state']).toBe('open');
  });

  test('tells the wait before a visitor chooses, and which service is off today', async () => {
    const { take, seat } = hall(7);
    const off = { from: DAY, to: DAY, reason: 'equipment' };
    expect((await node.ask('POST', '/api/centres/7/services/passport-14/off', off)).status).toBeLessThan(300);
    expect((await take('passport-14')).body.code).toBe('service-off');
    await seat(1, 'passports');
    await take('passports');
    await take('passports');
    const waits = (await node.ask('GET', '/api/centres/7/waits')).body as unknown as { serviceId: string }[];
    expect(waits.find(({ serviceId }) => serviceId === 'passport-14')).toMatchObject({ off: true, wait: null });
    expect(waits.find(({ serviceId }) => serviceId === 'passports')).toMatchObject({
      wait: { ahead: 2, q50Minutes: 36 },
    });
    const { token } = (await take('passports')).body;
    const mine = (await node.ask('POST', '/api/own-visit/look', { token })).body;
    expect(mine).toMatchObject({ ahead: 2, wait: { q50Minutes: 36 } });
    expect(waits.find(({ serviceId }) => serviceId === 'property')).toMatchObject({ off: false, wait: null });
    await node.ask('POST', '/api/centres/7/services/passport-14/off', { ...off, reason: null });
    expect((await take('passport-14')).status).toBeLessThan(300);
    expect((await node.ask('POST', '/api/centres/7/services/nonsense/off', off)).body.code).toBe('unknown-service');
    expect(
      (await node.ask('POST', '/api/centres/7/services/passport-14/off', { ...off, to: '2026-02-01' })).body.code,
    ).toBe('days-reversed');
  });

  test('may be shared by several centres: one queue, one board, numbers that do not meet', async () => {
    const [host, guest] = [hall(8), hall(9)];
    expect((await host.take('passports')).body['number']).toBe('П001');
    expect((await guest.take('taxes')).body['number']).toBe('Т001');
    await guest.seat(20, 'taxes');
    expect((await host.at(20, 'ready')).body).toMatchObject({ call: { number: 'Т001' } });
    expect((await guest.see())['calls']).toEqual((await host.see())['calls']);
    expect(await guest.log()).toEqual([]);
  });
});

test('a specialist sits at one window of the whole network, and is free when it is closed', async () => {
  const [one, other] = [hall(2), hall(3)];
  const open = { specialistId: 'wanderer', skills: skilled('passports') };
  expect((await one.at(2, 'open', open)).status).toBeLessThan(300);
  expect((await other.at(2, 'open', open)).body).toMatchObject({
    code: 'specialist-at-centre',
    params: { centreId: 2 },
  });
  expect((await one.at(2, 'close')).status).toBeLessThan(300);
  await expect.poll(async () => (await other.at(2, 'open', open)).status).toBeLessThan(300);
});

describe('doors for other rooms', () => {
  test('an appointment that has come is one visit, however often that is said, and leads back to its booking', async () => {
    const { database } = node;
    const key = { centreId: 10, day: DAY };
    const clock = await openClock(database, 'replay', () => TEN);
    const plan = async () => ({ opening: OPENING, configuration: RULES });
    const book = new DayBook({ database, clock, plan, closed: () => undefined, log: () => undefined });
    const bookingId = randomUUID();
    const booking = {
      bookingId,
      visitId: visitIdOfBooking(bookingId, null),
      key,
      slot: TEN + 10 * 60_000,
      services: [{ serviceId: 'all', quantity: 1 }],
      persons: 1,
      classLetter: 'O',
      language: 'ru',
    };
    const context = { db: database, halls: { dayBook: book }, visitKey: Buffer.alloc(32) } as unknown as HallContext;
    const arriving = () => arrive(context, booking);
    const visits = (await Promise.all([1, 2, 3].map(arriving))).map(({ visitId }) => visitId);
    expect(new Set(visits).size).toBe(1);
    const link = { kind: 'booking', target: booking.bookingId } as const;
    expect(await database.read((tx) => visitsLinkedTo(tx, link))).toEqual([{ key, visitId: visits[0] }]);
    const application = { kind: 'application', target: '2026-000123' } as const;
    await database.write((tx) => linkVisit(tx, { key, visitId: visits[0] as string }, application));
    expect(await database.read((tx) => visitsLinkedTo(tx, application))).toHaveLength(1);
    const due = await book.view(key, (day) => day.visits.get(visits[0] as string)?.due);
    expect(due).toBe(TEN + 15 * 60_000);
    await book.close();
    await clock.stop();
  });

  test('visitors are forgotten, the log stays, and the coming months are ready', async () => {
    const db = node.database;
    const events = async () => (await db.pool.query('select count(*)::integer as all from queue_event')).rows[0].all;
    const before = await events();
    expect(await db.write((tx) => forgetPersons(tx, DAY))).toBe(0);
    expect(await db.write((tx) => forgetPersons(tx, '2026-02-20'))).toBeGreaterThan(0);
    expect((await db.pool.query('select * from visit_person')).rows).toEqual([]);
    expect(await events()).toBe(before);
    await db.write((tx) => ensureMonths(tx, DAY));
    const { rows } = await db.pool.query(`select to_regclass('queue_event_2026_05') as made`);
    expect(rows).toEqual([{ made: 'queue_event_2026_05' }]);
  });
});

const RULES = readConfiguration({
  walkInLimitMinutes: 15,
  readyAfterSeconds: null,
  groups: [{ groupId: 'all', letter: 'А' }],
  windows: [],
});
const OPENING = {
  start: TEN - 1,
  end: TEN + 5e7,
  doorsOpen: TEN - 1,
  doorsClose: TEN + 4e7,
  timeZone: ZONE,
  home: 'city',
};
