/** The catalogue: service passports, their versions, and what is on trial where. */
export { importServices, readServiceList } from './import-services.ts';
export { readPassports } from './read-passports.ts';
export { importPassports, type NewPassport } from './import-passports.ts';
export { offerAll, offerOn, pilotOffer } from './offers.ts';
export { pilotRoutes } from './pilot-routes.ts';
export { catalogueRoutes, type CatalogueSetting } from './routes.ts';
export { inForce as inForceOn, overview, servicesInForce, versionInForce } from './store.ts';
export { passportVersion } from './versions.ts';
