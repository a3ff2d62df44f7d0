/** Terms: the production calendar of this installation, year by year. */
export { openTermCalendar, type TermCalendar } from './term-calendar.ts';
export { termRoutes } from './routes.ts';
