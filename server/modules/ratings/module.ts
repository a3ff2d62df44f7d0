import type { HallContext } from '../queue/index.ts';
import { ratingRoutes } from './routes.ts';

/** Ratings of visits by visitors. */
export function openRatings(context: HallContext): void {
  ratingRoutes(context);
}
