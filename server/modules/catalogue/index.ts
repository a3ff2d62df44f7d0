/** The catalogue: service passports, their versions, and what is on trial where. */
export { importServices, readServiceList } from './import-services.ts';
export { readPassports } from './read-passports.ts';
export { importPassports, type NewPassport } from './import-passports.ts';
export { offerAll, pilotOffer } from './offers.ts';
export { openCatalogue } from './module.ts';
export { inForce as inForceOn, overview, servicesInForce, versionInForce } from './queries.ts';
export { passportVersion } from './versions.ts';
