import { installationKey } from '../../platform/installation.ts';
import type { HallContext } from '../queue/index.ts';
import { ratingRoutes } from './routes.ts';

/** Ratings of visits by visitors. */
export async function openRatings(context: HallContext): Promise<void> {
  ratingRoutes(context, await installationKey(context.db, 'visit-token'));
}
