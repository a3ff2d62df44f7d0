import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { CalendarEntry } from '../../../core/booking/calendar-file.ts';
import { TEN } from '../../../tests/support/test-node.ts';
import { openMail } from './mail.ts';
import { NotSent } from './ways.ts';

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Letter {
  readonly to: string;
  readonly source: string;
}

/** A real mail server; what it is given is read by a reader of its own. */
async function mailServer(change: object = {}) {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    ...change,
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const source = Buffer.concat(parts);
        const to = envelope.rcptTo[0]?.address ?? '';
        letters.push({ to, source: source.toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { letters, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

const ENTRY: CalendarEntry = {
  id: '0b9a4e0e-5a0b-4ba1-9a63-0d5f2f5b7a10',
  at: TEN,
  until: TEN + 900_000,
  title: 'Приём в центре госуслуг',
  place: 'Хамовники, Комсомольский проспект, дом 8',
  text: 'Код записи: ABCD EFGH',
  isCancelled: false,
  sequence: 1,
};

function office(url: string, from = 'Мои документы <okno@example.org>') {
  const way = openMail({ url, from });
  closing.push(() => way.close());
  return (change: object = {}) =>
    way.send({
      id: 'notice-1',
      address: 'anna@example.org',
      subject: 'Вы записаны',
      text: 'Ждём вас.',
      language: 'ru',
      calendar: ENTRY,
      at: TEN,
      ...change,
    });
}

/** The part that calendars read: its own method, and its contents. */
async function invitation({ source }: Letter) {
  const mail = await simpleParser(source);
  const [, inPart] = /^Content-Type: text\/calendar;[^\n]*?(?:\n\s[^\n]*?)*method=(\w+)/im.exec(source) ?? [];
  const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
  const calendar = new ICAL.Component(ICAL.parse(part?.content.toString() ?? '') as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent') as ICAL.Component;
  const value = (name: string) => String(event.getFirstPropertyValue(name));
  return { inPart, inside: String(calendar.getFirstPropertyValue('method')), value };
}

test('an appointment comes as an invitation, changes as a later one, and goes as a cancellation of the same', async () => {
  const server = await mailServer();
  const send = office(server.url);
  await send();
  await send({ calendar: { ...ENTRY, at: TEN + 3_600_000, sequence: 2 } });
  await send({ calendar: { ...ENTRY, isCancelled: true, sequence: 3 } });
  const sent = await Promise.all(server.letters.map(invitation));
  expect(sent.map(({ inPart, inside }) => [inPart, inside])).toEqual([
    ['REQUEST', 'REQUEST'],
    ['REQUEST', 'REQUEST'],
    ['CANCEL', 'CANCEL'],
  ]);
  expect(sent.map(({ value }) => Number(value('sequence')))).toEqual([1, 2, 3]);
  expect(new Set(sent.map(({ value }) => value('uid'))).size).toBe(1);
  for (const { value } of sent) {
    // Calendars take an entry out only for the organizer who put it in.
    expect(value('organizer')).toBe('mailto:okno@example.org');
    expect(value('attendee')).toBe('mailto:anna@example.org');
  }
  expect(sent[2]?.value('status')).toBe('CANCELLED');
});

test('a file that an earlier version wrote goes with the method in it', async () => {
  const server = await mailServer();
  const file = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:1@okno\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  await office(server.url)({ calendar: file });
  expect(await invitation(server.letters[0] as Letter)).toMatchObject({ inPart: 'CANCEL', inside: 'CANCEL' });
});

test('a letter has only ASCII in its heads, whatever the office and the visitor are called', async () => {
  const server = await mailServer();
  await office(
    server.url,
    '"Центр «Мои документы», Хамовники" <okno@госуслуги.рф>',
  )({
    address: 'anna@xn--e1afmkfd.xn--p1ai',
    subject: 'Вы записаны\r\nBcc: someone@example.org',
  });
  const [letter] = server.letters as [Letter];
  const mail = await simpleParser(letter.source);
  const heads = letter.source.slice(0, letter.source.indexOf('\r\n\r\n'));
  expect(heads).toMatch(/^[\r\n\t -~]*$/);
  expect(heads).not.toMatch(/^Bcc:/im);
  expect(heads).toMatch(/^Message-ID: <notice-1@xn--c1aapkosapc\.xn--p1ai>\r?$/im);
  expect(heads).toMatch(/^Date: /im);
  expect(heads).toMatch(/^From: .*[\s\S]*?<okno@xn--c1aapkosapc\.xn--p1ai>/m);
  expect(mail.from?.value[0]?.name).toBe('Центр «Мои документы», Хамовники');
  expect(mail.subject).toBe('Вы записаны Bcc: someone@example.org');
  expect(mail.text?.trim()).toBe('Ждём вас.');
});

test('an address in other letters is written to where the server takes it; otherwise it is said so, once and for all', async () => {
  const able = await mailServer();
  await office(able.url)({ address: 'анна@xn--e1afmkfd.xn--p1ai' });
  expect(able.letters[0]?.to).toMatch(/^анна@/);
  const unable = await mailServer({ hideSMTPUTF8: true });
  const refused = await office(unable.url)({ address: 'анна@xn--e1afmkfd.xn--p1ai' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NotSent);
  expect(refused).toMatchObject({ message: 'address-not-latin', forEver: true });
  expect(unable.letters).toEqual([]);
  // A booking asks before it promises a letter.
  const takes = (url: string, address: string) => openMail({ url, from: 'okno@example.org' }).takes?.(address);
  const other = 'анна@xn--e1afmkfd.xn--p1ai';
  expect([await takes(able.url, other), await takes(unable.url, other)]).toEqual([true, false]);
  expect(await takes(unable.url, 'anna@example.org')).toBe(true);
});
