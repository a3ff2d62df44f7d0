import type { CivilDate } from '../time/civil.ts';
import { COMING_HOURS, coverOf, patternsOf, SHIFT_KINDS, type ShiftPattern } from './shifts.ts';

/** A day to be staffed: when it opens (minutes of the day) and how many windows each of its half hours needs. */
export interface DayNeed {
  readonly day: CivilDate;
  readonly opensMinute: number;
  readonly need: readonly number[];
}

/** Somebody who can be asked to work. */
export interface Person {
  readonly personId: string;
  readonly skills: readonly string[];
  readonly daysOff: readonly CivilDate[];
  /** Hours a week, by the contract. */
  readonly hoursMax: number;
  /** Which lengths of shift the person works; empty: all of them. */
  readonly shiftHours: readonly number[];
  /** Days on which the person would rather not work. */
  readonly ratherNot: readonly CivilDate[];
}

/** On every half hour that is open at least so many people know this. */
export interface SkillNeed {
  readonly skill: string;
  readonly people: number;
}

export interface WeekProblem {
  readonly days: readonly DayNeed[];
  readonly people: readonly Person[];
  readonly skills: readonly SkillNeed[];
  /** Between two shifts of one person there are at least so many hours. */
  readonly restHours: number;
  /** Nobody works more days than this in the week (Labour Code, article 111: at least one day off). */
  readonly daysMax: number;
}

/** A person's shift. */
export interface Assignment {
  readonly personId: string;
  readonly day: CivilDate;
  readonly shift: ShiftPattern;
}

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

/** What a solver says: the value of each variable by its name. */
export type Values = (name: string) => number;

/** A person short for half an hour weighs more than any hours that could prevent it. */
const SHORT_COST = 1_000;
const SKILL_SHORT_COST = 300;
const WISH_COST = 2;

/** The shifts of each day that the second step gives to people: patterns with how many of each. */
export type DayShifts = readonly { readonly pattern: ShiftPattern; readonly count: number }[];

/**
 * Every set of lengths of shifts. So many shifts of the lengths in a set as there are people who work one of them: then, and only
 * then, each shift of a day finds somebody who works its length (Hall 1935).
 */
const LENGTHS: readonly (readonly number[])[] = Array.from({ length: 2 ** SHIFT_KINDS.length - 1 }, (_, set) =>
  SHIFT_KINDS.flatMap(({ hours }, kind) => (((set + 1) >> kind) & 1 ? [hours] : [])),
);

const works =
  (lengths: readonly number[]) =>
  ({ shiftHours }: Person): boolean =>
    shiftHours.length === 0 || shiftHours.some((hours) => lengths.includes(hours));

/** The first step: the cheapest shifts that meet the need with as many people and hours as there are. */
export function shiftsModel({ days, people, daysMax }: WeekProblem): {
  model: string;
  read: (value: Values) => DayShifts[];
} {
  const patterns = days.map(({ need }) => patternsOf(need.length));
  const cost: string[] = [];
  const rows: string[] = [];
  const whole: string[] = [];
  days.forEach(({ day, need }, d) => {
    const here = patterns[d] as ShiftPattern[];
    const covering: string[][] = need.map(() => []);
    here.forEach(({ slots, cost: hours }, j) => {
      cost.push(`${hours + COMING_HOURS} x${d}_${j}`);
      whole.push(`x${d}_${j}`);
      for (const slot of slots) covering[slot]?.push(`x${d}_${j}`);
    });
    need.forEach((wanted, t) => {
      if (wanted === 0) return;
      cost.push(`${SHORT_COST} u${d}_${t}`);
      rows.push(` n${d}_${t}: ${[...(covering[t] ?? []), `u${d}_${t}`].join(' + ')} >= ${wanted}`);
    });
    const available = people.filter(({ daysOff }) => !daysOff.includes(day));
    LENGTHS.forEach((lengths, k) => {
      const names = here.flatMap(({ hours }, j) => (lengths.includes(hours) ? [`x${d}_${j}`] : []));
      if (names.length > 0)
        rows.push(` p${d}_${k}: ${names.join(' + ')} <= ${available.filter(works(lengths)).length}`);
    });
  });
  const hours = people.reduce((sum, { hoursMax }) => sum + hoursMax, 0);
  const all = patterns.flatMap((here, d) => here.map((pattern, j) => ({ name: `x${d}_${j}`, pattern })));
  rows.push(` h: ${all.map(({ name, pattern }) => `${pattern.cost} ${name}`).join(' + ')} <= ${hours}`);
  LENGTHS.forEach((lengths, k) => {
    const names = all.flatMap(({ name, pattern }) => (lengths.includes(pattern.hours) ? [name] : []));
    const most = people
      .filter(works(lengths))
      .reduce(
        (sum, { daysOff }) => sum + Math.min(daysMax, days.filter(({ day }) => !daysOff.includes(day)).length),
        0,
      );
    if (names.length > 0) rows.push(` d${k}: ${names.join(' + ')} <= ${most}`);
  });
  const read = (value: Values) =>
    patterns.map((here, d) =>
      here.flatMap((pattern, j) => {
        const count = Math.round(value(`x${d}_${j}`));
        return count > 0 ? [{ pattern, count }] : [];
      }),
    );
  return { model: lp(cost, rows, whole), read };
}

