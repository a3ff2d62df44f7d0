import { cityDay } from '../../platform/city.ts';
import type { HallContext } from '../queue/index.ts';
import { type PromiseFigures, promiseRoutes } from './routes.ts';

/** The promise in public; gives its figures to the pages that show them. */
export function openPromise({ http, db, now, directory }: HallContext): PromiseFigures {
  return promiseRoutes(http, {
    db,
    now,
    today: () => db.read((tx) => cityDay(tx, now())),
    centres: async () =>
      (await directory.all()).map(({ centre }) => ({
        centreId: centre.centre_id,
        name: { ru: centre.name_ru, en: centre.name_en },
        district: { ru: centre.district_ru, en: centre.district_en },
      })),
  });
}
