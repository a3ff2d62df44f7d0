import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../problems.ts';
import { addDays, type CivilDate, weekdayOf } from '../time/civil.ts';
import { addMonths, dateOfDayNumber, dayNumberOf, weekdayOfDayNumber } from '../time/day-number.ts';
import {
  addWorkingDays,
  type CalendarYear,
  dayKind,
  isWorkingDay,
  productionCalendar,
  workingDaysBetween,
} from './calendar.ts';
import { RUSSIAN_YEARS } from './calendar-years.ts';
import { type Stop, type Term, type TermUnit, termDays, termStages, termStanding } from './term.ts';

const calendar = productionCalendar(RUSSIAN_YEARS);
const term = (count: number, unit: TermUnit, more: Partial<Term> = {}): Term => ({
  count,
  unit,
  starts: 'next-working-day',
  ...more,
});
const last = (one: Term, registered: string, stops: readonly Stop[] = [], today?: string) =>
  termDays(calendar, one, { registered, stops }, today).lastDay;
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return [error.problem.code, error.problem.params];
    throw error;
  }
  return null;
};

describe('day numbers', () => {
  test('are dates, and dates are day numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), (number) => {
        const date = dateOfDayNumber(number);
        expect(dayNumberOf(date)).toBe(number);
        expect(dateOfDayNumber(number + 1)).toBe(addDays(date, 1));
        expect(weekdayOfDayNumber(number)).toBe(weekdayOf(date));
      }),
    );
    expect(dayNumberOf('1970-01-01')).toBe(0);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-15', 12, '2027-03-15'],
  ])('%s and %i months is %s', (date, months, then) =>
    expect(dateOfDayNumber(addMonths(dayNumberOf(date), months))).toBe(then),
  );
});

describe('the production calendar', () => {
  // The norms of working days that were published with the calendars; decree days count as worked ones in 2020 and 2021.
  test.each([
    [2013, 247],
    [2018, 247],
    [2019, 247],
    [2022, 247],
    [2023, 247],
    [2024, 248],
    [2025, 247],
    [2026, 247],
  ])('%i has %i working days', (year, days) => {
    const before = dayNumberOf(`${year}-01-01`) - 1;
    expect(workingDaysBetween(calendar, before, dayNumberOf(`${year}-12-31`))).toBe(days);
  });

  test('days without work by decree are rest for terms', () => {
    expect(dayKind(calendar, dayNumberOf('2020-04-01'))).toBe('decree');
    expect(last(term(1, 'working-day'), '2020-03-27')).toBe('2020-05-12');
    expect(last(term(2, 'working-day'), '2021-10-29')).toBe('2021-11-09');
  });

  test('is refused with what is wrong with it', () => {
    const wrong = (change: Partial<CalendarYear>) =>
      codeOf(() => productionCalendar([{ ...(RUSSIAN_YEARS[0] as CalendarYear), ...change }]));
    expect(wrong({ rest: '02-30' })).toEqual(['calendar-malformed', { year: 2013, what: '02-30' }]);
    expect(wrong({ rest: '01-08..01-01' })?.[0]).toBe('calendar-malformed');
    expect(wrong({ work: '01-01' })).toEqual(['calendar-malformed', { year: 2013, what: '2013-01-01' }]);
    const gap = RUSSIAN_YEARS.filter(({ year }) => year !== 2020);
    expect(codeOf(() => productionCalendar(gap))).toEqual(['calendar-gap', { year: 2020 }]);
    expect(codeOf(() => productionCalendar([]))?.[0]).toBe('calendar-gap');
  });
});

