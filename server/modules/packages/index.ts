/** Packages: several services that hang together, where a fact is asked once and one result unlocks the next. */
export { importPackageTemplates } from './import.ts';
export { draftWritten, packagesFollow, stepsAwaited } from './packages.ts';
export { outdatedFields } from './results.ts';
export { packageRoutes } from './routes.ts';
export { formsOn } from './sound.ts';
