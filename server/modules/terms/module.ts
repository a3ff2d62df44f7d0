import { openListeners } from '../../platform/listeners.ts';
import type { HallContext } from '../queue/index.ts';
import type { CalendarChange } from './change-calendar.ts';
import type { TermContext } from './context.ts';
import { termRoutes } from './routes.ts';
import { openTermCalendar } from './term-calendar.ts';

/** Opens the production calendar. */
export function openTerms(context: HallContext): TermContext {
  const calendarChanged = openListeners<CalendarChange>('a change of the production calendar');
  const opened = { ...context, calendar: openTermCalendar(), calendarChanged };
  termRoutes(opened);
  return opened;
}
