/** The screens as they were built, and the pages that are drawn on the server. */
export { openPages } from './module.ts';
export type { DrawnPages } from './renderer.ts';
export { sendPage } from './screens.ts';
