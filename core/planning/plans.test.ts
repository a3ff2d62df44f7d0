import { describe, expect, test } from 'vitest';
import { addDays, type CivilDate, weekdayOf } from '../time/civil.ts';
import { callsOf, estimatesAt, fixedQueueRatio } from './estimators.ts';
import { forecastDay, type HistoryDay, learn, wape } from './forecast.ts';
import { readRosterProblem } from './roster.ts';
import { patternsOf } from './shifts.ts';
import { rosterOf, weekFaults } from './week.ts';

describe('what halls tell, and which queue goes next', () => {
  const path = {
    windows: 3,
    serviceMinutes: 10,
    arrivals: [0, 1, 2, 3, 5, 8, 9, 14, 15, 16],
    services: [12, 9, 15, 6, 10, 8, 7, 5, 9, 4],
  };

  test('estimates on a path that is known, and what came true', () => {
    expect(callsOf(path)).toEqual([0, 1, 2, 10, 12, 16, 17, 22, 24, 24]);
    expect(estimatesAt(path, 9)).toMatchObject({ queue: 3, headOfLineMin: 6, lastToEnterMin: 0, actualMin: 8 });
    expect(estimatesAt(path, 9).queueLengthMin).toBeCloseTo(13.3333, 4);
    expect(estimatesAt(path, 14)).toEqual({
      queue: 2,
      queueLengthMin: 10,
      headOfLineMin: 6,
      lastToEnterMin: 7,
      lastCompletedMin: 0,
      actualMin: 8,
    });
  });

  test('fixed queue ratio: the line that is longest beyond its share; of equals the first, nobody from an empty hall', () => {
    expect(fixedQueueRatio([6, 1, 3], [0.5, 0.3, 0.2])).toEqual({ next: 0, scores: [1, -2, 1] });
    expect(fixedQueueRatio([0, 0], [0.5, 0.5]).next).toBe(-1);
  });
});

describe('shifts', () => {
  test('breaks lie where they may, and hours are those that are worked', () => {
    const patterns = patternsOf(24);
    for (const { hours, start, slots, cost } of patterns) {
      expect(slots.length).toBe(hours * 2 - (hours === 12 ? 2 : hours === 4 ? 0 : 1));
      expect(cost).toBe(slots.length / 2);
      expect(Math.min(...slots)).toBe(start);
      expect(Math.max(...slots)).toBeLessThan(24);
    }
    expect(patternsOf(7)).toEqual([]);
  });

  test('a problem is read field by field', () => {
    const faultsOf = (value: unknown) => {
      const read = readRosterProblem(value);
      return 'faults' in read ? read.faults : [];
    };
    expect(faultsOf(null)).toEqual([
      'need: must be a list of 1 to 10000 whole numbers',
      'shifts: must be a list of 1 to 20000 shifts',
    ]);
    expect(faultsOf({ need: [1, -1], shifts: [{ slots: [0, 2], cost: 1 }] })).toEqual([
      'need[1]: must be a whole number from 0 to 10000',
      'shifts[0].slots: must be whole numbers from 0 to 1',
    ]);
    expect(faultsOf({ need: [1, 2], shifts: [{ slots: [0], cost: 1 }] })).toEqual([
      'need[1]: 2 are needed, and no shift covers this slot',
    ]);
    expect(faultsOf({ need: [1, 1], cyclic: true, shifts: [{ slots: [1, 2], cost: 1 }] })).toEqual([]);
    expect(faultsOf({ need: [1, 1], cyclic: true, shifts: [{ slots: [1, 3], cost: 1 }] })).toEqual([
      'shifts[0].slots: one slot twice',
    ]);
  });

  test('a week that cannot be is refused with its fields; a roster by hand is told what it lacks', () => {
    const day = { day: '2026-02-16' as CivilDate, opensMinute: 480, need: Array.from({ length: 8 }, () => 1) };
    const anna = { personId: 'anna', skills: [], daysOff: [], hoursMax: 40, shiftHours: [], ratherNot: [] };
    const week = { days: [day], people: [anna], skills: [{ skill: 'property', people: 1 }], restHours: 12, daysMax: 6 };
    expect(weekFaults(week)).toEqual(['skills[0].skill: nobody knows “property”']);
    expect(weekFaults({ ...week, skills: [], restHours: 2, people: [{ ...anna, shiftHours: [7] }] })).toEqual([
      'restHours: 8 to 48 hours, not 2',
      'people[0].shiftHours: there is no shift of 7 hours',
    ]);
    const [shift] = patternsOf(8);
    const roster = rosterOf({ ...week, skills: [] }, [
      { personId: 'anna', day: day.day, shift: shift as NonNullable<typeof shift> },
    ]);
    expect(roster.shortages).toEqual([]);
    expect(rosterOf({ ...week, skills: [] }, []).shortages).toHaveLength(8);
  });
});

