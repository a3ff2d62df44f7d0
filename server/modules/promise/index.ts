/** The promise in public: waits, satisfaction, drinks. */
export { promiseRoutes } from './routes.ts';
export { setPrice } from './store.ts';
