import type { CivilDate } from '../time/civil.ts';
import type { ShiftPattern } from './shifts.ts';

/** A day to be staffed: when it opens (minutes of the day) and how many windows each of its half hours needs. */
export interface DayNeed {
  readonly day: CivilDate;
  readonly opensMinute: number;
  readonly need: readonly number[];
}

/** A person who can be asked to work. */
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
  /** Fixed shifts of the person: of days that are over, of the weeks before and after, in other centres. */
  readonly standing?: readonly StandingShift[];
}

/** A shift that is fixed, whatever is decided about the others. */
export interface StandingShift {
  readonly day: CivilDate;
  readonly startsMinute: number;
  readonly hours: number;
  /** Hours that it adds to those of the week that is planned; null: it belongs to another week. */
  readonly weekHours: number | null;
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
