import type { FastifyInstance } from 'fastify';
import type { Reply } from '../../../contract/contract.ts';
import { termContract } from '../../../contract/terms.ts';
import { workingDaysBetween } from '../../../core/terms/calendar.ts';
import { type CivilDate, parseCivilDate } from '../../../core/time/civil.ts';
import { dayNumberOf } from '../../../core/time/day-number.ts';
import type { Db, Write } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import type { CalendarChange, TermCalendar } from './term-calendar.ts';

/** From this month on the next year ought to be loaded. */
const NEXT_YEAR_FROM_MONTH = 10;

export interface TermSetting {
  readonly db: Db;
  readonly calendar: TermCalendar;
  today(): Promise<CivilDate>;
  /** Writes down, in the transaction of the change, that open applications have to be recalculated. */
  recount(tx: Write, change: CalendarChange): Promise<void>;
  /** Has it begun at once. */
  hurry(): void;
  recountState(): Promise<Reply<(typeof termContract)['GET /api/calendar']>['recount']>;
}

/** The production calendar. */
export function termRoutes(
  app: FastifyInstance,
  { db, calendar, today, recount, hurry, recountState }: TermSetting,
): void {
  serve(app, termContract, {
    'GET /api/calendar': async () => {
      const { serial, years, calendar: made } = await db.read((tx) => calendar.inForce(tx));
      const day = await today();
      const year = Number(day.slice(0, 4));
      const wanted = Number(day.slice(5, 7)) >= NEXT_YEAR_FROM_MONTH ? year + 1 : year;
      return {
        serial,
        years: years.map((one) => ({ ...one, workingDays: workingDaysIn(one.year) })),
        recount: await recountState(),
        missing: wanted > made.lastYear ? wanted : null,
      };

      function workingDaysIn(of: number): number {
        const first = dayNumberOf(parseCivilDate(`${of}-01-01`) as CivilDate) - 1;
        return workingDaysBetween(made, first, dayNumberOf(parseCivilDate(`${of}-12-31`) as CivilDate));
      }
    },

    'PUT /api/calendar/:year': async ({ params: { year }, body, asker }) => {
      const change = await calendar.put(asker, { year, ...body }, recount);
      hurry();
      return change;
    },
  });
}
