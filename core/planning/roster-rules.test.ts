import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CivilDate } from '../time/civil.ts';
import { restBetween, rosterFaults, spanOfShift } from './roster-rules.ts';
import { patternsOf, type ShiftPattern } from './shifts.ts';
import { rosterOf, shiftAt, weekProblem } from './week.ts';
import type { Assignment } from './week-problem.ts';

const WEEK = Array.from({ length: 7 }, (_, index) => `2026-02-${16 + index}` as CivilDate);
const days = WEEK.map((day) => ({ day, opensMinute: 480, need: Array.from({ length: 24 }, () => 1), over: false }));
const patterns = patternsOf(24);

function anna(more: Partial<Parameters<typeof weekProblem>[1][number]> = {}) {
  return { personId: 'anna', weekHours: 60, shiftHours: [], groupIds: null, daysOff: [], ratherNot: [], ...more };
}

function shift(hours: number, start = 0): ShiftPattern {
  return patterns.find((one) => one.hours === hours && one.start === start) as ShiftPattern;
}

const on = (index: number, hours: number, start = 0): Assignment => ({
  personId: 'anna',
  day: WEEK[index] as CivilDate,
  shift: shift(hours, start),
});

/** The rules that a week of Anna breaks, with the day as an index; null: the week as such. */
const faults = (person: ReturnType<typeof anna>, ...assignments: Assignment[]) =>
  rosterFaults(weekProblem(days, [person], []), assignments).map(({ day, rule }) => [
    day === null ? null : WEEK.indexOf(day),
    rule,
  ]);

describe('the rules of a roster', () => {
  test('each of them, and which shift breaks it', () => {
    expect(faults(anna(), on(0, 12), on(1, 12), on(3, 8))).toEqual([]);
    expect(faults(anna(), on(0, 4), on(0, 4, 10))).toEqual([[0, 'twice']]);
    expect(faults(anna({ daysOff: [WEEK[2] as CivilDate] }), on(2, 8))).toEqual([[2, 'day-off']]);
    expect(faults(anna({ shiftHours: [4, 6] }), on(2, 8), on(3, 6))).toEqual([[2, 'length']]);
    expect(faults(anna({ weekHours: 20 }), on(0, 12), on(2, 12))).toEqual([[null, 'hours']]);
    expect(faults(anna(), ...[0, 1, 2, 3, 4, 5, 6].map((index) => on(index, 4)))).toEqual([[null, 'days']]);
  });

  test('between an evening and a morning there are twelve hours', () => {
    // 16:00 to 20:00, and 8:00 on the next day: twelve hours.
    expect(faults(anna(), on(0, 4, 16), on(1, 4))).toEqual([]);
    const late = days.map((day) => ({ ...day, need: Array.from({ length: 26 }, () => 1) }));
    const evening = { start: 18, hours: 4, slots: [18, 19, 20, 21, 22, 23, 24, 25], cost: 4 };
    const week = weekProblem(late, [anna()], []);
    expect(rosterFaults(week, [{ ...on(0, 4), shift: evening }, on(1, 4)])).toMatchObject([
      { day: WEEK[1], rule: 'rest' },
    ]);
  });

  test('shifts of the week before, the week after and other centres count', () => {
    const before = { day: '2026-02-15' as CivilDate, startsMinute: 1000, hours: 6, weekHours: null };
    expect(faults(anna({ standing: [before] }), on(0, 8), on(1, 8))).toEqual([[0, 'rest']]);
    const after = { day: '2026-02-23' as CivilDate, startsMinute: 420, hours: 6, weekHours: null };
    expect(faults(anna({ standing: [after] }), on(6, 4, 16))).toEqual([[6, 'rest']]);
    const elsewhere = { day: WEEK[2] as CivilDate, startsMinute: 600, hours: 8, weekHours: 7.5 };
    expect(faults(anna({ weekHours: 15, standing: [elsewhere] }), on(2, 4), on(4, 8))).toEqual([
      [2, 'twice'],
      [null, 'hours'],
    ]);
  });

  test('two shifts have the same rest between them, whichever is asked about first', () => {
    const anyShift = fc.record({ index: fc.nat(6), pattern: fc.constantFrom(...patterns) });
    fc.assert(
      fc.property(anyShift, anyShift, (one, other) => {
        const [a, b] = [one, other].map(({ index, pattern }) => spanOfShift(days[index] as (typeof days)[0], pattern));
        if (a === undefined || b === undefined) return;
        expect(restBetween(a, b)).toBe(restBetween(b, a));
        expect(restBetween(a, b) < 0).toBe(a.from < b.to && b.from < a.to);
      }),
    );
  });
});

describe('a week of a hall', () => {
  test('who is not at windows is left out, days that are over too; what not everybody knows is wanted', () => {
    const oleg = { ...anna(), personId: 'oleg', groupIds: ['passports'] };
    const head = { ...anna(), personId: 'head', weekHours: 0 };
    const half = days.map((day, index) => ({ ...day, over: index < 3 }));
    const week = weekProblem(half, [anna(), oleg, head], ['passports', 'benefits']);
    expect(week.people.map(({ personId }) => personId)).toEqual(['anna', 'oleg']);
    expect(week.days.map(({ day }) => day)).toEqual(WEEK.slice(3));
    expect(week.skills).toEqual([{ skill: 'benefits', people: 1 }]);
  });

  test('a shift that is put by hand has its breaks where the hall is least short', () => {
    const need = Array.from({ length: 24 }, (_, half) => (half === 7 || half === 8 ? 1 : 2));
    const week = weekProblem(
      [{ ...(days[0] as (typeof days)[0]), need }],
      [anna(), { ...anna(), personId: 'oleg' }],
      [],
    );
    const oleg = { personId: 'oleg', day: WEEK[0] as CivilDate, shift: shift(12) };
    const at = { personId: 'anna', day: WEEK[0] as CivilDate, start: 0, hours: 8 };
    const found = shiftAt(week, [oleg], at) as ShiftPattern;
    expect(found).toMatchObject({ start: 0, hours: 8, cost: 7.5 });
    const short = (one: ShiftPattern) =>
      rosterOf(week, [oleg, { ...at, shift: one }]).shortages.reduce((sum, { short: count }) => sum + count, 0);
    for (const other of patterns.filter((one) => one.start === 0 && one.hours === 8))
      expect(short(found)).toBeLessThanOrEqual(short(other));
    expect(shiftAt(week, [], { ...at, start: 20 }), 'it would end after the doors are shut').toBeNull();
  });
});
