import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, type CivilDate, instantOf } from '../../../core/time/civil.ts';
import {
  type Answer,
  cloneDatabase,
  DAY,
  startTestNode,
  testCentre,
  type TestNode,
  ZONE,
} from '../../../tests/support/test-node.ts';

let node: TestNode;
let other: TestNode;
let drop: () => Promise<void>;
const TODAY = DAY as CivilDate;
const TOMORROW = addDays(TODAY, 1);
const WEEK = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '2020-01-01', to: null }));

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const ids = Array.from({ length: 31 }, (_, index) => index + 1);
  const kind = (id: number) => (id === 3 ? { kind: 'mobile' as const } : {});
  const licence = {
    serviceId: 'licence',
    groupId: 'property',
    name: { ru: 'Права', en: 'Licence' },
    level: 1 as const,
    minutes: 15,
  };
  const guest = (id: number) => (id === 14 ? { hallOf: 13, windows: [{ windowId: 9, groupIds: ['passports'] }] } : {});
  node = await startTestNode(
    database.url,
    ids.map((id) => testCentre(id, { services: [licence], ...kind(id), ...guest(id) })),
  );
  other = await startTestNode(database.url, []);
});

afterAll(async () => {
  await other.close();
  await node.close();
  await drop();
});

const at = (time: string, day: string = TOMORROW) => instantOf(day as CivilDate, time, ZONE);
const timesOn = async (one: TestNode, centreId: number, day: string = TOMORROW) => {
  const service = centreId < 9 ? 'licence' : 'passports';
  const { body } = await one.ask('GET', `/api/centres/${centreId}/free-times?services=${service}&day=${day}`);
  return (body['times'] as { at: number }[]).map((time) => time.at);
};
const book = (centreId: number, time: number, change: object = {}) =>
  node.ask('POST', `/api/centres/${centreId}/bookings`, {
    commandId: randomUUID(),
    at: time,
    services: [{ serviceId: 'passports', quantity: 1 }],
    ...change,
  });
const conflictsAt = async (centreId: number, one: TestNode = node) => {
  const { body } = await one.ask('GET', `/api/centres/${centreId}/booking-conflicts`);
  return body as unknown as { booking: { bookingId: string; at: number }; reason: string }[];
};
const done = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  expect(status, body.detail).toBeLessThan(300);
  return body;
};
const letters = async () => {
  const kept = await Promise.all([node, other].map((one) => one.ask('GET', '/api/demo-post')));
  return kept.flatMap(({ body }) => body as unknown as { address: string; subject: string }[]);
};
const lettersTo = async (address: string) =>
  (await letters()).filter((letter) => letter.address === address).map(({ subject }) => subject);
const doors = (centreId: number, action: 'close-doors' | 'open-doors', more: object = {}) =>
  node.ask('POST', `/api/centres/${centreId}/days/${TODAY}/${action}`, { commandId: randomUUID(), ...more });

/** Each write after which a centre offers nothing tomorrow, with the reason that its bookings are shown with. */
const writes: [what: string, centreId: number, reason: string, write: (centreId: number) => Promise<unknown>][] = [
  [
    'hours',
    1,
    'closed',
    (id) =>
      done(
        node.ask('PUT', `/api/centres/${id}/hours`, {
          hours: WEEK.filter(({ weekday }) => weekday !== 5).map((row) => ({
            ...row,
            opens: '08:00',
            closes: '20:00',
          })),
        }),
      ),
  ],
  [
    'shorter hours',
    2,
    'closed',
    (id) =>
      done(
        node.ask('PUT', `/api/centres/${id}/hours`, {
          hours: WEEK.map((row) => ({ ...row, opens: '08:00', closes: '09:00' })),
        }),
      ),
  ],
  [
    'stops of a mobile centre',
    3,
    'closed',
    (id) =>
      done(
        node.ask('PUT', `/api/centres/${id}/stops`, {
          stops: [{ day: TOMORROW, opens: '08:00', closes: '09:00', place: { ru: 'Площадь', en: 'Square' } }],
        }),
      ),
  ],
  ['shutting', 4, 'closed', (id) => done(node.ask('POST', `/api/centres/${id}/shut`, { reason: 'repair' }))],
  [
    'a closure',
    5,
    'closed',
    (id) => done(node.ask('POST', `/api/centres/${id}/closures/${TOMORROW}`, { hours: null, reason: 'repair' })),
  ],
  ['windows', 6, 'staff', (id) => done(node.ask('PUT', `/api/centres/${id}/windows`, { windows: [] }))],
  [
    'a service that is off',
    7,
    'service-off',
    (id) =>
      done(
        node.ask('POST', `/api/centres/${id}/services/licence/off`, {
          from: TOMORROW,
          to: TOMORROW,
          reason: 'system',
        }),
      ),
  ],
  [
    'a program that writes to the database',
    8,
    'closed',
    (id) =>
      node.database.pool.query(
        `insert into centre_closure (centre_id, day, opens, closes, reason) values ($1, $2, null, null, 'emergency')`,
        [id, TOMORROW],
      ),
  ],
];

