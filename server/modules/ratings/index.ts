/** What visitors thought of their visits. */
export { ratingRoutes } from './routes.ts';
export { ratingsOn } from './store.ts';
