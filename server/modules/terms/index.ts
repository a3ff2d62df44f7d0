/** Terms: the production calendar of this installation, year by year, and the recounts that follow from its changes. */
export { changeCalendar } from './change-calendar.ts';
export type { TermContext } from './context.ts';
export { openTerms } from './module.ts';
export { noteRecount, recountToDo } from './queries.ts';
export { readCalendarYear } from './read-year.ts';
export { calendarYears } from './term-calendar.ts';
