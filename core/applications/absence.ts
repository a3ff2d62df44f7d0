import { type CivilDate, parseCivilDate } from '../time/civil.ts';
import { dateOfDayNumber, dayNumberOf } from '../time/day-number.ts';
import type { Answers } from './form.ts';

/** How a passport counts days away: for recalculating charges, for example (Government rules 354, points 86–91). */
export interface AbsenceRule {
  /** The fields of the form in which the days of leaving and of coming back stand. */
  readonly left: string;
  readonly back: string;
  /** Full days away count from more than so many on. */
  readonly moreThanDays: number;
  /** Days after the return within which the application is in time. */
  readonly fileWithinDays: number;
}

/** Whether an absence counts. */
export interface Absence {
  /** Without the days of leaving and of coming back. */
  readonly fullDays: number;
  readonly enough: boolean;
  /** The last day on which it can be filed. */
  readonly fileBy: CivilDate;
  readonly inTime: boolean;
}

/** Counts the absence in the answers, filed on a day; null while the answers do not say it. */
export function absence(rule: AbsenceRule, answers: Answers, filed: CivilDate): Absence | null {
  const [left, back] = [parseCivilDate(answers[rule.left] ?? ''), parseCivilDate(answers[rule.back] ?? '')];
  if (left === null || back === null || back < left) return null;
  const fullDays = Math.max(0, dayNumberOf(back) - dayNumberOf(left) - 1);
  const fileBy = dateOfDayNumber(dayNumberOf(back) + rule.fileWithinDays);
  return { fullDays, enough: fullDays > rule.moreThanDays, fileBy, inTime: filed <= fileBy };
}
