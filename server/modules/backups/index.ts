/** Database and scans as one backup. */
export { backUpEverything, restoreScans } from './back-up-everything.ts';
export { openBackups } from './module.ts';
