/** Papers: each with a barcode and in one place at a time, and the manifests with which they travel. */
export { openPapers } from './module.ts';
export { papersHeldBack } from './papers-in-the-way.ts';
