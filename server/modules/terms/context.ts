import type { Listeners } from '../../platform/listeners.ts';
import type { HallContext } from '../queue/index.ts';
import type { CalendarChange } from './change-calendar.ts';
import type { TermCalendar } from './term-calendar.ts';

/** What the modules above the production calendar are opened with. */
export interface TermContext extends HallContext {
  /** The production calendar of this installation. */
  readonly calendar: TermCalendar;
  /** Hears of a change made on this node: open applications have to be recalculated. */
  readonly calendarChanged: Listeners<CalendarChange>;
}
