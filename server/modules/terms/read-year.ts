import { Compile } from 'typebox/compile';
import { CalendarYearBody } from '../../../contract/terms.ts';
import { faultInWords } from '../../platform/check-input.ts';
import type { CalendarYear } from '../../../core/terms/calendar.ts';

const isYear = Compile(CalendarYearBody);

/** Reads a year of the production calendar. Throws an Error that names what is wrong with it. */
export function readCalendarYear(document: unknown): CalendarYear {
  const { year, ...body } = document as { year?: unknown };
  if (!Number.isInteger(year)) throw new Error('year: a whole number such as 2027');
  const fault = faultInWords(CalendarYearBody, isYear.Errors(body));
  if (fault !== null) throw new Error(fault);
  return { year: year as number, ...(body as Omit<CalendarYear, 'year'>) };
}
