/** Ratings of visits by visitors. */
export { ratingRoutes } from './routes.ts';
export { ratingsOn } from './store.ts';
