/** Files: scans behind a gate. What has not been found clean nobody can open. */
export { fileRoutes } from './routes.ts';
export { arrivalRoutes } from './arrivals/routes.ts';
export { centreOfArrival } from './arrivals/queries.ts';
export { type Files, filesToKeep, openFiles } from './files.ts';
export { clearRemoved } from './removed.ts';
export { addPages, keepScan, pagesOf, scanOf } from './queries.ts';
export { backUpFiles, restoreFiles } from './copies.ts';
export type { FileStore } from './file-store.ts';
export { folderStore } from './folder-store.ts';
export { s3Store } from './s3-store.ts';
export { resealFiles } from './keep.ts';
export { clamd, type Scanner } from './scanner.ts';
