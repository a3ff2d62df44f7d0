import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, type CivilDate, instantOf } from '../../../core/time/civil.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import {
  type Answer,
  cloneDatabase,
  DAY,
  skilled,
  startTestNode,
  TEN,
  testCentre,
  type TestNode,
  ZONE,
} from '../../../tests/support/test-node.ts';
import { leadingZeroBits, workText } from '../../../core/booking/work.ts';
import { USUAL_BOOKING } from '../../../core/booking/setting.ts';

let node: TestNode;
let other: TestNode;
let drop: () => Promise<void>;
const TOMORROW = addDays(DAY as CivilDate, 1);

const position = (latitude: number) => ({ position: { latitude, longitude: 37.6 } });

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const centres = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => testCentre(id, position(55.7 + id / 1_000)));
  node = await startTestNode(database.url, centres);
  other = await startTestNode(database.url, []);
});

afterAll(async () => {
  await other.close();
  await node.close();
  await drop();
});

const at = (time: string, day: string = TOMORROW) => instantOf(day as CivilDate, time, ZONE);
const passports = [{ serviceId: 'passports', quantity: 1 }];
/** Both nodes show one time, as the clocks of real ones do. */
const stepTo = async (minutesAfterTen: number) => {
  for (const one of [node, other]) await one.stepTo(minutesAfterTen);
};
const hold = (centreId: number, time: number, change: object = {}, on: TestNode = node): Promise<Answer> =>
  on.ask('POST', '/api/bookings', { commandId: randomUUID(), centreId, at: time, services: passports, ...change });
const timesOf = async (centreId: number, day: string = TOMORROW, services = 'passports', channel = 'city') => {
  const path = `/api/centres/${centreId}/free-times?services=${services}&day=${day}&channel=${channel}`;
  const { body } = await node.ask('GET', path);
  return (body['times'] as { at: number; left: number }[]).map((time) => ({ ...time }));
};
const leftAt = async (centreId: number, time: number) =>
  (await timesOf(centreId)).find((one) => one.at === time)?.left ?? 0;
const own = (what: string, token: unknown, more: object = {}) =>
  node.ask('POST', `/api/own-booking/${what}`, { token, ...more });
/** Either node may have sent a message. */
const posted = async () => {
  const kept = await Promise.all([node, other].map((one) => one.ask('GET', '/api/demo-post')));
  return kept.flatMap(({ body }) => body as unknown as { address: string; text: string }[]);
};
/** The six digits that were sent last to an address. */
async function codeFor(address: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const letter = (await posted()).find((one) => one.address === address && /\d{6}/.test(one.text));
      return (code = /\b(\d{6})\b/.exec(letter?.text ?? '')?.[1] ?? '');
    })
    .not.toBe('');
  return code;
}
async function confirmed(centreId: number, time: number, contact: string, change: object = {}) {
  const held = await hold(centreId, time, change);
  expect(held.status).toBeLessThan(300);
  const { token } = held.body;
  expect((await own('contact', token, { contact })).status).toBeLessThan(300);
  const { body, status } = await own('confirm', token, { code: await codeFor(contact) });
  return { status, body, token: token as string };
}

describe('free times', () => {
  test('half of the three windows may be booked; a group that one window serves has one', async () => {
    const times = await timesOf(1);
    expect(times[0]).toEqual({ at: at('08:00'), left: 1 });
    expect(times).toHaveLength(71);
    expect((await timesOf(1, addDays(DAY as CivilDate, 3))).length).toBe(0);
  });

  test('all centres at once, day by day; the federal portal sees tomorrow only', async () => {
    const { body } = await node.ask('GET', '/api/free-times?services=passports');
    const all = body as unknown as { centreId: number; days: { day: string }[] }[];
    expect(all).toHaveLength(8);
    expect(all[0]?.days[0]?.day).toBe(DAY);
    expect(all[0]?.days.at(-1)?.day).toBe('2026-04-20');
    const federal = await node.ask('GET', '/api/free-times?services=passports&channel=federal');
    const days = (federal.body as unknown as { days: { day: string }[] }[]).flatMap((one) => one.days);
    expect(new Set(days.map(({ day }) => day))).toEqual(new Set([TOMORROW]));
  });

  test.each([
    ['/api/centres/99/free-times?services=passports&day=2026-02-20', 'unknown-centre'],
    ['/api/centres/1/free-times?services=dances&day=2026-02-20', 'unknown-service'],
    ['/api/centres/1/free-times?services=passports&day=2026-02-30', 'malformed-request'],
    ['/api/centres/1/free-times?services=passports:0&day=2026-02-20', 'malformed-request'],
  ])('%s is %s', async (path, code) => expect((await node.ask('GET', path)).body.code).toBe(code));
});

