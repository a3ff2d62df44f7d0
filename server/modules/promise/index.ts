/** The promise in public: waits, satisfaction, drinks. */
export { openPromise } from './module.ts';
export { setPrice } from './queries.ts';
