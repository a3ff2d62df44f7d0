import type { CivilDate } from '../time/civil.ts';
import { dateOfDayNumber, dayNumberOf } from '../time/day-number.ts';

/** Days away for which housing charges are counted anew: more than five, without those of leaving and of coming back. */
export const ABSENCE_DAYS_OVER = 5;
/** So many days after the return the application is in time (Government rules 354, point 91; the figure is checked before use). */
const FILED_WITHIN_DAYS = 30;

/** Whether an absence counts. */
export interface Absence {
  readonly fullDays: number;
  readonly enough: boolean;
  /** The last day on which it can be filed. */
  readonly fileBy: CivilDate;
  readonly inTime: boolean;
}

/** Counts a temporary absence that was left for on one day and come back from on another. */
export function absence(left: CivilDate, back: CivilDate, filed: CivilDate): Absence {
  const fullDays = Math.max(0, dayNumberOf(back) - dayNumberOf(left) - 1);
  const fileBy = dateOfDayNumber(dayNumberOf(back) + FILED_WITHIN_DAYS);
  return { fullDays, enough: fullDays > ABSENCE_DAYS_OVER, fileBy, inTime: filed <= fileBy };
}
