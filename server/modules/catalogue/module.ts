import { cityDay } from '../../platform/city.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { announceRules, type NetworkContext } from '../network/index.ts';
import { offerAll } from './offers.ts';
import { pilotRoutes } from './pilot-routes.ts';
import { catalogueRoutes } from './routes.ts';

/** Service passports and pilots. A version may come into force overnight: centres offer what is in force today. */
export function openCatalogue(context: NetworkContext): void {
  const { db, now, addJob } = context;
  catalogueRoutes(context);
  pilotRoutes(context);
  addJob({
    name: 'services in force today',
    everyMs: HOUR_MS / 4,
    run: async () => {
      const changed = await db.write(async (tx) => offerAll(tx, await cityDay(tx, now())));
      await announceRules(context, changed);
    },
  });
}
