/** The promise in public: waits, satisfaction, drinks. */
export { openPromise } from './module.ts';
export type { PromiseFigures } from './routes.ts';
export { setPrice } from './queries.ts';
