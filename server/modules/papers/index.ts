/** Papers: each with a barcode and in one place at a time, and the manifests with which they travel. */
export { papersFollow, shownPapers } from './follow.ts';
export { heldUp, papersHeldBack, papersMustAllow } from './held-back.ts';
export { paperRoutes } from './routes.ts';
export { applicationOfPaper } from './queries.ts';
