import { refuse } from '../../core/problems.ts';
import { addDays, type CivilDate } from '../../core/time/civil.ts';

/** The most days that figures are asked for at once: a year and the same day of the one before. */
export const FIGURE_DAYS_MAX = 367;

/** Passes days in their order, and not too many of them. Throws days-reversed, days-too-many. */
export function mustBeDays(from: CivilDate, to: CivilDate | null, daysMax: number): void {
  if (to === null) return;
  if (to < from) refuse('days-reversed', {});
  if (addDays(from, daysMax) <= to) refuse('days-too-many', { daysMax });
}
