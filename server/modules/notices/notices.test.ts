import type { AddressInfo, Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import { SMTPServer } from 'smtp-server';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, type CivilDate, instantOf } from '../../../core/time/civil.ts';
import { HOUR, MINUTE } from '../../../core/time/instant.ts';
import { cloneDatabase, DAY, TEN, ZONE } from '../../../tests/support/test-node.ts';
import { type Db, openHandles } from '../../platform/handles.ts';
import { announce, readAddress, withdraw } from './index.ts';
import { openMail } from './mail.ts';
import { noteDelivery, noticeFigures, noticesAbout } from './queries.ts';
import { openOutgoing } from './send-notices.ts';
import { openSms } from './sms.ts';
import type { Ways } from './ways.ts';

/** A real mail server that keeps what it is given, and answers as it is told. */
async function mailServer(answer: () => Error | null = () => null) {
  const letters: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) =>
      auth.username === 'okno' && auth.password === 'p@ss' ? done(null, { user: 'okno' }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) => done(answer() ?? undefined),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo[0]?.address ?? '', text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    letters,
    url: `smtp://okno:${encodeURIComponent('p@ss')}@127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A real centre for short messages. */
async function smsCentre(status: (text: string) => number = () => 0) {
  const messages: { to: string; text: string }[] = [];
  const sessions: Session[] = [];
  const server: Server = smpp.createServer((session) => {
    sessions.push(session);
    session.on('error', () => undefined);
    session.on('bind_transceiver', (pdu: Pdu) =>
      session.send(pdu.response({ command_status: pdu.password === 'secret' ? 0 : 0x0e })),
    );
    session.on('submit_sm', (pdu: Pdu) => {
      const text = String((pdu.message_payload ?? pdu.short_message)?.message ?? '');
      const command_status = status(text);
      if (command_status === 0) messages.push({ to: pdu.destination_addr ?? '', text });
      session.send(pdu.response({ command_status, message_id: `m${messages.length}` }));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    messages,
    sessions,
    url: `smpp://okno:secret@127.0.0.1:${port}`,
    receipt: (reference: string, state: string) =>
      sessions.at(-1)?.deliver_sm({
        esm_class: 4,
        short_message: {
          message: `id:${reference} sub:001 dlvrd:001 submit date:2602191000 done date:2602191001 stat:${state} err:000 text:`,
        },
      }),
    close: () =>
      new Promise<void>((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
}

let pool: pg.Pool;
let db: Db;
let drop: () => Promise<void>;
let now = TEN;
const closing: (() => Promise<void>)[] = [];
const givenUp: string[] = [];

beforeEach(async () => {
  const database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  // The database is dropped while its last connection is still closing.
  pool.on('error', () => undefined);
  db = openHandles(pool);
  drop = database.drop;
  now = TEN;
  givenUp.length = 0;
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await pool.end();
  await drop();
});

function post(ways: Partial<Ways>) {
  const office = openOutgoing({
    db,
    now: () => now,
    ways: { email: null, sms: null, push: null, ...ways },
    // A message that is given up is told without an error; everything else in the log is a fault of this test.
    log: {
      info: () => undefined,
      error: (message, error) =>
        void (error === undefined ? givenUp.push(message) : expect.fail(`${message}: ${error}`)),
    },
  });
  closing.push(() => office.stop());
  return office;
}

const params = {
  zone: ZONE,
  time: '20.02.2026 10:30',
  centre: { ru: 'Хамовники', en: 'Khamovniki' },
  booking: 'ABCD EFGH',
};
const say = (contact: string, change: object = {}) =>
  db.write((tx) =>
    announce(
      tx,
      {
        kind: 'booking-confirmed',
        to: readAddress(contact) as never,
        language: 'ru',
        params,
        about: 'booking 1',
        ...change,
      },
      now,
    ),
  );
const states = async () => (await db.read((tx) => noticesAbout(tx, 'booking 1'))).map(({ state }) => state);
const addresses = async () => (await pool.query('select address from notice_address')).rows.length;

describe('mail', () => {
  test('goes with its calendar file, once, and who it went to is forgotten', async () => {
    const server = await mailServer();
    closing.push(server.close);
    const office = post({ email: openMail({ url: server.url, from: 'Мои документы <okno@example.org>' }) });
    await say('anna@example.org', { params: { ...params, calendar: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' } });
    await office.sendDue();
    await office.sendDue();
    expect(server.letters.map(({ to }) => to)).toEqual(['anna@example.org']);
    expect(server.letters[0]?.text).toMatch(/text\/calendar[\s\S]*Message-ID|Message-ID[\s\S]*text\/calendar/);
    expect(await states()).toEqual(['sent']);
    expect(await addresses()).toBe(0);
  });

  test('a server that is busy is asked again, one that knows no such person is not', async () => {
    let reply: Error | null = Object.assign(new Error('busy'), { responseCode: 451 });
    const server = await mailServer(() => reply);
    closing.push(server.close);
    const office = post({ email: openMail({ url: server.url, from: 'okno@example.org' }) });
    await say('anna@example.org');
    await office.sendDue();
    expect(await states()).toEqual(['waiting']);
    now += 31_000;
    reply = null;
    await office.sendDue();
    expect(await states()).toEqual(['sent']);
    reply = Object.assign(new Error('no such user anna@example.org'), { responseCode: 550 });
    await say('anna@example.org');
    await office.sendDue();
    expect(await states()).toEqual(['sent', 'failed']);
    const [, failed] = await db.read((tx) => noticesAbout(tx, 'booking 1'));
    expect(failed?.fault).not.toContain('anna');
    expect(givenUp).toHaveLength(1);
    expect(givenUp[0]).not.toContain('anna');
    expect(await addresses()).toBe(0);
  });

  test('a server that is not there is asked again until the message would come too late', async () => {
    const server = await mailServer();
    await server.close();
    const office = post({ email: openMail({ url: server.url, from: 'okno@example.org' }) });
    await say('anna@example.org', { goodUntil: now + 10 * MINUTE });
    for (let minutes = 0; minutes < 12; minutes += 1) {
      await office.sendDue();
      now += MINUTE;
    }
    expect(await states()).toEqual(['late']);
    expect(await addresses()).toBe(0);
  });
});

describe('short messages', () => {
  test('go in Cyrillic, long ones whole, and the receipt says that they came', async () => {
    const centre = await smsCentre();
    closing.push(centre.close);
    const office = post({
      sms: openSms(
        { url: centre.url, from: 'Okno' },
        (reference, isDelivered) => void db.write((tx) => noteDelivery(tx, reference, isDelivered, now)),
      ),
    });
    await say('8 (916) 000-00-01');
    await office.sendDue();
    expect(centre.messages).toEqual([
      { to: '79160000001', text: 'Вы записаны: 20.02.2026 10:30, Хамовники. Код ABCD EFGH' },
    ]);
    expect(await states()).toEqual(['sent']);
    centre.receipt('m1', 'DELIVRD');
    await expect.poll(states).toEqual(['delivered']);
    const long = { ...params, centre: { ru: 'Центр госуслуг района Хорошёво-Мнёвники и ещё', en: 'x' } };
    await say('+79160000001', { params: long, about: 'booking 2' });
    await office.sendDue();
    expect(centre.messages[1]?.text).toContain('Хорошёво-Мнёвники и ещё. Код');
  });

  test('wait for the morning, but a code does not', async () => {
    const centre = await smsCentre();
    closing.push(centre.close);
    const office = post({ sms: openSms({ url: centre.url, from: 'Okno' }, () => undefined) });
    now = instantOf(DAY as CivilDate, '22:30', ZONE);
    await say('+79160000001');
    await say('+79160000001', { kind: 'booking-code', secret: '123456', urgent: true });
    await office.sendDue();
    expect(centre.messages.map(({ text }) => text)).toEqual(['Код записи: 123456. Никому его не сообщайте.']);
    now = instantOf(addDays(DAY as CivilDate, 1), '09:00', ZONE);
    await office.sendDue();
    expect(centre.messages).toHaveLength(2);
    expect(JSON.stringify((await pool.query('select * from notice')).rows)).not.toContain('123456');
  });

  test('a centre that is gone is bound again; a number that does not exist is not tried twice', async () => {
    const centre = await smsCentre((text) => (text.includes('отменена') ? 0x0b : 0));
    closing.push(centre.close);
    const office = post({ sms: openSms({ url: centre.url, from: 'Okno' }, () => undefined) });
    await say('+79160000001');
    await office.sendDue();
    for (const session of centre.sessions) session.destroy();
    await expect.poll(() => centre.sessions.length).toBe(1);
    await say('+79160000002');
    await office.sendDue();
    now += HOUR;
    await office.sendDue();
    expect(centre.messages.map(({ to }) => to)).toEqual(['79160000001', '79160000002']);
    await say('+79160000003', { kind: 'booking-cancelled' });
    await office.sendDue();
    expect((await states()).at(-1)).toBe('failed');
  });
});

test('two offices send each message once, and one that died over it leaves it to the next', async () => {
  const server = await mailServer();
  closing.push(server.close);
  const offices = [1, 2].map(() => post({ email: openMail({ url: server.url, from: 'okno@example.org' }) }));
  await Promise.all(Array.from({ length: 30 }, (_, n) => say(`n${n}@example.org`)));
  await Promise.all(offices.map((office) => office.sendDue()));
  expect(new Set(server.letters.map(({ to }) => to)).size).toBe(30);
  expect(server.letters).toHaveLength(30);
  await say('left@example.org');
  await pool.query(`update notice set state = 'sending', next_at = instant_of($1) where state = 'waiting'`, [
    now + 2 * MINUTE,
  ]);
  await offices[0]?.sendDue();
  expect(server.letters).toHaveLength(30);
  now += 2 * MINUTE;
  await offices[1]?.sendDue();
  expect(server.letters.at(-1)?.to).toBe('left@example.org');
});

test('what is withdrawn is not sent; without any way a message is given up at once', async () => {
  const server = await mailServer();
  closing.push(server.close);
  const office = post({ email: openMail({ url: server.url, from: 'okno@example.org' }) });
  await say('anna@example.org', { at: now + HOUR });
  await db.write((tx) => withdraw(tx, 'booking 1', null));
  await say('+79160000001');
  now += 2 * HOUR;
  await office.sendDue();
  expect(server.letters).toEqual([]);
  expect(await db.read((tx) => noticeFigures(tx, TEN))).toEqual([
    { kind: 'booking-confirmed', way: 'email', state: 'withdrawn', count: 1 },
    { kind: 'booking-confirmed', way: 'sms', state: 'failed', count: 1 },
  ]);
});
