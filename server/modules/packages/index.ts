/** Packages: several services that hang together, where a fact is asked once and one result unlocks the next. */
export { importPackageTemplates } from './import-templates.ts';
export { openPackages } from './module.ts';