describe('the forecast', () => {
  const days = (count: number, of: (index: number, weekday: number) => number): HistoryDay[] =>
    Array.from({ length: count }, (_, index) => {
      const day = addDays('2025-01-06' as CivilDate, index);
      return { day, counts: [0, of(index, weekdayOf(day)), 2 * of(index, weekdayOf(day)), 0] };
    });

  test('weekdays, their size, and the shape of a day are found again', () => {
    const model = learn([{ series: 'a', days: days(84, (_, weekday) => (weekday === 1 ? 60 : 40)) }]);
    const monday = forecastDay(model, 'a', '2025-03-31' as CivilDate);
    const tuesday = forecastDay(model, 'a', '2025-04-01' as CivilDate);
    const visitors = ({ halfHours }: typeof monday) => halfHours.reduce((sum, { mean }) => sum + mean, 0);
    expect(visitors(monday) / 180).toBeCloseTo(1, 1);
    expect(visitors(tuesday) / 120).toBeCloseTo(1, 1);
    expect(tuesday.halfHours[2]?.mean).toBeCloseTo(2 * (tuesday.halfHours[1]?.mean ?? 0), 6);
    expect(tuesday.halfHours[0]).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('growth and a season in two years; a quiet January is no fall', () => {
    const grown = days(
      730,
      (index) => 100 * 1.01 ** (index / 30) * (1 + 0.2 * Math.sin((2 * Math.PI * index) / 365.25)),
    );
    const model = learn([{ series: 'a', days: grown }]);
    const day = addDays('2025-01-06' as CivilDate, 760);
    const actual = 100 * 1.01 ** (760 / 30) * (1 + 0.2 * Math.sin((2 * Math.PI * 760) / 365.25));
    expect((forecastDay(model, 'a', day).halfHours[1]?.mean ?? 0) / actual).toBeCloseTo(1, 1);
  });

  test('an empty, a doubled and an absurd history are refused by name; gaps do not matter', () => {
    expect(() => learn([])).toThrow('there is no history');
    expect(() => learn([{ series: 'a', days: [] }])).toThrow('a: the history has no day with visitors');
    const [day] = days(1, () => 5);
    expect(() => learn([{ series: 'a', days: [day as HistoryDay, day as HistoryDay] }])).toThrow(
      'a: 2025-01-06 is there twice',
    );
    expect(() => learn([{ series: 'a', days: [{ ...(day as HistoryDay), counts: [1, -3] }] }])).toThrow(
      'half hour 1: -3 visitors cannot be',
    );
    const gapped = days(84, () => 50).filter((_, index) => index % 9 !== 4);
    const model = learn([{ series: 'a', days: gapped }]);
    for (const { mean, low, high } of forecastDay(model, 'a', '2025-04-01' as CivilDate).halfHours) {
      expect(Number.isFinite(mean) && low <= mean && mean <= high).toBe(true);
    }
    expect(() => forecastDay(model, 'b', '2025-04-01' as CivilDate)).toThrow('b: nothing is known of it');
  });

  test('the error of a forecast; none when nobody came', () => {
    expect(
      wape([
        [10, 8],
        [4, 8],
      ]),
    ).toBeCloseTo(0.375);
    expect(wape([[3, 0]])).toBe(null);
  });
});
