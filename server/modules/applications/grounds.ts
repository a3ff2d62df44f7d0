import type { MoveName } from '../../../core/applications/life.ts';
import { ProblemError, refuse } from '../../../core/problems.ts';
import { addWorkingDays, type ProductionCalendar } from '../../../core/terms/calendar.ts';
import { type CivilDate, addDays } from '../../../core/time/civil.ts';
import { dateOfDayNumber, dayNumberOf } from '../../../core/time/day-number.ts';
import type { Variant } from './context.ts';

type Suspension = Variant['suspensions'][number];
type Ground = Variant['refusals'][number];

/** The list of grounds that a move chooses from. */
const LISTS = {
  'refuse-acceptance': 'acceptanceRefusals',
  suspend: 'suspensions',
  'ask-fix': 'suspensions',
  'decide-negative': 'refusals',
} as const satisfies Partial<Record<MoveName, keyof Variant>>;

/** A ground by its code; one that has none is called by its place in the list, from 1. */
export function codedGrounds<One extends Ground>(grounds: readonly One[]): (One & { readonly code: string })[] {
  return grounds.map((ground, index) => ({ ...ground, code: ground.code ?? String(index + 1) }));
}

/** The grounds that can be named for a move; none for a move that needs none. */
export function groundsFor(variant: Variant, move: MoveName): (Ground & { readonly code: string })[] {
  return move in LISTS ? codedGrounds<Ground>(variant[LISTS[move as keyof typeof LISTS]]) : [];
}

/** The ground that was named. Throws `ground-needed` for one that is not in the passport (law 210-FZ, articles 7 and 11.1). */
export function mustBeListed(
  variant: Variant,
  move: MoveName,
  code: string | null,
): Ground & { readonly code: string } {
  return groundsFor(variant, move).find((one) => one.code === code) ?? refuse('ground-needed', {});
}

/** How a ground stops the clock, and until when at most; null where the calendar does not reach so far. */
export function stopFor(
  variant: Variant,
  code: string,
  day: CivilDate,
  calendar: ProductionCalendar,
): { readonly from: CivilDate; readonly clock: 'pause' | 'restart'; readonly latest: CivilDate | null } {
  const { clock, days, daysMax } = codedGrounds<Suspension>(variant.suspensions).find(
    (one) => one.code === code,
  ) as Suspension;
  const latest = days === 'working-day' ? workingDayAfter(calendar, day, daysMax) : addDays(day, daysMax);
  return { from: day, clock, latest };
}

/** The day a number of working days later; null where the calendar does not reach: then the stop has no end of its own yet. */
export function workingDayAfter(calendar: ProductionCalendar, day: CivilDate, count: number): CivilDate | null {
  try {
    return dateOfDayNumber(addWorkingDays(calendar, dayNumberOf(day), count));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'calendar-missing') return null;
    throw error;
  }
}
