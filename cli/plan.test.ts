import { expect, test } from 'vitest';
import type { RosterProblem } from '../core/planning/roster.ts';
import type { CivilDate } from '../core/time/civil.ts';
import { inThread } from '../server/modules/planning/index.ts';
import type { WeekProblem } from '../core/planning/week-problem.ts';

const DAY_NEED = [4, 5, 7, 8, 9, 10, 10, 10, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8, 8, 7, 6, 5, 4, 3];
const row = (slots: number, length: number, cost: number) =>
  Array.from({ length: slots - length + 1 }, (_, start) => ({
    slots: Array.from({ length }, (_unused, slot) => start + slot),
    cost,
  }));

/** Optima that were computed elsewhere, by two other solvers. */
const known: readonly (readonly [what: string, problem: RosterProblem, cost: number, lowerBound: number])[] = [
  [
    'five days of seven',
    {
      need: [17, 13, 15, 19, 14, 16, 11],
      cyclic: true,
      shifts: Array.from({ length: 7 }, (_, start) => ({ slots: [0, 1, 2, 3, 4].map((day) => start + day), cost: 1 })),
    },
    23,
    67 / 3,
  ],
  ['a day of eight hours', { need: DAY_NEED, shifts: row(24, 16, 8) }, 120, 120],
  ['eight, six and four', { need: DAY_NEED, shifts: [...row(24, 16, 8), ...row(24, 12, 6), ...row(24, 8, 4)] }, 90, 90],
  [
    'an odd ring',
    {
      need: [1, 1, 1],
      shifts: [
        [0, 1],
        [1, 2],
        [0, 2],
      ].map((slots) => ({ slots, cost: 1 })),
    },
    2,
    1.5,
  ],
  ['three of six', { need: [2, 3, 4, 3, 1, 2], shifts: row(6, 3, 3) }, 18, 18],
];

test('rosters are optimal: the need is met at the cost that is known', async () => {
  const rosters = await inThread(
    'rosters',
    known.map(([, problem]) => problem),
  );
  known.forEach(([what, { need, shifts }, cost, lowerBound], index) => {
    const roster = rosters[index];
    expect(roster?.cost, what).toBeCloseTo(cost, 6);
    expect(roster?.lowerBound, what).toBeCloseTo(lowerBound, 4);
    const cover = need.map(() => 0);
    shifts.forEach(({ slots }, shift) => {
      for (const slot of slots)
        cover[slot % need.length] = (cover[slot % need.length] ?? 0) + (roster?.counts[shift] ?? 0);
    });
    need.forEach((people, slot) => expect(cover[slot], what).toBeGreaterThanOrEqual(people));
  });
});

const DAYS = ['2026-02-16', '2026-02-17', '2026-02-18'] as CivilDate[];

function weekOf(people: number, need: number): WeekProblem {
  return {
    days: DAYS.map((day) => ({ day, opensMinute: 480, need: Array.from({ length: 24 }, () => need) })),
    people: Array.from({ length: people }, (_, index) => ({
      personId: `p${index}`,
      skills: index < 2 ? ['property'] : [],
      daysOff: index === 0 ? [DAYS[0] as CivilDate] : [],
      hoursMax: 24,
      shiftHours: index === 1 ? [8] : [],
      ratherNot: index === 2 ? [DAYS[1] as CivilDate] : [],
    })),
    skills: [],
    restHours: 12,
    daysMax: 2,
  };
}

test('a week of people: days off, rest, hours and lengths are kept, wishes where possible', async () => {
  const problem = weekOf(9, 2);
  const { assignments, shortages, wishesBroken } = await inThread('week', problem);
  expect(shortages).toEqual([]);
  expect(wishesBroken).toBe(0);
  for (const { personId, daysOff, hoursMax, shiftHours } of problem.people) {
    const own = assignments.filter((assignment) => assignment.personId === personId);
    expect(new Set(own.map(({ day }) => day)).size).toBe(own.length);
    expect(own.length).toBeLessThanOrEqual(2);
    expect(own.reduce((sum, { shift }) => sum + shift.cost, 0)).toBeLessThanOrEqual(hoursMax);
    for (const { day, shift } of own) {
      expect(daysOff).not.toContain(day);
      if (shiftHours.length > 0) expect(shiftHours).toContain(shift.hours);
    }
  }
});

test('a need that cannot be met is explained: which half hours, and how many short', async () => {
  const { assignments, shortages } = await inThread('week', weekOf(2, 3));
  expect(assignments.length).toBeGreaterThan(0);
  const noon = shortages.find(({ day, halfHour }) => day === DAYS[0] && halfHour === 8);
  expect(noon?.short).toBeGreaterThanOrEqual(2);
  expect(shortages.every(({ short, skill }) => short > 0 && skill === null)).toBe(true);
});
