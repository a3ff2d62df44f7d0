import type { CentreId } from '../../../core/queue/ids.ts';
import { type NormBreach, normBreaches, USUAL_NORMS } from '../../../core/queue/norms.ts';
import { isolated, type LogFault } from '../../platform/isolated.ts';
import type { HallContext } from '../queue/index.ts';
import { ownNorms } from '../screens/index.ts';
import { watchNorms } from './norm-watch.ts';
import { alertRoutes } from './routes.ts';
import { keepAlerts } from './queries.ts';

const NORMS_EVERY_SECONDS = 5;
/** The longest place of an alert. */
const PLACE_MAX = 40;

/** Alerts of halls: raised by people and devices, by norms that a hall does not keep, and by rules that had to be mended. */
export function openAlerts(context: HallContext): void {
  const { http, db, now, watch, log, halls } = context;
  alertRoutes(http, { db, now });
  halls.rulesMended.add(async ({ centreId, mended }) => {
    const places = [...new Set(mended.map(({ what, which }) => `${what}-${which}`.slice(0, PLACE_MAX)))];
    await db.write((tx) => keepAlerts(tx, { centreId, kind: 'rules-mended', places }, now()));
  });
  const fail: LogFault = (message, error) => log.error(message, error);
  const look = watchNorms({ db, now, breaches: () => breachesOf(context), log: fail });
  let seconds = 0;
  watch.everySecond(() => {
    seconds += 1;
    if (seconds % NORMS_EVERY_SECONDS !== 0) return;
    void isolated(fail, 'the norms of the halls could not be looked at', look);
  });
}

/** What the halls that this node serves do not keep; a hall that cannot be read now is left out. */
async function breachesOf({ db, now, halls: { dayBook } }: HallContext): Promise<Map<CentreId, readonly NormBreach[]>> {
  const own = await db.read((tx) => ownNorms(tx));
  const found = new Map<CentreId, readonly NormBreach[]>();
  // Yesterday's day may still be in memory together with today's; only the newest of a hall is looked at.
  const newest = new Map(dayBook.served.sort((a, b) => (a.day < b.day ? -1 : 1)).map((key) => [key.centreId, key]));
  await Promise.all(
    Array.from(newest.values(), async (key) => {
      const limits = own.get(key.centreId) ?? USUAL_NORMS;
      const breaches = await dayBook.view(key, (day) => normBreaches(day, limits, now())).catch(() => null);
      if (breaches !== null) found.set(key.centreId, breaches);
    }),
  );
  return found;
}
