import type { CivilDate } from '../time/civil.ts';
import { DAYS_MAX, REST_HOURS } from './roster-rules.ts';
import { coverOf, patternsOf, SHIFT_KINDS, type ShiftPattern } from './shifts.ts';
import type { DayNeed, Person, WeekProblem, Assignment } from './week-problem.ts';

/** A half hour with too few people, or with too few who know something. */
export interface Shortage {
  readonly day: CivilDate;
  readonly halfHour: number;
  readonly short: number;
  /** Null: people as such. */
  readonly skill: string | null;
}

export interface WeekRoster {
  readonly assignments: readonly Assignment[];
  readonly shortages: readonly Shortage[];
  readonly hours: number;
  /** Wishes that could not be kept. */
  readonly wishesBroken: number;
}

/** What is wrong with a problem, by field; empty when it may be solved. */
export function weekFaults({ days, people, skills, restHours, daysMax }: WeekProblem): string[] {
  const faults: string[] = [];
  if (days.length === 0 || days.length > 14) faults.push('days: 1 to 14 days');
  if (people.length === 0) faults.push('people: nobody is there to work');
  if (!(restHours >= 8 && restHours <= 48)) faults.push(`restHours: 8 to 48 hours, not ${restHours}`);
  if (!(Number.isInteger(daysMax) && daysMax >= 1 && daysMax <= 14)) faults.push(`daysMax: 1 to 14, not ${daysMax}`);
  days.forEach(({ need }, index) => {
    if (need.length < 8) faults.push(`days[${index}].need: a day of less than four hours has no shift that fits`);
    if (!need.every((people_) => Number.isInteger(people_) && people_ >= 0)) {
      faults.push(`days[${index}].need: must be whole numbers`);
    }
  });
  people.forEach(({ hoursMax, shiftHours }, index) => {
    if (!(hoursMax > 0 && hoursMax <= 60)) faults.push(`people[${index}].hoursMax: more than 0 and at most 60 hours`);
    const unknown = shiftHours.find((hours) => !SHIFT_KINDS.some((kind) => kind.hours === hours));
    if (unknown !== undefined) faults.push(`people[${index}].shiftHours: there is no shift of ${unknown} hours`);
  });
  skills.forEach(({ skill, people: wanted }, index) => {
    const knowing = people.filter((person) => person.skills.includes(skill)).length;
    if (knowing === 0) faults.push(`skills[${index}].skill: nobody knows “${skill}”`);
    else if (knowing < wanted) faults.push(`skills[${index}].people: ${wanted} are wanted, ${knowing} know “${skill}”`);
  });
  return faults;
}

/** A member of staff of a centre, with the agreed terms. */
export interface Colleague extends Pick<Person, 'personId' | 'shiftHours' | 'daysOff' | 'ratherNot' | 'standing'> {
  /** Hours a week by the contract; 0: not at windows. */
  readonly weekHours: number;
  /** The service groups that the person knows; null: all. */
  readonly groupIds: readonly string[] | null;
}

/**
 * The decisions for a week of a hall. Each group that only some people know has one of them at every half hour; a group that
 * everybody knows is covered whenever anyone is there.
 */
export function weekProblem(
  days: readonly (DayNeed & { readonly over: boolean })[],
  colleagues: readonly Colleague[],
  groups: readonly string[],
): WeekProblem {
  const people = colleagues
    .filter(({ weekHours }) => weekHours > 0)
    .map(({ weekHours, groupIds, ...rest }): Person => ({ ...rest, hoursMax: weekHours, skills: groupIds ?? groups }));
  return {
    days: days.filter(({ over }) => !over),
    people,
    skills: groups
      .filter((group) => !people.every(({ skills }) => skills.includes(group)))
      .map((skill) => ({ skill, people: 1 })),
    restHours: REST_HOURS,
    daysMax: DAYS_MAX,
  };
}

/** The shift of a person that begins then and lasts so long, with breaks that leave the hall least short; null where none fits. */
export function shiftAt(
  problem: WeekProblem,
  others: readonly Assignment[],
  { personId, day, start, hours }: Pick<Assignment, 'personId' | 'day'> & Pick<ShiftPattern, 'start' | 'hours'>,
): ShiftPattern | null {
  const open = problem.days.find((one) => one.day === day);
  if (open === undefined) return null;
  const beside = others.filter((one) => one.day === day && one.personId !== personId);
  const alone = { ...problem, days: [open] };
  const shortWith = (shift: ShiftPattern) =>
    rosterOf(alone, [...beside, { personId, day, shift }]).shortages.reduce((sum, { short }) => sum + short, 0);
  const [first, ...more] = patternsOf(open.need.length).filter((one) => one.start === start && one.hours === hours);
  if (first === undefined) return null;
  let best = { shift: first, short: shortWith(first) };
  for (const shift of more) {
    const short = shortWith(shift);
    if (short < best.short) best = { shift, short };
  }
  return best.shift;
}

/** What assignments come to: hours, shortages by half hour, wishes. Also of a roster that was changed by hand. */
export function rosterOf({ days, people, skills }: WeekProblem, assignments: readonly Assignment[]): WeekRoster {
  const shortages: Shortage[] = [];
  for (const { day, need } of days) {
    const today = assignments.filter((assignment) => assignment.day === day);
    const cover = coverOf(
      need.length,
      today.map(({ shift }) => shift),
    );
    need.forEach((wanted, halfHour) => {
      const short = wanted - (cover[halfHour] ?? 0);
      if (short > 0) shortages.push({ day, halfHour, short, skill: null });
    });
    for (const { skill, people: wanted } of skills) {
      const knowing = today.filter(({ personId }) =>
        people.find((one) => one.personId === personId)?.skills.includes(skill),
      );
      const known = coverOf(
        need.length,
        knowing.map(({ shift }) => shift),
      );
      need.forEach((open, halfHour) => {
        const short = Math.min(wanted, open) - (known[halfHour] ?? 0);
        if (short > 0) shortages.push({ day, halfHour, short, skill });
      });
    }
  }
  const wishesBroken = assignments.filter(({ personId, day }) =>
    people.find((one) => one.personId === personId)?.ratherNot.includes(day),
  ).length;
  return { assignments, shortages, wishesBroken, hours: assignments.reduce((sum, { shift }) => sum + shift.cost, 0) };
}