describe('the life of a booking', () => {
  test('held, confirmed by a code, moved, cancelled; the contact hears of each', async () => {
    const { status, body, token } = await confirmed(2, at('09:00'), 'anna@example.org');
    expect({ status, state: body['state'] }).toEqual({ status: 200, state: 'booked' });
    expect(await leftAt(2, at('09:00'))).toBe(0);
    const moved = await own('move', token, { centreId: 2, at: at('09:10') });
    expect(moved.body).toMatchObject({ at: at('09:10'), code: body['code'] });
    expect(await leftAt(2, at('08:40'))).toBe(1);
    const cancelled = await own('cancel', token);
    expect(cancelled.body['state']).toBe('cancelled');
    // Nobody snatches at once what was given back; a quarter of an hour later it is free.
    await stepTo(16);
    expect(await leftAt(2, at('09:10'))).toBe(1);
    // What had not gone when it was overtaken is not sent any more.
    const heard = async () =>
      (await posted()).filter(({ address }) => address === 'anna@example.org').map(({ text }) => text);
    await expect.poll(heard).toContainEqual(expect.stringContaining('отменена'));
    expect((await own('move', token, { centreId: 2, at: at('10:00') })).body.code).toBe('booking-state');
  });

  test('a wrong code five times, and the right one is worth nothing', async () => {
    const { body } = await hold(2, at('11:00'));
    await own('contact', body['token'], { contact: '8 916 000-00-01' });
    const code = await codeFor('+79160000001');
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1)
      expect((await own('confirm', body['token'], { code: wrong })).body.code).toBe('wrong-code');
    expect((await own('confirm', body['token'], { code })).body.code).toBe('wrong-code');
    expect((await own('contact', body['token'], { contact: '89160000001' })).body.code).toBe('code-too-often');
  });

  test('a code for another address goes at once, the one before is worth nothing, and nobody is flooded', async () => {
    const { body } = await hold(8, at('15:30'));
    const { token } = body;
    const ask = async (contact: string) => (await own('contact', token, { contact })).body.code ?? 'sent';
    expect(await ask('typo@example.org')).toBe('sent');
    const before = await codeFor('typo@example.org');
    expect(await ask('typo@example.org')).toBe('code-too-often');
    expect(await ask('right@example.org')).toBe('sent');
    const code = await codeFor('right@example.org');
    // Both may be one number, once in a million times.
    if (before !== code) expect((await own('confirm', token, { code: before })).body.code).toBe('wrong-code');
    expect(await ask('typo@example.org')).toBe('code-too-often');
    expect(await ask('third@example.org')).toBe('sent');
    expect(await ask('fourth@example.org')).toBe('codes-too-many');
    expect(await ask('third@example.org')).toBe('code-too-often');
    expect((await own('confirm', token, { code: await codeFor('third@example.org') })).body['state']).toBe('booked');
  });

  test('a hold lapses after ten minutes, and its place is free (scenario 31)', async () => {
    const { now } = node;
    const { body } = await hold(2, at('12:00'));
    expect((await hold(2, at('12:00'), {}, other)).body).toMatchObject({ code: 'time-taken' });
    await stepTo((now() - TEN) / MINUTE + 11);
    expect(await leftAt(2, at('12:00'))).toBe(1);
    expect((await own('contact', body['token'], { contact: 'late@example.org' })).body.code).toBe('booking-state');
  });

  test('what is taken is refused with the nearest free times', async () => {
    await hold(2, at('14:00'));
    const { status, body } = await hold(2, at('14:00'));
    expect(status).toBe(409);
    expect((body['params'] as { next: number[] }).next).toEqual(
      ['13:20', '13:30', '13:40', '14:20', '14:30'].map((time) => at(time)),
    );
    expect(body.detail).toContain('20.02.2026 14:20');
  });

  test('sent twice it is one booking; with another body it is refused', async () => {
    const order = { commandId: randomUUID() };
    const [first, again] = [await hold(2, at('16:00'), order), await hold(2, at('16:00'), order, other)];
    expect(again.body['bookingId']).toBe(first.body['bookingId']);
    expect((await hold(2, at('17:00'), order)).body.code).toBe('command-conflict');
  });

  test.each([
    ['in the past', () => at('09:00', DAY), 'time-past'],
    ['too far ahead', () => at('09:00', '2026-06-01'), 'time-too-far'],
    ['in a moment', () => node.now() + 10 * MINUTE, 'time-too-soon'],
    ['between two cells', () => at('09:00') + 1, 'time-taken'],
    ['on a closed day', () => at('09:00', '2026-02-22'), 'time-taken'],
    ['when the doors close', () => at('19:55'), 'time-taken'],
  ])('a time %s', async (_, time, code) => expect((await hold(3, time())).body.code).toBe(code));

  test('one person has three bookings at most, and is nowhere twice at a time', async () => {
    const contact = 'почта@пример.рф';
    const ascii = 'почта@xn--e1afmkfd.xn--p1ai';
    const book = async (centreId: number, time: string) => {
      const { body } = await hold(centreId, at(time));
      await own('contact', body['token'], { contact });
      return (await own('confirm', body['token'], { code: await freshCode(ascii) })).body;
    };
    const seen = new Set<string>();
    const freshCode = async (address: string) => {
      let fresh = '';
      await expect
        .poll(async () => {
          const codes = (await posted())
            .filter((one) => one.address === address)
            .map((one) => /\b(\d{6})\b/.exec(one.text)?.[1]);
          return (fresh = codes.find((code) => code !== undefined && !seen.has(code)) ?? '');
        })
        .not.toBe('');
      seen.add(fresh);
      return fresh;
    };
    expect((await book(3, '10:00'))['state']).toBe('booked');
    expect((await book(4, '10:10')).code).toBe('contact-busy');
    expect((await book(4, '12:00'))['state']).toBe('booked');
    expect((await book(4, '13:00'))['state']).toBe('booked');
    expect((await book(4, '15:00')).code).toBe('contact-limit');
    expect((await own('find', undefined, {})).status).toBe(400);
  });

  test.each(['nobody', 'a@b', '12', 'a b@example.org', '@example.org', '+7 916'])(
    '%s is no contact',
    async (contact) => {
      const { body } = await hold(5, at('18:00'));
      expect((await own('contact', body['token'], { contact: contact.padEnd(3) })).body.code).toBe('contact-malformed');
      await own('cancel', body['token']);
    },
  );

  test('found by code and contact together only', async () => {
    const { body } = await confirmed(5, at('09:00'), 'boris@example.org');
    const find = async (contact: string) =>
      (await node.ask('POST', '/api/own-booking/find', { code: body['code'], contact })).body;
    expect((await find('BORIS@example.org'))['bookingId']).toBe(body['bookingId']);
    expect((await find('anna@example.org')).code).toBe('unknown-booking');
  });

  test('near a place, where most room is left', async () => {
    const near = { latitude: 55.706, longitude: 37.6, kilometres: 0.5 };
    const { body: first } = await hold(null as never, at('10:00'), { near });
    const { body: second } = await hold(null as never, at('10:00'), { near });
    expect(first['centreId']).toBe(6);
    expect([5, 7]).toContain(second['centreId']);
    const far = { latitude: 10, longitude: 10, kilometres: 5 };
    expect((await hold(null as never, at('10:00'), { near: far })).body.code).toBe('time-taken');
  });
});

