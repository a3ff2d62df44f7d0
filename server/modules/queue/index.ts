/** The queue of a hall: visits, windows' states, calls, and the log that proves them. */
export { DayBook } from './day-book.ts';
export type { DoorsMoved, HallContext } from './context.ts';
export { openQueue, serveQueue } from './module.ts';
export { commandOf } from './chain.ts';
export { arrive, comeBack, ticketNow, visitIdOfBooking } from './arrive.ts';
export { keepPerson, linkVisit } from './persons/queries.ts';
export { daysServed, drinksOn, NO_WAITS, stateOfVisit, waitsOn } from './figures/queries.ts';
export { hallStops } from './queries.ts';
export { readToken } from './visit-token.ts';
export { Sealer } from './proof/sealer.ts';
export { daysOf } from './proof/queries.ts';
export { exportDay, pastDay, signsOf, verifyDay } from './proof/verify.ts';
