/** Packages: several services of one situation in life, where a fact is asked once and one result unlocks the next. */
export { importSituations } from './import.ts';
export { draftWritten, packagesFollow, stepsAwaited } from './packages.ts';
export { packageRoutes } from './routes.ts';
