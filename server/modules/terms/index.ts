/** Terms: the production calendar of this installation, year by year. */
export { calendarYears, openTermCalendar, type TermCalendar } from './term-calendar.ts';
export { readCalendarYear } from './read-year.ts';
export { termRoutes } from './routes.ts';