describe('the last day of a term', () => {
  test.each([
    ['5 working days over 23 February', 5, 'working-day', '2026-02-19', '2026-02-27'],
    ['3 working days over 1 May', 3, 'working-day', '2026-04-30', '2026-05-06'],
    ['9 working days in spring', 9, 'working-day', '2026-04-24', '2026-05-08'],
    ['9 working days over the New Year', 9, 'working-day', '2025-12-26', '2026-01-20'],
    ['5 working days over the New Year', 5, 'working-day', '2025-12-30', '2026-01-16'],
    ['10 working days', 10, 'working-day', '2026-02-13', '2026-03-02'],
    ['from a Saturday', 3, 'working-day', '2026-01-10', '2026-01-14'],
    ['from the Friday before it, the same', 3, 'working-day', '2026-01-09', '2026-01-14'],
    ['to a Saturday that is worked', 1, 'working-day', '2025-10-31', '2025-11-01'],
    ['over that Saturday and 3 and 4 November', 5, 'working-day', '2025-10-31', '2025-11-10'],
    ['to a Saturday in April', 1, 'working-day', '2024-04-26', '2024-04-27'],
    ['over the last Saturday of 2024', 3, 'working-day', '2024-12-27', '2025-01-10'],
    ['over 9 and 11 May', 1, 'working-day', '2026-05-08', '2026-05-12'],
    ['over 8 and 9 March', 1, 'working-day', '2026-03-06', '2026-03-10'],
    ['9 days to a Saturday', 9, 'calendar-day', '2026-04-23', '2026-05-04'],
    ['9 days to a Friday', 9, 'calendar-day', '2026-04-29', '2026-05-08'],
    ['9 days to Victory Day', 9, 'calendar-day', '2026-04-30', '2026-05-12'],
    ['30 days to a Thursday', 30, 'calendar-day', '2026-01-20', '2026-02-19'],
    ['30 days to a Sunday in the holidays', 30, 'calendar-day', '2025-12-05', '2026-01-12'],
    ['6 days', 6, 'calendar-day', '2026-02-18', '2026-02-24'],
    ['6 days to a day off', 6, 'calendar-day', '2026-03-03', '2026-03-10'],
    ['a month from the 31st', 1, 'month', '2026-01-31', '2026-03-02'],
    ['a month into the holidays', 1, 'month', '2025-12-02', '2026-01-12'],
    ['a month to a day off', 1, 'month', '2026-04-11', '2026-05-12'],
    ['5 working days over 12 June', 5, 'working-day', '2026-06-09', '2026-06-17'],
    ['9 days from a result', 9, 'calendar-day', '2026-06-18', '2026-06-29'],
  ] as const)('%s', (_, count, unit, registered, day) => expect(last(term(count, unit), registered)).toBe(day));

  test('the day that is promised is one before rest', () => {
    const promised = (registered: string) =>
      termDays(calendar, term(9, 'calendar-day'), { registered }).promised as string;
    expect(['2026-04-23', '2026-04-29', '2026-04-30'].map(promised)).toEqual([
      '2026-04-30',
      '2026-05-08',
      '2026-05-08',
    ]);
  });

  test('what reaches a year that is not loaded has none; nothing is guessed', () => {
    const faults = [term(9, 'calendar-day', { lastDay: 'next-working' }), term(7, 'working-day'), term(1, 'month')].map(
      (one) => codeOf(() => last(one, '2026-12-22')),
    );
    expect(faults).toEqual(faults.map(() => ['calendar-missing', { year: 2027 }]));
    expect(last(term(9, 'calendar-day', { lastDay: 'none' }), '2026-12-22')).toBe('2026-12-31');
    expect(codeOf(() => last(term(1, 'working-day'), '2012-12-28'))).toEqual(['calendar-missing', { year: 2012 }]);
  });

  test('is the day itself for what is done at once', () => {
    expect(last(term(0, 'same-visit'), '2027-05-01')).toBe('2027-05-01');
  });
});