describe('in the hall', () => {
  test('booked without a telephone, checked in with the code: a visit due five minutes after its time', async () => {
    const time = Math.ceil((node.now() + 20 * MINUTE) / (10 * MINUTE)) * 10 * MINUTE;
    const order = { commandId: randomUUID(), at: time, services: passports };
    const { body } = await node.ask('POST', '/api/centres/6/bookings', order);
    expect(body).toMatchObject({ state: 'booked', channel: 'reception' });
    const typed = { code: ` ${String(body['code']).toLowerCase()} ` };
    const ticket = await node.ask('POST', '/api/centres/6/booking-check-ins', typed);
    expect(ticket.body).toMatchObject({ due: time + 5 * MINUTE });
    const again = await other.ask('POST', '/api/centres/6/booking-check-ins', typed);
    expect(again.body['visitId']).toBe(ticket.body['visitId']);
    const elsewhere = await fetch(`${node.url}/api/centres/5/booking-check-ins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify(typed),
    });
    const said = (await elsewhere.json()) as { code: string; detail: string };
    expect([said.code, said.detail]).toEqual(['booking-elsewhere', expect.stringContaining('Centre 6')]);
    const list = await node.ask('GET', `/api/centres/6/bookings?day=${DAY}`);
    expect(list.body as unknown).toMatchObject([{ state: 'came', code: body['code'] }]);
    expect(JSON.stringify(list.body)).not.toContain('@');
  });

  test('a visitor whose turn is near is told, once, on their telephone', async () => {
    const centre = `/api/centres/5/days/${DAY}`;
    const take = (more: object = {}) =>
      node.ask('POST', `${centre}/visits`, { commandId: randomUUID(), services: [{ serviceId: 'benefits' }], ...more });
    for (let n = 0; n < 4; n += 1) await take();
    const { body } = await take({ contact: '+7 916 000-00-77' });
    const told = async () => (await posted()).filter(({ address }) => address === '+79160000077');
    expect(await told()).toEqual([]);
    const window = `${centre}/windows/1`;
    await node.ask('POST', `${window}/open`, {
      commandId: randomUUID(),
      specialistId: 'vera',
      skills: skilled('benefits'),
    });
    await node.ask('POST', `${window}/ready`, { commandId: randomUUID() });
    await expect.poll(async () => (await told()).length).toBe(1);
    expect((await told())[0]?.text).toBe(`Талон ${String(body['number'])}: перед вами трое, вернитесь в зал`);
  });

  test('too early, and too late', async () => {
    const order = { commandId: randomUUID(), at: at('10:00'), services: passports };
    const { body } = await node.ask('POST', '/api/centres/8/bookings', order);
    const checkIn = async () =>
      (await node.ask('POST', '/api/centres/8/booking-check-ins', { code: body['code'] })).body.code;
    expect(await checkIn()).toBe('booking-early');
  });

  test('a walk-in since nine among back-to-back bookings is called next (scenario 15)', async () => {
    const setting = { ...USUAL_BOOKING, share: 1 };
    await node.ask('PUT', '/api/centres/7/booking-setting', setting);
    // One window; a visitor without a booking waits; two who booked come for this very minute.
    const commandId = () => randomUUID();
    const centre = `/api/centres/7/days/${DAY}`;
    await node.ask('POST', `${centre}/windows/1/open`, {
      commandId: commandId(),
      specialistId: 'anna',
      skills: skilled('passports'),
    });
    const step = Math.ceil((node.now() + 16 * MINUTE) / (10 * MINUTE)) * 10 * MINUTE;
    const codes = [];
    for (const time of [step, step + 20 * MINUTE]) {
      const order = { commandId: commandId(), at: time, services: passports };
      codes.push((await node.ask('POST', '/api/centres/7/bookings', order)).body['code']);
    }
    const walkIn = await node.ask('POST', `${centre}/visits`, {
      commandId: commandId(),
      services: [{ serviceId: 'passports' }],
    });
    const booked = [];
    for (const code of codes)
      booked.push((await node.ask('POST', '/api/centres/7/booking-check-ins', { code })).body['visitId']);
    const window = `${centre}/windows/1`;
    const called = async () => {
      const { body } = await node.ask('POST', `${window}/ready`, { commandId: commandId() });
      return (body['call'] as { visitId: string }).visitId;
    };
    const serve = async (visitId: unknown, minutes: number) => {
      await node.ask('POST', `${window}/start`, { commandId: commandId(), visitId });
      await stepTo((node.now() - TEN) / MINUTE + minutes);
      await node.ask('POST', `${window}/finish`, { commandId: commandId(), visitId });
    };
    await stepTo((step - TEN) / MINUTE);
    expect(await called()).toBe(walkIn.body['visitId']);
    // The bookings slip by that one service and by no more.
    await serve(walkIn.body['visitId'], 12);
    expect(await called()).toBe(booked[0]);
    expect(node.now() - step).toBeLessThanOrEqual(12 * MINUTE);
    await serve(booked[0], 12);
    expect(await called()).toBe(booked[1]);
    expect(node.now() - (step + 20 * MINUTE)).toBeLessThanOrEqual(12 * MINUTE);
  });
});

describe('a visit at home', () => {
  test('takes a crew and no window, wants an address, and is in the route with its travel time', async () => {
    const crews = [1, 2].map((unit) => ({
      kind: 'home-crew',
      unit,
      name: { ru: `Бригада ${unit}`, en: `Crew ${unit}` },
      hours: { opens: '09:00', closes: '18:00' },
      equipmentId: null,
    }));
    const rule = { moreMinutes: 0, bufferMinutes: 45, resources: [], atHome: true };
    expect((await node.ask('PUT', '/api/booking-rules/property', rule)).status).toBeLessThan(300);
    await node.ask('PUT', '/api/centres/3/booking-setting', { ...USUAL_BOOKING, resources: crews });
    const services = [{ serviceId: 'property', quantity: 1 }];
    const at3 = (time: string) => hold(3, at(time), { services });
    const windows = async () => (await timesOf(3, TOMORROW, 'passports')).find((one) => one.at === at('14:00'))?.left;
    const before = await windows();
    const [first, second] = [await at3('14:00'), await at3('14:00')];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect((await at3('14:30')).body.code).toBe('time-taken');
    expect((await at3('08:00')).body.code).toBe('time-taken');
    expect(await windows()).toBe(before);
    const { token } = first.body;
    expect((await own('contact', token, { contact: '+79160000055' })).body.code).toBe('address-needed');
    const address = { text: 'Комсомольский проспект, 8, 15', position: { latitude: 55.73, longitude: 37.6 } };
    await own('contact', token, { contact: '+79160000055', address });
    expect((await own('confirm', token, { code: await codeFor('+79160000055') })).body['state']).toBe('booked');
    expect((await own('check-in', token)).body.code).toBe('at-home');
    const { body } = await node.ask('GET', `/api/centres/3/home-visits?day=${TOMORROW}`);
    expect(body as unknown).toMatchObject([
      { crew: 1, stops: [{ address: address.text, wayMinutes: 10, leaveAt: at('13:50'), isTight: false }] },
    ]);
    const done = await node.ask('POST', `/api/centres/3/home-visits/${String(first.body['bookingId'])}/done`);
    expect(done.body['state']).toBe('served');
    const { rows } = await node.database.pool.query(`select from audit_entry where action = 'home-route-read'`);
    expect(rows).toHaveLength(1);
  });
});

describe('when hours or staff change', () => {
  test('who is affected is listed with other times, and one press moves all', async () => {
    const { body: first } = await confirmed(4, at('17:00'), 'vera@example.org');
    const shut = await node.ask('POST', `/api/centres/4/closures/${TOMORROW}`, { hours: null, reason: 'repair' });
    expect(shut.status).toBeLessThan(300);
    const { body } = await node.ask('GET', '/api/centres/4/booking-conflicts');
    const conflicts = body as unknown as {
      booking: { bookingId: string };
      reason: string;
      offers: { centreId: number }[];
    }[];
    const found = conflicts.find(({ booking }) => booking.bookingId === first['bookingId']);
    expect(found).toMatchObject({ reason: 'closed' });
    expect(found?.offers.some(({ centreId }) => centreId !== 4)).toBe(true);
    const moved = await node.ask('POST', '/api/centres/4/booking-conflicts/move', {});
    expect(moved.body).toMatchObject({ moved: conflicts.length, left: 0 });
    expect((await node.ask('GET', '/api/centres/4/booking-conflicts')).body).toEqual([]);
    const told = async () =>
      (await posted()).some((one) => one.address === 'vera@example.org' && /перенесли/.test(one.text));
    await expect.poll(told).toBe(true);
  });

  test('overlapping hours, too wide a quota: nothing is half done', async () => {
    const before = (await node.ask('GET', '/api/centres/3/booking-setting')).body;
    const hours = (opens: string, closes: string) => ({
      weekdays: [5],
      everyWeeks: 1,
      nthInMonth: null,
      from: DAY,
      to: null,
      opens,
      closes,
      breaks: [],
    });
    const put = async (change: object) =>
      (await node.ask('PUT', '/api/centres/3/booking-setting', { ...USUAL_BOOKING, ...change })).body.code;
    expect(await put({ hours: [hours('09:00', '12:00'), hours('11:00', '13:00')] })).toBe('booking-hours-overlap');
    expect(await put({ hours: [hours('12:00', '09:00')] })).toBe('hours-reversed');
    expect(await put({ serviceLimits: [{ serviceId: 'passports', atOnce: 50 }] })).toBe('quota-above-capacity');
    expect((await node.ask('GET', '/api/centres/3/booking-setting')).body).toEqual(before);
  });
});

test('a ledger from another database is read in step at once, and stays so', async () => {
  const database = await cloneDatabase();
  const first = await startTestNode(database.url, [testCentre(1)]);
  await first.database.pool.query(`update ledger_pool set changed_by = '99999999999'::xid8`);
  await first.close();
  const restored = await startTestNode(database.url, []);
  const book = { commandId: randomUUID(), centreId: 1, at: at('09:00'), services: passports };
  expect((await restored.ask('POST', '/api/bookings', book)).status).toBeLessThan(300);
  expect((await restored.ask('POST', '/api/bookings', { ...book, commandId: randomUUID() })).body.code).toBe(
    'time-taken',
  );
  const { rows } = await restored.database.pool.query(
    'select count(*)::integer as ahead from ledger_pool where changed_by > pg_snapshot_xmax(pg_current_snapshot())',
  );
  expect(rows[0]).toEqual({ ahead: 0 });
  await restored.close();
  await database.drop();
});

test('a client that holds very many times has to prove each time that it is no flood', async () => {
  const database = await cloneDatabase();
  const guarded = await startTestNode(database.url, [testCentre(1)], 0, { requireKeys: true });
  const ask = (body: object = {}) =>
    guarded.ask('POST', '/api/bookings', {
      commandId: randomUUID(),
      centreId: 1,
      at: at('09:00'),
      services: passports,
      ...body,
    });
  let last = await ask();
  for (let n = 0; n < 25 && last.body.code !== 'proof-needed'; n += 1) last = await ask();
  const { challenge, bits } = last.body['params'] as { challenge: string; bits: number };
  let nonce = 0;
  while (leadingZeroBits(createHash('sha256').update(workText(challenge, nonce)).digest()) < bits) nonce += 1;
  expect((await ask({ proof: { challenge, nonce: nonce + 1 } })).body.code).toBe('proof-needed');
  expect((await ask({ proof: { challenge, nonce } })).body.code).toBe('time-taken');
  expect((await ask({ proof: { challenge, nonce } })).body.code).toBe('proof-needed');
  expect((await ask({ proof: { challenge: `9${challenge}`, nonce } })).body.code).toBe('proof-needed');
  await guarded.close();
  await database.drop();
});

describe('no place is given twice', () => {
  test('forty ask two nodes for the one place of a time: one has it, the rest are told what is free', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => hold(1, at('15:00'), {}, n % 2 === 0 ? node : other)),
    );
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status >= 300);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['time-taken']));
    expect(refused.every(({ body }) => (body['params'] as { next: number[] }).next.length > 0)).toBe(true);
  });

  test('neither can a wrong program: a claim beyond the places, a booking without one, a unit twice', async () => {
    const db = node.database;
    const claim = (bookingId: string) =>
      db.pool.query(
        `insert into booking_claim (booking_id, centre_id, day, pool, span, cells)
         select $1, centre_id, day, 'windows', tstzrange(begins, begins + interval '15 minutes'), 3
         from ledger_pool where centre_id = 1 and day = $2 and pool = 'windows'`,
        [bookingId, TOMORROW],
      );
    const { body: one } = await hold(1, at('18:00'));
    const { body: two } = await hold(1, at('18:30'));
    await db.pool.query('delete from booking_claim where booking_id = any($1)', [[one['bookingId'], two['bookingId']]]);
    await claim(one['bookingId'] as string);
    await expect(claim(two['bookingId'] as string)).rejects.toMatchObject({ constraint: 'ledger_holds' });
    await expect(
      db.pool.query(`update booking set language = 'en' where booking_id = $1`, [two['bookingId']]),
    ).rejects.toMatchObject({ constraint: 'booking_has_place' });
    await expect(db.pool.query('update booking_claim set cells = 1')).rejects.toMatchObject({
      constraint: 'claim_is_not_changed',
    });
  });

  test('holds, moves and cancellations at random on two nodes while holds lapse: the counters are what the claims say', async () => {
    const tokens: string[] = [];
    const nodes = [node, other];
    await Promise.all(
      Array.from({ length: 12 }, async (_, worker) => {
        const on = nodes[worker % 2] as TestNode;
        for (let turn = 0; turn < 12; turn += 1) {
          // A client that holds for five turns has lost it, perhaps while moving it.
          if (worker === 0) await stepTo((node.now() - TEN) / MINUTE + 2);
          const time = at('08:00') + ((worker * 7 + turn * 5) % 24) * 10 * MINUTE;
          const { body, status } = await hold(8, time, {}, on);
          if (status < 300) tokens.push(body['token'] as string);
          const token = tokens[(worker + turn) % Math.max(1, tokens.length)];
          if (token === undefined) continue;
          const change = turn % 3 === 0 ? ['cancel', {}] : ['move', { centreId: 8, at: time + 30 * MINUTE }];
          const answer = await on.ask('POST', `/api/own-booking/${change[0] as string}`, {
            token,
            ...(change[1] as object),
          });
          expect([200, 409]).toContain(answer.status);
        }
      }),
    );
    const { rows } = await node.database.pool.query(
      `select l.pool, l.taken, l.places, array(
         select (select count(*) from booking_claim c where c.centre_id = l.centre_id and c.day = l.day and c.pool = l.pool
           and c.span @> l.begins + (n - 1) * interval '5 minutes')::smallint from generate_series(1, cardinality(l.taken)) n
       ) as counted from ledger_pool l where centre_id = 8 and day = $1 and not whole_day`,
      [TOMORROW],
    );
    for (const { taken, counted, places } of rows as { taken: number[]; counted: number[]; places: number[] }[]) {
      expect(taken).toEqual(counted);
      taken.forEach((count, cell) => expect(count).toBeLessThanOrEqual(places[cell] as number));
    }
  });
});
