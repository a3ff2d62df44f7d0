import { isClockStopped } from '../../../core/applications/life.ts';
import { ProblemError } from '../../../core/problems.ts';
import type { ProductionCalendar } from '../../../core/terms/calendar.ts';
import { type Stop, termDays, termStages } from '../../../core/terms/term.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read } from '../../platform/handles.ts';
import { centreDay } from '../network/index.ts';
import type { CaseContext } from './context.ts';
import { type Application, type Dates, stopsOf } from './queries.ts';

const NO_DATES: Dates = {
  lastDay: null,
  promised: null,
  dispatchBy: null,
  agencyBy: null,
  centreLateDays: 0,
  termFault: null,
};

type Course = Pick<Application, 'term' | 'registeredOn' | 'receivedOn' | 'extension'>;

/**
 * The dates of an application. A year that is not loaded gives no dates and says so: the application is registered all the same, and nothing
 * is guessed.
 */
export function datesOf(
  calendar: ProductionCalendar,
  { term, registeredOn, receivedOn, extension }: Course,
  stops: readonly Stop[],
  today: CivilDate,
): Dates {
  if (term === null || registeredOn === null) return NO_DATES;
  try {
    const days = termDays(calendar, term, { registered: registeredOn, received: receivedOn, stops, extension }, today);
    const { lastDay, promised, dispatchBy, centreLateDays } = days;
    const isAtOnce = term.unit === 'same-visit' || term.starts === 'same-visit' || term.starts === 'same-day';
    const agencyBy = isAtOnce ? lastDay : termStages(calendar, term, days).agency;
    return { lastDay, promised, dispatchBy, agencyBy, centreLateDays, termFault: null };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'calendar-missing') throw error;
    return { ...NO_DATES, termFault: `calendar-missing ${(error.problem.params as { year: number }).year}` };
  }
}

/** True when none of the dates that people are told of differs. */
export function sameDates(one: Dates, other: Dates): boolean {
  const { lastDay, promised, dispatchBy, agencyBy, centreLateDays, termFault } = one;
  return (
    lastDay === other.lastDay &&
    promised === other.promised &&
    dispatchBy === other.dispatchBy &&
    agencyBy === other.agencyBy &&
    centreLateDays === other.centreLateDays &&
    termFault === other.termFault
  );
}

/**
 * The dates of an application as they are today. While its clock is stopped the last day moves on with every day: the one that was
 * written down when it stopped is shown to nobody.
 */
export async function datesToday(tx: Read, context: CaseContext, application: Application): Promise<Dates> {
  if (!isClockStopped(application.state)) return application;
  const { applicationId, centreId } = application;
  const stops = await stopsOf(tx, applicationId);
  const { calendar } = await context.calendar.inForce(tx);
  return datesOf(calendar, application, stops, await centreDay(context, centreId));
}
