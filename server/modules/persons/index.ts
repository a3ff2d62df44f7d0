/** Persons: one record for each, sealed; found by keyed hashes; every look at one is logged with its purpose. */
export { type Persons, openPersons } from './persons.ts';
export { factsOf } from './facts.ts';
export { personRoutes } from './routes.ts';
export { forgetPersonIn, identityOf, markPersonsAnew, personWithNumber } from './keep.ts';
export { openLooks } from './looks/looks.ts';
export { personLookRoutes } from './looks/routes.ts';
export { sweepLooks } from './looks/queries.ts';
