/** What is done about a person’s data as a whole: a copy of all of it, forgetting, removing what is old, sealing with a new key. */
export { exportPerson, findPerson } from './export-person.ts';
export { forgetWholly } from './forget-person.ts';
export { removeOldCases } from './remove-old-cases.ts';
export { type Safe, withVault } from './safe.ts';
export { newKey, sealEverythingAnew } from './seal-again.ts';