describe('a stop', () => {
  const ten = term(10, 'working-day');
  const stop = (clock: Stop['clock'], until: string | null): readonly Stop[] => [{ from: '2026-03-10', until, clock }];

  test('moves the last day by what was left', () => {
    expect(last(ten, '2026-03-02')).toBe('2026-03-17');
    expect(last(ten, '2026-03-02', stop('pause', '2026-03-20'))).toBe('2026-03-30');
    expect(last(ten, '2026-03-02', stop('restart', '2026-03-20'))).toBe('2026-04-03');
  });

  test('that begins on the last day leaves that day to be used: the term had not ended yet', () => {
    const [five, eight] = [term(5, 'working-day'), term(8, 'calendar-day')];
    expect([last(five, '2026-03-02'), last(eight, '2026-03-02')]).toEqual(['2026-03-10', '2026-03-10']);
    expect(last(five, '2026-03-02', stop('pause', '2026-03-20'))).toBe('2026-03-23');
    expect(last(five, '2026-03-02', stop('restart', '2026-03-20'))).toBe('2026-03-27');
    expect(last(eight, '2026-03-02', stop('pause', '2026-03-20'))).toBe('2026-03-23');
    // One that ended the day before is not touched.
    expect(last(term(4, 'working-day'), '2026-03-02', stop('restart', '2026-03-20'))).toBe('2026-03-06');
  });

  test('that still goes on is told as if it ended today', () => {
    const days = termDays(calendar, ten, { registered: '2026-03-02', stops: stop('pause', null) }, '2026-03-16');
    expect(days).toMatchObject({ lastDay: '2026-03-24', assumed: true });
  });

  test('of calendar days and months takes the days that were left', () => {
    expect(last(term(30, 'calendar-day'), '2026-03-02', stop('pause', '2026-03-20'))).toBe('2026-04-13');
    expect(last(term(1, 'month'), '2026-03-02', stop('pause', '2026-03-20'))).toBe('2026-04-13');
  });

  test('after the last day changes nothing; one that cannot be is refused', () => {
    expect(last(term(3, 'working-day'), '2026-03-02', stop('pause', '2026-03-20'))).toBe('2026-03-05');
    expect(codeOf(() => last(ten, '2026-03-02', stop('pause', '2026-03-09')))?.[0]).toBe('stop-malformed');
    expect(codeOf(() => last(ten, '2026-03-11', stop('pause', '2026-03-20')))?.[0]).toBe('stop-malformed');
  });

  test('two of them: each is taken in its turn', () => {
    const stops: readonly Stop[] = [
      { from: '2026-03-10', until: '2026-03-20', clock: 'pause' },
      { from: '2026-03-25', until: '2026-04-06', clock: 'pause' },
    ];
    // Four days used, then two (23 and 24 March); four left from 7 April on.
    expect(last(ten, '2026-03-02', stops)).toBe('2026-04-10');
  });
});

describe('a term that starts at the agency', () => {
  const ten = term(10, 'working-day', { starts: 'on-receipt-by-agency' });

  test('is counted from the receipt; until then from the day by which the papers have to leave', () => {
    const days = (received: string | null, today?: string) =>
      termDays(calendar, ten, { registered: '2026-04-30', received }, today);
    expect(days(null)).toMatchObject({ dispatchBy: '2026-05-04', lastDay: '2026-05-19', assumed: true });
    expect(days('2026-05-04')).toMatchObject({ lastDay: '2026-05-19', centreLateDays: 0, assumed: false });
    expect(days('2026-05-05')).toMatchObject({ lastDay: '2026-05-20', centreLateDays: 1 });
    expect(days(null, '2026-05-06').lastDay).toBe('2026-05-21');
  });
});

