import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import { MINUTE } from '../time/instant.ts';
import { type CalendarEntry, calendarFile } from './calendar-file.ts';

const AT = instantOf('2026-02-19' as CivilDate, '10:30', 'Europe/Moscow' as TimeZone);
const PLACE = 'Центр госуслуг района Хамовники; Комсомольский проспект, дом 8, вход со двора, второй этаж';
const ENTRY: CalendarEntry = {
  id: '0b9a4e0e-5a0b-4ba1-9a63-0d5f2f5b7a10',
  at: AT,
  until: AT + 15 * MINUTE,
  title: 'Приём',
  place: PLACE,
  text: 'Код: АБ\nВГ',
  isCancelled: false,
  sequence: 1,
};
const PARTIES = {
  organizer: { name: 'Мои документы', address: 'okno@example.org' },
  attendee: { name: 'анна@xn--e1afmkfd.xn--p1ai', address: 'анна@xn--e1afmkfd.xn--p1ai' },
};

/** The file as a reader of its own reads it. */
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent') as ICAL.Component;
  const value = (name: string) => String(event.getFirstPropertyValue(name));
  return { method: String(calendar.getFirstPropertyValue('method')), value, event };
}

test('a calendar file says where and when, folds long lines and cuts no letter', () => {
  const file = calendarFile(ENTRY, AT);
  expect(file).toContain('DTSTART:20260219T073000Z\r\n');
  expect(file.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
  expect(file.replaceAll('\r\n ', '')).toContain(
    String.raw`LOCATION:Центр госуслуг района Хамовники\; Комсомольский проспект\, дом 8\, вход`,
  );
  expect(file).toContain(String.raw`Код: АБ\nВГ`);
  const { method, value } = read(file);
  expect([method, value('location'), value('status')]).toEqual(['PUBLISH', PLACE, 'CONFIRMED']);
});

test('an appointment that is sent is a request, a moved one a later request, a cancelled one takes the entry out', () => {
  const [made, moved, cancelled] = [
    ENTRY,
    { ...ENTRY, at: AT + 60 * MINUTE, until: AT + 75 * MINUTE, sequence: 2 },
    { ...ENTRY, isCancelled: true, sequence: 3 },
  ].map((entry) => read(calendarFile(entry, AT, PARTIES))) as [
    ReturnType<typeof read>,
    ReturnType<typeof read>,
    ReturnType<typeof read>,
  ];
  expect([made.method, moved.method, cancelled.method]).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
  expect(cancelled.value('status')).toBe('CANCELLED');
  for (const name of ['uid', 'organizer', 'attendee'])
    expect(new Set([made, moved, cancelled].map((one) => one.value(name))).size).toBe(1);
  expect(made.value('organizer')).toBe('mailto:okno@example.org');
  expect(made.value('attendee')).toBe('mailto:%D0%B0%D0%BD%D0%BD%D0%B0@xn--e1afmkfd.xn--p1ai');
  expect(made.event.getFirstProperty('organizer')?.getParameter('cn')).toBe('Мои документы');
  expect([made, moved, cancelled].map((one) => Number(one.value('sequence')))).toEqual([1, 2, 3]);
  expect(made.value('dtstamp')).toBe('2026-02-19T07:30:00Z');
});

test('no text of ours or of a person becomes a line of its own, and every text is read back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      (text, name) => {
        const parties = { ...PARTIES, organizer: { ...PARTIES.organizer, name } };
        const file = calendarFile({ ...ENTRY, text, place: text, title: name }, AT, parties);
        const lines = file.split('\r\n');
        expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
        const { method, value } = read(file);
        expect(method).toBe('REQUEST');
        const shown = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n]/gu, '');
        expect(value('description')).toBe(shown);
      },
    ),
  );
});
