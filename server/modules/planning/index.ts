/** What is expected, what to plan for it, what that would give, and what to do now. */
export { importHistory, UnknownCentre } from './import-history.ts';
export { openPlanning } from './module.ts';
export type { ExpectedWaits } from './routes.ts';
export { type ArrivalCount, keepArrivals, switchAdvice } from './queries.ts';
export { putMark, putTerms } from './rosters/queries.ts';
export { inThread } from './thread.ts';
export { readRecordedDay, readTickets, type RecordedTicket } from './ticket-file.ts';
