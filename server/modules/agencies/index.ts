/** Agencies: messages to them until they are answered for, what they say, and mock ones for tests and training. */

export { agenciesFollow, agencyOf } from './follow.ts';
export { settleQueries, settleTerms } from './overdue.ts';
export { agencies, putAgency, queriesOf } from './queries.ts';
export type { AgencyRoom } from './room.ts';
export { agencyRoutes } from './routes.ts';
export { openMessenger } from './send.ts';
