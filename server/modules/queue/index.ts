/** The queue of a hall: visits, windows' states, calls, and the log that proves them. */
export { DayBook } from './day-book.ts';
export { type LiveHall } from './live-hall.ts';
export { queueRoutes } from './routes.ts';
export { commandOf } from './chain.ts';
export { keepPerson } from './store.ts';