describe('every write that changes what a centre offers reaches offers and conflicts, on every node', () => {
  test.each(writes)('%s', async (_what, centreId, reason, write) => {
    const noon = at('12:00');
    await done(book(centreId, noon, { services: [{ serviceId: 'licence', quantity: 1 }] }));
    expect(await timesOn(other, centreId)).toContain(at('15:00'));
    await write(centreId);
    for (const one of [node, other]) {
      await expect.poll(async () => (await timesOn(one, centreId)).includes(at('15:00'))).toBe(false);
      await expect
        .poll(async () => (await conflictsAt(centreId, one)).map((conflict) => [conflict.booking.at, conflict.reason]))
        .toEqual([[noon, reason]]);
    }
  });

  test('the node that writes has followed before it answers', async () => {
    await done(node.ask('POST', `/api/centres/9/shut`, { reason: 'repair' }));
    expect(await timesOn(node, 9)).toEqual([]);
    await done(node.ask('POST', `/api/centres/9/shut`, { reason: null }));
    expect(await timesOn(node, 9)).toContain(at('15:00'));
  });

  test('broken equipment takes its places with it', async () => {
    const pad = { equipmentId: 1, kind: 'pad', name: { ru: 'Площадка', en: 'Pad' }, amenity: false, windowId: null };
    const equip = (brokenSince: number | null, query = '') =>
      done(node.ask('PUT', `/api/centres/10/equipment${query}`, { equipment: [{ ...pad, brokenSince }] }));
    await equip(null);
    const setting = await done(node.ask('GET', '/api/centres/10/booking-setting'));
    await done(
      node.ask('PUT', '/api/centres/10/booking-setting', {
        ...setting,
        resources: [{ kind: 'pad', unit: 1, name: pad.name, hours: null, equipmentId: 1 }],
      }),
    );
    await done(
      node.ask('PUT', '/api/booking-rules/property', {
        moreMinutes: 5,
        bufferMinutes: 0,
        resources: ['pad'],
        atHome: false,
      }),
    );
    await done(book(10, at('12:00'), { services: [{ serviceId: 'property', quantity: 1 }] }));
    expect(await equip(at('08:00'), '?dryRun=true')).toMatchObject({ bookings: 1 });
    expect(await conflictsAt(10)).toEqual([]);
    expect(await equip(at('08:00'))).toMatchObject({ bookings: 1 });
    expect((await conflictsAt(10)).map(({ reason }) => reason)).toEqual(['resource']);
  });
});

describe('before something is saved', () => {
  test('it says how many bookings have no room after it, and keeps nothing', async () => {
    for (const time of ['10:00', '12:00', '14:00']) await done(book(11, at(time)));
    const hours = { hours: WEEK.map((row) => ({ ...row, opens: '08:00', closes: '11:00' })) };
    const put = (query: string) => done(node.ask('PUT', `/api/centres/11/hours${query}`, hours));
    const before = await timesOn(node, 11);
    expect(await put('?dryRun=true')).toEqual({ bookings: 2 });
    expect(await timesOn(node, 11)).toEqual(before);
    expect(await conflictsAt(11)).toEqual([]);
    const audit = `select count(*)::int as n from audit_entry where object = 'centre 11'`;
    expect((await node.database.pool.query(audit)).rows).toEqual([{ n: 0 }]);
    expect(await put('')).toEqual({ bookings: 2 });
    expect(await put(''), 'they have no room already').toEqual({ bookings: 0 });
    expect((await node.database.pool.query(audit)).rows).toEqual([{ n: 2 }]);
  });

  test('a trial refuses what the write would refuse', async () => {
    const backwards = { hours: [{ ...WEEK[0], opens: '12:00', closes: '11:00' }] };
    expect((await node.ask('PUT', '/api/centres/12/hours?dryRun=true', backwards)).body.code).toBe('hours-reversed');
    expect((await node.ask('PUT', '/api/centres/12/hours?dryRun=yes', backwards)).status).toBe(400);
  });
});

