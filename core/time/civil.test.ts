import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  businessDayAt,
  type CivilDate,
  type CivilTime,
  civilDateOf,
  instantOf,
  isTimeZone,
  minuteOfDay,
  parseCivilDate,
  type TimeZone,
  weekdayOf,
} from './civil.ts';
import { HOUR } from './instant.ts';
import { localTime } from './wording.ts';

const MOSCOW = 'Europe/Moscow' as TimeZone;
const WARSAW = 'Europe/Warsaw' as TimeZone;

const dates: fc.Arbitrary<CivilDate> = fc
  .date({ min: new Date('2013-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('civil dates', () => {
  test('only real dates are dates', () => {
    expect(parseCivilDate('2024-02-29')).toBe('2024-02-29');
    for (const wrong of ['2026-02-29', '2026-13-01', '2026-2-3', '26-02-19', '', '2026-02-19T00:00'])
      expect(parseCivilDate(wrong)).toBeNull();
  });

  test('a zone is a zone', () => {
    expect([isTimeZone('Europe/Moscow'), isTimeZone('Mars/Base'), isTimeZone('')]).toEqual([true, false, false]);
  });

  test('an instant at noon is on its own date, whatever the zone', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom(MOSCOW, WARSAW, 'Asia/Kamchatka' as TimeZone), (date, zone) => {
        const noon = instantOf(date, '12:00', zone);
        expect(civilDateOf(noon, zone)).toBe(date);
        expect(minuteOfDay(noon, zone)).toBe(720);
        expect(weekdayOf(addDays(date, 7))).toBe(weekdayOf(date));
      }),
    );
  });
});

describe('the business day', () => {
  test('goes on until four in the morning', () => {
    const day = '2026-02-19';
    expect(businessDayAt(instantOf(day, '04:00', MOSCOW), MOSCOW)).toBe(day);
    expect(businessDayAt(instantOf('2026-02-20', '03:59', MOSCOW), MOSCOW)).toBe(day);
    expect(businessDayAt(instantOf('2026-02-20', '04:00', MOSCOW), MOSCOW)).toBe('2026-02-20');
  });

  test('has 23 or 25 hours when the clocks change', () => {
    const length = (day: CivilDate) =>
      (instantOf(addDays(day, 1), '04:00', WARSAW) - instantOf(day, '04:00', WARSAW)) / HOUR;
    expect([length('2026-03-27'), length('2026-03-28'), length('2026-10-24')]).toEqual([24, 23, 25]);
  });

  test('of two moments that the clocks show alike the earlier one is meant', () => {
    // On 26 October 2014 Moscow showed 01:30 twice.
    const first = instantOf('2014-10-26', '01:30', MOSCOW);
    expect(new Date(first).toISOString()).toBe('2014-10-25T21:30:00.000Z');
  });
});

test('a clock that shows parts of a millisecond shows the same day and time as one that does not', () => {
  const zone = 'Europe/Moscow' as TimeZone;
  const at = instantOf('2026-02-19' as CivilDate, '10:30' as CivilTime, zone);
  for (const part of [0.1, 0.5, 0.999]) {
    expect(civilDateOf(at + part, zone)).toBe(civilDateOf(at, zone));
    expect(minuteOfDay(at + part, zone)).toBe(minuteOfDay(at, zone));
    expect(businessDayAt(at + part, zone)).toBe(businessDayAt(at, zone));
    expect(localTime(at + part, zone)).toBe(localTime(at, zone));
  }
});
