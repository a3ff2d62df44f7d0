/** Papers: each with a barcode and in one place at a time, and the manifests with which they travel. */
export { papersFollow, shownPapers, travels } from './follow.ts';
export { paperRoutes } from './routes.ts';
export { applicationOfPaper } from './store.ts';
