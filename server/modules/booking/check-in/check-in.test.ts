import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { USUAL_BOOKING } from '../../../../core/booking/setting.ts';
import { type CivilDate, instantOf } from '../../../../core/time/civil.ts';
import { MINUTE } from '../../../../core/time/instant.ts';
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
} from '../../../../tests/support/test-node.ts';

let node: TestNode;
let other: TestNode;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(
    database.url,
    [1, 2, 3, 4, 5, 6, 7, 8].map((id) => testCentre(id)),
  );
  other = await startTestNode(database.url, []);
});

afterAll(async () => {
  await other.close();
  await node.close();
  await drop();
});

const at = (time: string) => instantOf(DAY as CivilDate, time, ZONE);
/** Both nodes show one time, as the clocks of real ones do. It never goes back. */
const until = async (time: string) => {
  for (const one of [node, other]) await one.stepTo((at(time) - TEN) / MINUTE);
};
const done = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};
const send = (path: string, more: object = {}, one: TestNode = node) =>
  one.ask('POST', path, { commandId: randomUUID(), ...more });

/** A time booked at a centre, and what its visitor, the hall and a specialist do. */
async function booked(centreId: number, time: string) {
  const order = { at: at(time), services: [{ serviceId: 'passports', quantity: 1 }] };
  const { code } = await done(send(`/api/centres/${centreId}/bookings`, order));
  const day = `/api/centres/${centreId}/days/${DAY}`;
  const checkIn = (one: TestNode = node) => one.ask('POST', `/api/centres/${centreId}/booking-check-ins`, { code });
  const window = (what: string, more: object = {}) => done(send(`${day}/windows/1/${what}`, more));
  return {
    checkIn,
    window,
    visit: (what: string, id: unknown) => done(send(`${day}/visits/${String(id)}/${what}`)),
    hall: (what: string, more: object = {}) => done(send(`${day}/${what}`, more)),
    state: async (id: unknown) => (await done(node.ask('GET', `${day}/visits/${String(id)}`)))['state'],
    open: () => window('open', { specialistId: `s${centreId}`, skills: skilled('passports') }),
    called: async () => ((await window('ready'))['call'] as { visitId: string } | null)?.visitId,
  };
}

describe('checking in again', () => {
  test('who missed the call goes on with the same number and is called, as often as the hall allows', async () => {
    const { checkIn, window, open, called, state } = await booked(1, '10:10');
    await open();
    const { visitId, number } = await done(checkIn());
    for (const time of ['10:11', '10:12']) {
      expect(await called()).toBe(visitId);
      await window('no-show', { visitId });
      expect(await state(visitId)).toBe('no-show');
      await until(time);
      // Asked at both nodes at once it is one return.
      const again = await Promise.all([done(checkIn()), done(checkIn(other))]);
      for (const ticket of again) expect(ticket).toMatchObject({ visitId, number, due: at(time) + 15 * MINUTE });
      expect(await state(visitId)).toBe('waiting');
    }
    expect(await called()).toBe(visitId);
    await window('no-show', { visitId });
    expect((await checkIn()).body.code).toBe('returns-used');
  });

  test('a visitor who left has the place back while that can be undone, then a new visit with the rights of the time booked', async () => {
    const { checkIn, visit, state, open, called } = await booked(2, '10:30');
    const first = await done(checkIn());
    await visit('leave', first['visitId']);
    await until('10:15');
    const back = await done(checkIn(other));
    expect(back).toMatchObject({ visitId: first['visitId'], due: at('10:35') });
    await visit('leave', first['visitId']);
    await until('10:21');
    const news = await Promise.all([done(checkIn()), done(checkIn(other))]);
    const [{ visitId, number } = {}] = news;
    expect(visitId).not.toBe(first['visitId']);
    for (const ticket of news) expect(ticket).toMatchObject({ visitId, number, due: at('10:35') });
    expect(await done(checkIn())).toMatchObject({ visitId, number });
    expect([await state(visitId), await state(first['visitId'])]).toEqual(['waiting', 'left']);
    expect((await send(`/api/centres/2/days/${DAY}/visits/${String(first['visitId'])}/reactivate`)).body.code).toBe(
      'left-for-good',
    );
    await open();
    expect(await called()).toBe(visitId);
  });

  test('who was served, who comes too late, and whom the hall does not take again', async () => {
    const served = await booked(3, '10:40');
    const late = await booked(4, '10:30');
    const shut = await booked(5, '10:40');
    const ids = await Promise.all(
      [served, late, shut].map(async ({ checkIn }) => (await done(checkIn()))['visitId'] as string),
    );
    await served.open();
    expect(await served.called()).toBe(ids[0]);
    await served.window('start', { visitId: ids[0] });
    await served.window('finish', { visitId: ids[0] });
    expect((await served.checkIn()).body).toMatchObject({ code: 'booking-state', params: { is: 'served' } });
    await late.visit('leave', ids[1]);
    await shut.visit('leave', ids[2]);
    await until('10:51');
    expect((await late.checkIn()).body.code).toBe('booking-late');
    await shut.hall('close-doors', { reason: 'repair' });
    expect((await shut.checkIn()).body.code).toBe('doors-closed');
    await shut.hall('open-doors');
    const again = await done(shut.checkIn());
    expect(await shut.state(again['visitId'])).toBe('waiting');
    expect(again['visitId']).not.toBe(ids[2]);
  });
});

describe('late by the clock of the hall', () => {
  test('an alarm costs nobody the place: while the hall is stopped the booking waits', async () => {
    const { checkIn, hall } = await booked(6, '11:00');
    await until('10:55');
    await hall('stop', { reason: 'alarm' });
    await until('11:15');
    expect((await checkIn()).body.code).toBe('hall-stopped');
    await until('11:30');
    expect((await checkIn()).body.code, 'not that the visitor is late').toBe('hall-stopped');
    await hall('resume');
    await until('11:49');
    expect(await done(checkIn(other))).toMatchObject({ due: at('11:54') });
  });

  test('twenty minutes that the hall did not stand still are twenty minutes', async () => {
    const { checkIn, hall } = await booked(7, '12:00');
    await until('12:05');
    await hall('stop', { reason: 'alarm' });
    await until('12:10');
    await hall('resume');
    await until('12:26');
    expect((await checkIn()).body.code).toBe('booking-late');
  });

  test('the rule that holds is the one of the moment, at whichever node the visitor asks', async () => {
    const { checkIn } = await booked(8, '12:30');
    expect((await done(other.ask('GET', '/api/centres/8/booking-setting')))['checkInMinutes']).toMatchObject({
      after: 20,
    });
    await until('13:00');
    const setting = { ...USUAL_BOOKING, checkInMinutes: { before: 60, after: 45 } };
    await done(node.ask('PUT', '/api/centres/8/booking-setting', setting));
    expect(await done(checkIn(other))).toMatchObject({ due: at('13:05') });
  });
});