describe('a term', () => {
  test('is made longer once, within its most', () => {
    const extended = (extension: number) =>
      termDays(calendar, term(1, 'month', { extensionMax: 2 }), { registered: '2026-03-02', extension }).lastDay;
    expect([extended(0), extended(2)]).toEqual(['2026-04-02', '2026-06-02']);
    expect(codeOf(() => extended(3))).toEqual(['extension-not-allowed', { most: 2 }]);
  });

  test('has a part for each', () => {
    const transfer = term(9, 'calendar-day', { includesTransfer: true });
    const days = termDays(calendar, transfer, { registered: '2026-04-23' });
    expect(termStages(calendar, transfer, days)).toEqual({
      centre: '2026-04-24',
      agency: '2026-04-30',
      courier: '2026-05-04',
    });
    // Where the way back is not part of the term, the courier has the next working day for it.
    expect(termStages(calendar, term(9, 'calendar-day'), days)).toEqual({
      centre: '2026-04-24',
      agency: '2026-05-04',
      courier: '2026-05-05',
    });
  });

  test('of hours ends on the day on which the whole days of it end', () => {
    const hours = (count: number) => last(term(count, 'hour', { lastDay: 'none' }), '2026-03-02');
    expect([hours(23), hours(24), hours(36), hours(48)]).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-03',
      '2026-03-04',
    ]);
  });

  test('that is made longer is promised for as much later, and may be promised shorter than the law allows', () => {
    const promised = (extension: number) => {
      const one = term(10, 'working-day', { promisedCount: 7, extensionMax: 5 });
      return termDays(calendar, one, { registered: '2026-03-02', extension });
    };
    expect(promised(0)).toMatchObject({ promised: '2026-03-12', lastDay: '2026-03-17' });
    expect(promised(5)).toMatchObject({ promised: '2026-03-19', lastDay: '2026-03-24' });
  });

  test('is warned of three working days before, one before, and on the day', () => {
    const on = (today: string) => termStanding(calendar, '2026-02-27', today);
    expect(['2026-02-20', '2026-02-24', '2026-02-26', '2026-02-27', '2026-02-28'].map(on)).toEqual([
      'far',
      'near',
      'tomorrow',
      'today',
      'over',
    ]);
  });
});

describe('properties', () => {
  const days = fc
    .integer({ min: dayNumberOf('2013-01-01'), max: dayNumberOf('2026-06-30') })
    .map(dateOfDayNumber) as fc.Arbitrary<CivilDate>;
  const counts = fc.integer({ min: 1, max: 60 });
  const units = fc.constantFrom<TermUnit>('working-day', 'calendar-day');

  test('a longer term never ends earlier; nor does one that begins later', () => {
    fc.assert(
      fc.property(days, counts, units, (day, count, unit) => {
        const end = last(term(count, unit), day);
        expect(last(term(count + 1, unit), day) >= end).toBe(true);
        expect(last(term(count, unit), addDays(day, 1)) >= end).toBe(true);
      }),
    );
  });

  test('working days add up, end on a working day, and are as many as were asked for', () => {
    fc.assert(
      fc.property(days, counts, counts, (day, a, b) => {
        const start = dayNumberOf(day);
        const end = addWorkingDays(calendar, start, a + b);
        expect(addWorkingDays(calendar, addWorkingDays(calendar, start, a), b)).toBe(end);
        expect(isWorkingDay(calendar, end)).toBe(true);
        expect(workingDaysBetween(calendar, start, end)).toBe(a + b);
        expect(workingDaysBetween(calendar, end, start)).toBe(-(a + b));
      }),
    );
  });

  test('the promised day is never after the last day, and is a working day', () => {
    fc.assert(
      fc.property(days, counts, units, (registered, count, unit) => {
        const { promised, lastDay } = termDays(calendar, term(count, unit), { registered });
        expect(promised <= lastDay).toBe(true);
        expect(isWorkingDay(calendar, dayNumberOf(promised))).toBe(true);
      }),
    );
  });

  test('a stop never makes a term end earlier', () => {
    fc.assert(
      fc.property(days, counts, units, counts, counts, (registered, count, unit, after, length) => {
        const from = addDays(registered, after);
        const stops: readonly Stop[] = [{ from, until: addDays(from, length), clock: 'pause' }];
        expect(last(term(count, unit), registered, stops) >= last(term(count, unit), registered)).toBe(true);
      }),
    );
  });
});