/** The second step: who works which of those shifts. */
export function peopleModel(
  problem: WeekProblem,
  shifts: readonly DayShifts[],
): { model: string; read: (value: Values) => WeekRoster } {
  const { days, people, skills, restHours, daysMax } = problem;
  const cost: string[] = [];
  const rows: string[] = [];
  const whole: string[] = [];
  const may = (person: Person, d: number, { hours }: ShiftPattern) =>
    !person.daysOff.includes((days[d] as DayNeed).day) &&
    (person.shiftHours.length === 0 || person.shiftHours.includes(hours));
  const choices = people.flatMap((person, p) =>
    shifts.flatMap((here, d) =>
      here.flatMap(({ pattern }, j) =>
        may(person, d, pattern) ? [{ person, p, d, j, pattern, name: `y${p}_${d}_${j}` }] : [],
      ),
    ),
  );
  for (const { person, d, name, pattern } of choices) {
    whole.push(name);
    const wish = person.ratherNot.includes((days[d] as DayNeed).day) ? WISH_COST : 0;
    // A shift that is worked saves what its being short would cost.
    cost.push(`${pattern.cost / 100 + wish} ${name}`);
  }
  const named = (chosen: readonly { readonly name: string }[]) => chosen.map(({ name }) => name);
  shifts.forEach((here, d) =>
    here.forEach(({ pattern, count }, j) => {
      const takers = named(choices.filter((choice) => choice.d === d && choice.j === j));
      cost.push(`${SHORT_COST * pattern.cost} s${d}_${j}`);
      rows.push(` c${d}_${j}: ${[...takers, `s${d}_${j}`].join(' + ')} = ${count}`);
    }),
  );
  people.forEach(({ hoursMax }, p) => {
    const mine = choices.filter((choice) => choice.p === p);
    if (mine.length === 0) return;
    rows.push(` h${p}: ${mine.map(({ name, pattern }) => `${pattern.cost} ${name}`).join(' + ')} <= ${hoursMax}`);
    rows.push(` w${p}: ${named(mine).join(' + ')} <= ${daysMax}`);
    days.forEach((_, d) => {
      const today = mine.filter((choice) => choice.d === d);
      if (today.length > 1) rows.push(` o${p}_${d}: ${named(today).join(' + ')} <= 1`);
      for (const late of today) {
        const early = mine.filter((next) => next.d === d + 1 && restBetween(days, late, next) < restHours);
        if (early.length > 0) rows.push(` r${p}_${d}_${late.j}: ${[late.name, ...named(early)].join(' + ')} <= 1`);
      }
    });
  });
  skills.forEach(({ skill, people: wanted }, k) =>
    days.forEach(({ need }, d) =>
      need.forEach((open, t) => {
        if (open === 0) return;
        const knowing = choices.filter(
          (choice) => choice.d === d && choice.person.skills.includes(skill) && choice.pattern.slots.includes(t),
        );
        cost.push(`${SKILL_SHORT_COST} k${k}_${d}_${t}`);
        rows.push(
          ` q${k}_${d}_${t}: ${[...named(knowing), `k${k}_${d}_${t}`].join(' + ')} >= ${Math.min(wanted, open)}`,
        );
      }),
    ),
  );
  const read = (value: Values): WeekRoster => {
    const chosen = choices.filter(({ name }) => value(name) > 0.5);
    const assignments = chosen.map(({ person, d, pattern }) => ({
      personId: person.personId,
      day: (days[d] as DayNeed).day,
      shift: pattern,
    }));
    return rosterOf(problem, assignments);
  };
  return { model: lp(cost, rows, whole), read };
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

interface Placed {
  readonly d: number;
  readonly pattern: ShiftPattern;
}

/** Hours from the end of a shift to the beginning of one on the next day of the list. */
function restBetween(days: readonly DayNeed[], late: Placed, early: Placed): number {
  const [today, next] = [days[late.d] as DayNeed, days[early.d] as DayNeed];
  const between = Math.round((Date.parse(next.day) - Date.parse(today.day)) / 3_600_000);
  const ends = today.opensMinute / 60 + late.pattern.start / 2 + late.pattern.hours;
  return between + next.opensMinute / 60 + early.pattern.start / 2 - ends;
}

function lp(cost: readonly string[], rows: readonly string[], whole: readonly string[]): string {
  return [
    'Minimize',
    ` cost: ${cost.join(' + ')}`,
    'Subject To',
    ...rows,
    'General',
    ` ${whole.join(' ')}`,
    'End',
    '',
  ].join('\n');
}
