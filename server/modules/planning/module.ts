import { halfHourStarts, scheduledDoorsOn } from '../network/index.ts';
import type { HallContext } from '../queue/index.ts';
import { type ExpectedWaits, planningRoutes } from './routes.ts';

/** Forecasts, plans and rosters; gives the waits that are expected of a day. */
export function openPlanning({ http, db, now, directory, halls, centreChanges }: HallContext): ExpectedWaits {
  return planningRoutes(http, {
    db,
    now,
    today: halls.today,
    hallOf: (centreId) => directory.hallOf(centreId),
    view: (key, look) => halls.dayBook.view(key, look),
    doorsOf: async (centreId, day) => {
      const entry = await directory.centre(centreId);
      const { time_zone: timeZone } = entry.centre;
      const closures = entry.closures.filter(({ opens }) => opens === null).map((closure) => closure.day);
      return { doors: scheduledDoorsOn(entry, day, timeZone), timeZone, closures };
    },
    halfHourStarts,
    rulesOn: halls.rulesOn,
    centres: async () => {
      const own = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
      return own.map(({ centre }) => ({
        centreId: centre.centre_id,
        name: { ru: centre.name_ru, en: centre.name_en },
        latitude: centre.latitude === null ? null : Number(centre.latitude),
        longitude: centre.longitude === null ? null : Number(centre.longitude),
      }));
    },
    planChanged: halls.rulesChanged,
    planned: () => centreChanges.catchUp(),
  });
}
