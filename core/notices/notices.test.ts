import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilDateOf, instantOf, minuteOfDay, type TimeZone } from '../time/civil.ts';
import { HOUR, MINUTE } from '../time/instant.ts';
import { afterQuiet, pauseAfter, USUAL_QUIET } from './quiet.ts';
import { en } from '../../web/shared/application/messages/en.ts';
import { ru } from '../../web/shared/application/messages/ru.ts';
import { NOTICE_FAULTS, noticeFaultOf } from './faults.ts';
import { NOTICE_KINDS, TEMPLATES, writeNotice } from './templates.ts';

const ZONE = 'Europe/Moscow' as TimeZone;
const at = (day: string, time: string) => instantOf(day, time, ZONE);

test.each([
  ['2026-02-19', '20:59', '2026-02-19', '20:59'],
  ['2026-02-19', '21:00', '2026-02-20', '09:00'],
  ['2026-02-19', '23:59', '2026-02-20', '09:00'],
  ['2026-02-20', '00:01', '2026-02-20', '09:00'],
  ['2026-02-20', '09:00', '2026-02-20', '09:00'],
])('what is due on %s at %s goes on %s at %s', (day, time, thenDay, then) =>
  expect(afterQuiet(USUAL_QUIET, at(day, time), ZONE)).toBe(at(thenDay, then)),
);

test('nothing goes by night, nothing goes before it is due, and nothing waits longer than a night', () => {
  const start = at('2014-10-20', '00:00');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 * 24 * 60 }), (minutes) => {
      const due = start + minutes * MINUTE;
      const goes = afterQuiet(USUAL_QUIET, due, ZONE);
      const minute = minuteOfDay(goes, ZONE);
      expect(minute >= 9 * 60 && minute < 21 * 60).toBe(true);
      // A night in which the clocks go back has an hour more.
      expect(goes - due >= 0 && goes - due <= 13 * HOUR).toBe(true);
      expect(civilDateOf(goes, ZONE) >= civilDateOf(due, ZONE)).toBe(true);
    }),
  );
});

test('attempts lie further and further apart, an hour at most', () => {
  expect([1, 2, 3, 8, 50].map(pauseAfter)).toEqual([30_000, 60_000, 120_000, 3_600_000, 3_600_000]);
});

test('every message is there in both languages, and an SMS names neither service nor person', () => {
  const words = {
    time: '20.02.2026 10:30',
    centre: { ru: 'Хамовники', en: 'Khamovniki' },
    address: 'Комсомольский проспект, 8',
    booking: 'ABCD EFGH',
    number: 'В142',
    until: '10.05.2026',
    site: 'https://okno.example',
  };
  expect(Object.keys(TEMPLATES.ru)).toEqual([...NOTICE_KINDS]);
  expect(Object.keys(TEMPLATES.en)).toEqual([...NOTICE_KINDS]);
  for (const kind of NOTICE_KINDS)
    for (const language of ['ru', 'en'] as const) {
      const { text: sms } = writeNotice(kind, 'sms', language, words, '123456');
      const { text, subject } = writeNotice(kind, 'email', language, words, '123456');
      expect(sms.length).toBeLessThanOrEqual(134);
      for (const part of [sms, text, subject]) expect(part).not.toMatch(/undefined|null|@/);
      expect(sms).not.toContain('проспект');
    }
});

test.each([
  [
    'email',
    "Can't send mail - all recipients were rejected: 550 5.1.1 <…>: Recipient address rejected: User unknown",
    'no-such-address',
  ],
  ['email', 'Message failed: 552 5.2.2 Mailbox full', 'address-full'],
  ['email', 'Message failed: 554 5.7.1 Message rejected as spam by policy', 'refused'],
  ['email', 'Mail command failed: 451 4.7.1 Greylisting in action, please come back later', 'not-reachable'],
  ['email', 'connect ECONNREFUSED 127.0.0.1:25', 'not-reachable'],
  ['email', 'address-not-latin', 'address-not-latin'],
  ['email', 'getaddrinfo ENOTFOUND mail', 'not-reachable'],
  ['sms', 'the centre answered 0xb', 'no-such-address'],
  ['sms', 'the centre answered 0x58', 'refused'],
  ['sms', 'the centre does not answer', 'not-reachable'],
  ['sms', 'not delivered', 'not-delivered'],
  ['push', 'the push service answered 410', 'browser-gone'],
  ['push', 'fetch failed', 'not-reachable'],
  ['sms', 'there is no way to send it', 'no-way'],
] as const)('%s: “%s” is %s', (way, said, fault) => expect(noticeFaultOf(way, said)).toBe(fault));

test('every fault has its sentence for the clerk, in both languages', () => {
  for (const fault of NOTICE_FAULTS) {
    expect(en.noticeFaults[fault]).toMatch(/\p{L}{3}/u);
    expect(ru.noticeFaults[fault]).toMatch(/[а-я]{3}/);
  }
});
