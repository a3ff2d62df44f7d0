import { termContract } from '../../../contract/terms.ts';
import { workingDaysBetween } from '../../../core/terms/calendar.ts';
import { type CivilDate, parseCivilDate } from '../../../core/time/civil.ts';
import { dayNumberOf } from '../../../core/time/day-number.ts';
import { cityDay } from '../../platform/city.ts';
import { serve } from '../../platform/serve.ts';
import { changeCalendar } from './change-calendar.ts';
import type { TermContext } from './context.ts';
import { newestRecount } from './queries.ts';

/** From this month on the next year ought to be loaded. */
const NEXT_YEAR_FROM_MONTH = 10;

/** The production calendar. */
export function termRoutes({ http, db, now, calendar, calendarChanged }: TermContext): void {
  serve(http, termContract, {
    'GET /api/calendar': () =>
      db.read(async (tx) => {
        const { serial, years, calendar: made } = await calendar.inForce(tx);
        const day = await cityDay(tx, now());
        const year = Number(day.slice(0, 4));
        const wanted = Number(day.slice(5, 7)) >= NEXT_YEAR_FROM_MONTH ? year + 1 : year;
        const workingDaysIn = (of: number) => {
          const first = dayNumberOf(parseCivilDate(`${of}-01-01`) as CivilDate) - 1;
          return workingDaysBetween(made, first, dayNumberOf(parseCivilDate(`${of}-12-31`) as CivilDate));
        };
        return {
          serial,
          years: years.map((one) => ({ ...one, workingDays: workingDaysIn(one.year) })),
          recount: await newestRecount(tx),
          missing: wanted > made.lastYear ? wanted : null,
        };
      }),

    'PUT /api/calendar/:year': async ({ params: { year }, body, asker }) => {
      const change = await changeCalendar(db, asker, { year, ...body }, now());
      await calendarChanged.tell(change);
      return change;
    },
  });
}
