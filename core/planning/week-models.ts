import { leftOf, restBetween, rosterFaults, type Span, spanOfShift, standsInTheWay } from './roster-rules.ts';
import { COMING_HOURS, patternsOf, SHIFT_KINDS, type ShiftKind, type ShiftPattern } from './shifts.ts';
import { rosterOf, type WeekRoster } from './week.ts';
import type { Assignment, DayNeed, Person, WeekProblem } from './week-problem.ts';

/** What a solver says: the value of each variable by its name. */
export type Values = (name: string) => number;

/** A person short for half an hour weighs more than any hours that could prevent it. */
const SHORT_COST = 1_000;
const SKILL_SHORT_COST = 300;
const WISH_COST = 2;
/** An hour that a person has less than their share of all hours by the contract. */
const UNEVEN_COST = 0.2;

/** The shifts of each day that the second step gives to people: patterns with how many of each. */
export type DayShifts = readonly { readonly pattern: ShiftPattern; readonly count: number }[];

/**
 * Every set of lengths of shifts. As many shifts of the lengths in a set as there are people who work one of them: then, and only
 * then, each shift of a day finds a person who works its length (Hall 1935).
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
  const all = patterns.flatMap((here, d) => here.map((pattern, j) => ({ name: `x${d}_${j}`, pattern })));
  const weeks = weeksOf(days, people, daysMax);
  weeks.forEach(({ people: alike, weeks: choices }, k) =>
    rows.push(` z${k}: ${choices.map((_, w) => `z${k}_${w}`).join(' + ')} <= ${alike}`),
  );
  for (const { hours } of SHIFT_KINDS) {
    const placed = all.flatMap(({ name, pattern }) => (pattern.hours === hours ? [name] : []));
    const worked = weeks.flatMap((type, k) =>
      type.weeks.flatMap((week, w) => {
        const count = week.get(hours) ?? 0;
        return count === 0 ? [] : [` - ${count} z${k}_${w}`];
      }),
    );
    if (placed.length > 0) rows.push(` w${hours}: ${placed.join(' + ')}${worked.join('')} <= 0`);
  }
  const read = (value: Values) =>
    patterns.map((here, d) =>
      here.flatMap((pattern, j) => {
        const count = Math.round(value(`x${d}_${j}`));
        return count > 0 ? [{ pattern, count }] : [];
      }),
    );
  return { model: lp(cost, rows, whole), read };
}

/** How many shifts of each length a person works in a week. */
type WorkWeek = ReadonlyMap<number, number>;

/**
 * The people by how much they may work, and for each kind of them the fullest weeks: so many shifts of twelve hours, of eight, and so
 * on, that no more fits into the hours of the contract. Shifts are chosen so that weeks of this kind give them: forty hours are three
 * shifts of eleven paid ones, not 3.6.
 */
function weeksOf(
  days: readonly DayNeed[],
  people: readonly Person[],
  daysMax: number,
): { people: number; weeks: WorkWeek[] }[] {
  const kinds = new Map<string, { people: number; weeks: WorkWeek[] }>();
  for (const person of people) {
    const left = leftOf(person, daysMax);
    const free = Math.min(left.days, days.filter(({ day }) => !person.daysOff.includes(day)).length);
    const lengths = SHIFT_KINDS.filter(({ hours }) => works([hours])(person));
    const key = `${left.hours} ${free} ${lengths.map(({ hours }) => hours).join()}`;
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, { people: 1, weeks: fullestWeeks(lengths, left.hours, free) });
    else known.people += 1;
  }
  return [...kinds.values()];
}

function fullestWeeks([kind, ...shorter]: readonly ShiftKind[], hours: number, days: number): WorkWeek[] {
  if (kind === undefined) return [new Map()];
  const paid = kind.hours - kind.breaks.length / 2;
  const most = Math.max(0, Math.min(days, Math.floor(hours / paid)));
  // The shortest shifts fill what is left: fewer of them is never more work.
  const counts = shorter.length === 0 ? [most] : Array.from({ length: most + 1 }, (_, count) => count);
  return counts.flatMap((count) =>
    fullestWeeks(shorter, hours - count * paid, days - count).map((week) => new Map([...week, [kind.hours, count]])),
  );
}

