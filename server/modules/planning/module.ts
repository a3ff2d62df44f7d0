import type { HallContext } from '../queue/index.ts';
import { type ExpectedWaits, planningRoutes } from './routes.ts';

/** Forecasts, plans and rosters; gives the waits that are expected of a day. */
export function openPlanning(context: HallContext): ExpectedWaits {
  return planningRoutes(context);
}
