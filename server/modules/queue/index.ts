/** The queue of a hall: visits, windows' states, calls, and the log that proves them. */
export { DayBook } from './day-book.ts';
export { type Neighbours, openNeighbours } from './nodes/neighbours.ts';
export { queueRoutes } from './routes.ts';
export type { QueueSetting } from './desk.ts';
export { commandOf } from './chain.ts';
export { arrive, comeBack, ticketNow, visitIdOfBooking } from './arrive.ts';
export { visitsNearTurn } from './near-turn.ts';
export { forgetPersons, keepPerson, linkVisit, visitsLinkedTo } from './persons/store.ts';
export { freeSeats, takeSeat } from './seats/store.ts';
export { daysServed, drinksOn, NO_WAITS, stateOfVisit, waitsOn } from './figures/store.ts';
export { ensureMonths, hallStops, windowEvents } from './store.ts';
export { readToken } from './visit-token.ts';
export { proofRoutes } from './proof/routes.ts';
export { Sealer } from './proof/sealer.ts';
export { daysOf } from './proof/store.ts';
export { exportDay, pastDay, signsOf, verifyDay } from './proof/verify.ts';
