import type { CivilDate } from '../time/civil.ts';
import type { ShiftPattern } from './shifts.ts';
import type { Assignment, DayNeed, Person, WeekProblem } from './week-problem.ts';

/** A rule that a roster may break, in the order in which a head would want to hear of them. */
export type RosterRule = 'twice' | 'day-off' | 'length' | 'rest' | 'hours' | 'days';

/** A person's shift, or their week where no single day is at fault, and the rule that it breaks. */
export interface RosterFault {
  readonly personId: string;
  readonly day: CivilDate | null;
  readonly rule: RosterRule;
}

/** When a person is at work, in minutes of the wall clock since 1970-01-01. */
export interface Span {
  readonly day: CivilDate;
  readonly from: number;
  readonly to: number;
}

/** Between two shifts of one person there are at least so many hours, and nobody works more days a week (Labour Code, article 111). */
export const REST_HOURS = 12;
export const DAYS_MAX = 6;

const MINUTES_A_DAY = 24 * 60;

function span(day: CivilDate, startsMinute: number, hours: number): Span {
  const from = (Date.parse(day) / 86_400_000) * MINUTES_A_DAY + startsMinute;
  return { day, from, to: from + hours * 60 };
}

export function spanOfShift(
  { day, opensMinute }: DayNeed,
  { start, hours }: Pick<ShiftPattern, 'start' | 'hours'>,
): Span {
  return span(day, opensMinute + start * 30, hours);
}

/** Hours between two shifts, whichever comes first; negative where they overlap. */
export function restBetween(one: Span, other: Span): number {
  return Math.max(other.from - one.to, one.from - other.to) / 60;
}

/** True when a fixed shift leaves no room for this one: on the same day, or too near. */
export function standsInTheWay(person: Person, shift: Span, restHours: number): boolean {
  return standing(person).some((one) => one.day === shift.day || restBetween(one, shift) < restHours);
}

function standing({ standing: shifts = [] }: Person): Span[] {
  return shifts.map(({ day, startsMinute, hours }) => span(day, startsMinute, hours));
}

/** The hours and days of the week that the fixed shifts leave to a person. */
export function leftOf({ hoursMax, standing: shifts = [] }: Person, daysMax: number): { hours: number; days: number } {
  const week = shifts.flatMap(({ weekHours }) => weekHours ?? []);
  return { hours: Math.max(0, hoursMax - week.reduce((sum, hours) => sum + hours, 0)), days: daysMax - week.length };
}

/**
 * The rules that a roster breaks: one shift a day, days off, lengths of shift, rest between shifts, hours of the contract, days a week.
 * Too few people at a window break none: that is a shortage (`rosterOf`).
 */
export function rosterFaults(problem: WeekProblem, assignments: readonly Assignment[]): RosterFault[] {
  return problem.people.flatMap((person) =>
    faultsOf(
      problem,
      person,
      assignments.filter(({ personId }) => personId === person.personId),
    ),
  );
}

function faultsOf(
  { days, restHours, daysMax }: WeekProblem,
  person: Person,
  own: readonly Assignment[],
): RosterFault[] {
  const { personId, daysOff, shiftHours } = person;
  const shifts = own.flatMap(({ day, shift }) => {
    const open = days.find((one) => one.day === day);
    return open === undefined ? [] : [{ ...spanOfShift(open, shift), hours: shift.hours }];
  });
  const fixed = standing(person);
  const ofShifts = shifts.flatMap((shift): RosterFault[] => {
    // Of two shifts the later one is the fault, where it can still be moved.
    const others = [...shifts.filter((one) => one !== shift && one.from <= shift.from), ...fixed];
    const broken: readonly (readonly [RosterRule, boolean])[] = [
      ['twice', others.some(({ day }) => day === shift.day)],
      ['day-off', daysOff.includes(shift.day)],
      ['length', shiftHours.length > 0 && !shiftHours.includes(shift.hours)],
      ['rest', others.some((one) => one.day !== shift.day && restBetween(one, shift) < restHours)],
    ];
    return broken.flatMap(([rule, is]) => (is ? [{ personId, day: shift.day, rule }] : []));
  });
  const left = leftOf(person, daysMax);
  const hours = own.reduce((sum, { shift }) => sum + shift.cost, 0);
  return [
    ...ofShifts,
    ...(own.length > 0 && hours > left.hours ? [{ personId, day: null, rule: 'hours' as const }] : []),
    ...(own.length > left.days ? [{ personId, day: null, rule: 'days' as const }] : []),
  ];
}
