/** Ratings of visits by visitors. */
export { openRatings } from './module.ts';
export { ratingsOn } from './queries.ts';
