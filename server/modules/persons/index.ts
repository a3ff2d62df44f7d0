/** Persons: one record for each, sealed; found by keyed hashes; every look at one is logged with its purpose. */
export { factsOfPerson, identitiesOf, readPerson } from './find-persons.ts';
export { personsNotMet } from './looks/count-looks.ts';
export { servePersons } from './module.ts';
export type { Opening } from './opening.ts';
export { forgetPersonIn, identityOf, markPersonsAnew, personWithNumber } from './person-records.ts';