describe('doors that close before their hour', () => {
  test('nothing is offered for the rest of the day, everybody who is booked hears of it once, and they can open again', async () => {
    // A visitor in the hall: only then the day is open.
    await done(
      node.ask('POST', `/api/centres/13/days/${TODAY}/visits`, {
        commandId: randomUUID(),
        services: [{ serviceId: 'passports' }],
      }),
    );
    const five = at('17:00', TODAY);
    await done(book(13, five, { email: 'five@example.org' }));
    await done(book(14, at('17:00', TODAY), { email: 'guest@example.org' }));
    await done(book(13, at('12:00'), { email: 'tomorrow@example.org' }));
    await done(doors(13, 'close-doors', { reason: 'repair' }));
    expect(await timesOn(node, 13, TODAY)).toEqual([]);
    expect(await timesOn(node, 14, TODAY), 'a centre that receives in the same hall').toEqual([]);
    await expect.poll(() => timesOn(other, 13, TODAY)).toEqual([]);
    expect(await timesOn(node, 13)).toContain(at('15:00'));
    expect((await conflictsAt(13)).map(({ booking, reason }) => [booking.at, reason])).toEqual([[five, 'closed']]);
    await expect.poll(() => lettersTo('five@example.org')).toContain('Центр закрылся раньше времени');
    await expect.poll(() => lettersTo('guest@example.org')).toContain('Центр закрылся раньше времени');
    expect((await doors(13, 'close-doors', { reason: 'repair' })).body.code).toBe('doors-closed');

    await done(doors(13, 'open-doors'));
    expect(await timesOn(node, 13, TODAY)).toContain(at('16:00', TODAY));
    expect(await conflictsAt(13)).toEqual([]);
    await expect.poll(() => lettersTo('five@example.org')).toContain('Центр снова открыт');
    expect((await doors(13, 'open-doors')).body.code).toBe('doors-open');
    expect(
      (await lettersTo('five@example.org')).filter((subject) => subject === 'Центр закрылся раньше времени'),
    ).toHaveLength(1);
    expect(await lettersTo('tomorrow@example.org')).toEqual(['Вы записаны']);
    const { rows } = await node.database.pool.query<{ kind: string; out: boolean; sequence: number }>(
      `select kind, (params->'appointment'->>'isCancelled')::boolean as out, (params->'appointment'->>'sequence')::integer as sequence
       from notice where kind in ('booking-confirmed', 'booking-doors-closed', 'booking-doors-opened') and way = 'email'
         and about = (select about from notice where kind = 'booking-doors-opened' limit 1)
       order by 3`,
    );
    // Out of the calendar and into it again: each time with a greater number, or calendars would not follow.
    expect(rows.map(({ kind, out }) => [kind, out])).toEqual([
      ['booking-confirmed', false],
      ['booking-doors-closed', true],
      ['booking-doors-opened', false],
    ]);
    expect(new Set(rows.map(({ sequence }) => sequence)).size).toBe(3);
  });
});

describe('a check-in at the same time as something else', () => {
  const race = async (id: number, what: 'cancel' | 'move') => {
    const made = await done(book(id, at('10:30', TODAY)));
    const path = `/api/centres/${id}/bookings/${String(made['bookingId'])}/${what}`;
    const [first, second] = await Promise.all([
      other.ask('POST', path, what === 'move' ? { at: at('15:00') } : {}),
      node.ask('POST', `/api/centres/${id}/booking-check-ins`, { code: made['code'] }),
    ]);
    const { rows } = await node.database.pool.query<{ state: string; visit: string | null; day: string }>(
      'select state, visit_id as visit, day::text as day from booking where booking_id = $1',
      [made['bookingId']],
    );
    return { statuses: [first.status, second.status], row: rows[0] };
  };

  test.each(['cancel', 'move'] as const)('of a check-in and a %s exactly one wins', async (what) => {
    for (let id = 15; id < 23; id += 1) {
      const { statuses, row } = await race(what === 'cancel' ? id : id + 8, what);
      expect([...statuses].sort(), JSON.stringify({ statuses, row })).toEqual([200, 409]);
      const [isChanged, isIn] = statuses.map((status) => status < 300);
      expect(row?.visit !== null).toBe(isIn);
      expect(row?.state).toBe(isIn ? 'came' : what === 'cancel' ? 'cancelled' : 'booked');
      if (what === 'move') expect(row?.day).toBe(isChanged ? TOMORROW : TODAY);
    }
  });

  test('a visitor whom the hall does not take keeps the booking', async () => {
    const made = await done(book(31, at('10:30', TODAY)));
    const checkIn = () => node.ask('POST', '/api/centres/31/booking-check-ins', { code: made['code'] });
    await done(
      node.ask('POST', `/api/centres/31/days/${TODAY}/visits`, {
        commandId: randomUUID(),
        services: [{ serviceId: 'passports' }],
      }),
    );
    await done(doors(31, 'close-doors', { reason: 'repair' }));
    expect((await checkIn()).body.code).toBe('doors-closed');
    const { rows } = await node.database.pool.query(
      'select state, visit_id as visit from booking where booking_id = $1',
      [made['bookingId']],
    );
    expect(rows).toEqual([{ state: 'booked', visit: null }]);
    await done(doors(31, 'open-doors'));
    const ticket = await done(checkIn());
    expect((await done(checkIn()))['number'], 'the same visit').toBe(ticket['number']);
  });
});
