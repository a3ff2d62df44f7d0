import { type CentreSummary, networkContract } from '../../../contract/network.ts';
import { refuse } from '../../../core/problems.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import type { Clock } from '../../platform/clock.ts';
import { mustBeDays } from '../../platform/days.ts';
import { serve } from '../../platform/serve.ts';
import { doorsOn } from './day-plan.ts';
import { announceRules, type NetworkOffice } from './context.ts';
import type { DirectoryEntry } from './directory.ts';
import { writeOffer } from './office/write.ts';
import { groups, services, setClosure, setServiceOff, windows } from './queries.ts';

/** The longest time for which a service is switched off at once. */
const OFF_DAYS_MAX = 3_653;

export function networkRoutes(office: NetworkOffice): void {
  const { db, directory, clock } = office;
  serve(office.http, networkContract, {
    'GET /api/centres': async () => (await directory.all()).map((entry) => summaryOf(entry, clock)),

    'GET /api/centres/:centreId': async ({ params: { centreId } }) => {
      const entry = await directory.centre(centreId);
      const summary = summaryOf(entry, clock);
      const { groupRows, serviceRows, windowGroups } = await db.read(async (tx) => ({
        groupRows: await groups(tx, centreId),
        serviceRows: await services(tx, centreId, summary.today),
        windowGroups: await windows(tx, centreId),
      }));
      return {
        ...summary,
        services: serviceRows.map((row) => ({
          serviceId: row.service_id,
          groupId: row.group_id,
          name: { ru: row.name_ru, en: row.name_en },
          level: row.level,
          minutes: row.minutes,
          bookingOnly: row.booking_only,
          off: row.off,
        })),
        groups: groupRows.map((row) => ({
          groupId: row.group_id,
          letter: row.letter,
          name: { ru: row.name_ru, en: row.name_en },
        })),
        windowGroups,
      };
    },

    'POST /api/centres/:centreId/services/:serviceId/off': async ({ params, query, body, asker }) => {
      const { centreId, serviceId } = params;
      const { from, to, reason } = body;
      const dryRun = query.dryRun === 'true';
      const { centre } = await directory.centre(centreId);
      mustBeDays(from, to, OFF_DAYS_MAX);
      const today = businessDayAt(clock.now(), centre.time_zone);
      const known = await db.read((tx) => services(tx, centreId, today));
      if (!known.some((row) => row.service_id === serviceId)) return refuse('unknown-service', { serviceId });
      const action = { action: 'service-off', object: `centre ${centreId}`, details: { serviceId, from, to, reason } };
      const done = await writeOffer(office, { asker, centreId, dryRun }, action, (tx) =>
        setServiceOff(tx, params, from, to, reason),
      );
      if (!dryRun && from <= today && today <= to) await announceRules(office, [centreId]);
      return done;
    },

    'POST /api/centres/:centreId/closures/:day': async ({
      params: { centreId, day },
      query,
      body: { hours, reason },
      asker,
    }) => {
      const { centre } = await directory.centre(centreId);
      if (day <= businessDayAt(clock.now(), centre.time_zone)) return refuse('day-begun', { day });
      if (hours !== null && (reason === null || hours.closes <= hours.opens)) return refuse('hours-reversed', {});
      const closure = reason === null ? null : { opens: null, closes: null, ...hours, reason };
      const action = { action: 'day-hours', object: `centre ${centreId}`, details: { day, ...closure } };
      const by = { asker, centreId, dryRun: query.dryRun === 'true' };
      return writeOffer(office, by, action, (tx) => setClosure(tx, centreId, day, closure));
    },
  });
}

function summaryOf(entry: DirectoryEntry, clock: Clock): CentreSummary {
  const { centre } = entry;
  const today = businessDayAt(clock.now(), centre.time_zone);
  return {
    centreId: centre.centre_id,
    code: centre.code,
    kind: centre.kind,
    name: { ru: centre.name_ru, en: centre.name_en },
    district: { ru: centre.district_ru, en: centre.district_en },
    timeZone: centre.time_zone,
    position:
      centre.latitude === null || centre.longitude === null
        ? null
        : { latitude: Number(centre.latitude), longitude: Number(centre.longitude) },
    windows: centre.windows,
    today,
    doors: doorsOn(entry, today, centre.time_zone),
  };
}
