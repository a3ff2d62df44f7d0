import { isolated, type LogFault } from '../../platform/isolated.ts';
import type { HallContext } from '../queue/index.ts';
import { watchNorms } from './watch-norms.ts';
import { alertRoutes } from './routes.ts';
import { keepAlerts } from './queries.ts';

const NORMS_EVERY_SECONDS = 5;
/** The longest place of an alert. */
const PLACE_MAX = 40;

/** Alerts of halls: raised by people and devices, by norms that a hall does not keep, and by rules that had to be mended. */
export function openAlerts(context: HallContext): void {
  const { db, now, watch, log, halls } = context;
  alertRoutes(context);
  halls.rulesMended.add(async ({ centreId, mended }) => {
    const places = [...new Set(mended.map(({ what, which }) => `${what}-${which}`.slice(0, PLACE_MAX)))];
    await db.write((tx) => keepAlerts(tx, { centreId, kind: 'rules-mended', places }, now()));
  });
  const fail: LogFault = (message, error) => log.error(message, error);
  const look = watchNorms(context, fail);
  let seconds = 0;
  watch.everySecond(() => {
    seconds += 1;
    if (seconds % NORMS_EVERY_SECONDS !== 0) return;
    void isolated(fail, 'the norms of the halls could not be looked at', look);
  });
}
