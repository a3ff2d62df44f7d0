/** Files: scans behind a gate. What has not been found clean nobody can open. */
export { backUpFiles, restoreFiles } from './back-up-files.ts';
export type { FileContext } from './context.ts';
export type { FileStore } from './file-store.ts';
export { filesToKeep } from './files-to-keep.ts';
export { folderStore } from './folder-store.ts';
export { openFiles, serveFiles } from './module.ts';
export { addPages, keepScan, pagesOf, scanOf } from './queries.ts';
export { resealFiles } from './reseal-files.ts';
export { s3Store } from './s3-store.ts';
export { clamd, type Scanner } from './scanner.ts';
export { clearRemoved } from './sweep-files.ts';