/** The second step: assign those shifts to people. */
export function peopleModel(
  problem: WeekProblem,
  shifts: readonly DayShifts[],
): { model: string; read: (value: Values) => WeekRoster } {
  const { days, people, restHours, daysMax } = problem;
  const cost: string[] = [];
  const rows: string[] = [];
  const whole: string[] = [];
  const may = (person: Person, d: number, pattern: ShiftPattern) =>
    !person.daysOff.includes((days[d] as DayNeed).day) &&
    works([pattern.hours])(person) &&
    !standsInTheWay(person, spanOfShift(days[d] as DayNeed, pattern), restHours);
  const choices = people.flatMap((person, p): Choice[] =>
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
  shifts.forEach((here, d) =>
    here.forEach(({ pattern, count }, j) => {
      const takers = named(choices.filter((choice) => choice.d === d && choice.j === j));
      cost.push(`${SHORT_COST * pattern.cost} s${d}_${j}`);
      rows.push(` c${d}_${j}: ${[...takers, `s${d}_${j}`].join(' + ')} = ${count}`);
    }),
  );
  const share = shareOf(problem, shifts);
  people.forEach((person, p) => {
    const mine = choices.filter((choice) => choice.p === p);
    if (mine.length === 0) return;
    const left = leftOf(person, daysMax);
    const hours = mine.map(({ name, pattern }) => `${pattern.cost} ${name}`).join(' + ');
    rows.push(` h${p}: ${hours} <= ${left.hours}`);
    cost.push(`${UNEVEN_COST} e${p}`);
    rows.push(` f${p}: ${hours} + e${p} >= ${Math.floor(2 * share * left.hours) / 2}`);
    rows.push(` w${p}: ${named(mine).join(' + ')} <= ${left.days}`);
    days.forEach((_, d) => {
      const today = mine.filter((choice) => choice.d === d);
      if (today.length > 1) rows.push(` o${p}_${d}: ${named(today).join(' + ')} <= 1`);
      for (const late of today) {
        const early = mine.filter(
          (next) => next.d === d + 1 && restBetween(spanOf(days, late), spanOf(days, next)) < restHours,
        );
        if (early.length > 0) rows.push(` r${p}_${d}_${late.j}: ${[late.name, ...named(early)].join(' + ')} <= 1`);
      }
    });
  });
  const skilled = skillRows(problem, choices);
  cost.push(...skilled.cost);
  rows.push(...skilled.rows);
  const read = (value: Values): WeekRoster => {
    const chosen = choices.filter(({ name }) => value(name) > 0.5).map((choice) => assignmentOf(days, choice));
    return rosterOf(problem, withTheRest(problem, shifts, chosen));
  };
  return { model: lp(cost, rows, whole), read };
}

/** A person who could work a shift: the p-th person, the j-th shift of the d-th day. */
interface Choice extends Placed {
  readonly person: Person;
  readonly p: number;
  readonly j: number;
  readonly name: string;
}

interface Placed {
  readonly d: number;
  readonly pattern: ShiftPattern;
}

const named = (choices: readonly Choice[]) => choices.map(({ name }) => name);

function assignmentOf(days: readonly DayNeed[], { person: { personId }, d, pattern }: Choice): Assignment {
  return { personId, day: (days[d] as DayNeed).day, shift: pattern };
}

/** Which part of what all may work there is to do. */
function shareOf({ people, daysMax }: WeekProblem, shifts: readonly DayShifts[]): number {
  const wanted = shifts.flat().reduce((sum, { pattern, count }) => sum + pattern.cost * count, 0);
  return Math.min(1, wanted / people.reduce((sum, person) => sum + leftOf(person, daysMax).hours, 0));
}

/** Shifts for which the solver had no time: each goes to a person who breaks no rule by it, wishes first, then to the one who works least. */
function withTheRest(
  problem: WeekProblem,
  shifts: readonly DayShifts[],
  given: readonly Assignment[],
): readonly Assignment[] {
  const all = [...given];
  const hoursOf = (personId: string) =>
    all.reduce((sum, one) => sum + (one.personId === personId ? one.shift.cost : 0), 0);
  problem.days.forEach(({ day }, d) => {
    for (const { pattern, count } of shifts[d] ?? []) {
      const placed = all.filter((one) => one.day === day && one.shift === pattern).length;
      for (let missing = count - placed; missing > 0; missing -= 1) {
        const [taker] = problem.people
          .filter((person) => {
            const own = all.filter(({ personId }) => personId === person.personId);
            const more = { personId: person.personId, day, shift: pattern };
            return rosterFaults({ ...problem, people: [person] }, [...own, more]).length === 0;
          })
          .map(({ personId, ratherNot, hoursMax }) => ({
            personId,
            cost: (ratherNot.includes(day) ? 1 : 0) + hoursOf(personId) / hoursMax,
          }))
          .sort((a, b) => a.cost - b.cost);
        if (taker !== undefined) all.push({ personId: taker.personId, day, shift: pattern });
      }
    }
  });
  return all;
}

/** At every half hour a person has each of the skills, or a penalty is paid. */
function skillRows({ days, skills }: WeekProblem, choices: readonly Choice[]): { cost: string[]; rows: string[] } {
  const cost: string[] = [];
  const rows: string[] = [];
  skills.forEach(({ skill, people: wanted }, k) =>
    days.forEach(({ need }, d) => {
      const today = choices.filter((choice) => choice.d === d && choice.person.skills.includes(skill));
      need.forEach((open, t) => {
        if (open === 0) return;
        const knowing = named(today.filter(({ pattern }) => pattern.slots.includes(t)));
        cost.push(`${SKILL_SHORT_COST} k${k}_${d}_${t}`);
        rows.push(` q${k}_${d}_${t}: ${[...knowing, `k${k}_${d}_${t}`].join(' + ')} >= ${Math.min(wanted, open)}`);
      });
    }),
  );
  return { cost, rows };
}

function spanOf(days: readonly DayNeed[], { d, pattern }: Placed): Span {
  return spanOfShift(days[d] as DayNeed, pattern);
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
