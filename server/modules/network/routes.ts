import type { FastifyInstance } from 'fastify';
import { type CentreSummary, networkContract } from '../../../contract/network.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { serve } from '../../platform/serve.ts';
import { doorsOn } from './day-plan.ts';
import type { Directory, DirectoryEntry } from './directory.ts';
import { groups, windows } from './store.ts';

export function networkRoutes(app: FastifyInstance, database: Database, directory: Directory, clock: Clock): void {
  serve(app, networkContract, {
    'GET /api/centres': async () => (await directory.all()).map((entry) => summaryOf(entry, clock)),

    'GET /api/centres/:centreId': async ({ params: { centreId } }) => {
      const entry = await directory.centre(centreId);
      const [groupRows, windowGroups] = await Promise.all([groups(database, centreId), windows(database, centreId)]);
      return {
        ...summaryOf(entry, clock),
        groups: groupRows.map((row) => ({
          groupId: row.group_id,
          letter: row.letter,
          name: { ru: row.name_ru, en: row.name_en },
        })),
        windowGroups,
      };
    },
  });
}

function summaryOf({ centre, hours }: DirectoryEntry, clock: Clock): CentreSummary {
  const today = businessDayAt(clock.now(), centre.time_zone);
  return {
    centreId: centre.centre_id,
    code: centre.code,
    kind: centre.kind,
    name: { ru: centre.name_ru, en: centre.name_en },
    district: { ru: centre.district_ru, en: centre.district_en },
    timeZone: centre.time_zone,
    windows: centre.windows,
    today,
    doors: doorsOn(hours, today, centre.time_zone),
  };
}
