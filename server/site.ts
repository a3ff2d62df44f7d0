import { ORDINARY } from '../core/queue/configuration.ts';
import type { Day } from '../core/queue/day.ts';
import { dueOf } from '../core/queue/due.ts';
import type { CentreId } from '../core/queue/ids.ts';
import { waitRange, type WaitRange } from '../core/queue/wait-range.ts';
import { businessDayAt, type TimeZone } from '../core/time/civil.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Appointments } from './appointments.ts';
import type { Halls } from './halls.ts';
import { servicesInForce } from './modules/catalogue/index.ts';
import { centreFile, doorsOn, givenServices, groupNames } from './modules/network/index.ts';
import type { ExpectedWaits } from './modules/planning/index.ts';
import { news, type SiteCity } from './modules/site/index.ts';
import { briefly } from './platform/briefly.ts';
import { city } from './platform/city.ts';
import { openOidc } from './platform/oidc.ts';
import type { Context } from './context.ts';

/** How long what the site shows of halls and services may be old. */
const WAITS_MS = 5_000;
const LISTS_MS = 5_000;

/** What the public site is told of the city: centres, services, waits, news. */
export function citySite(
  { database: db, clock, visitorOidc }: Context,
  { directory, dayBook, today }: Halls,
  { calendarOf, tokenOf }: Appointments,
  expectedWaits: ExpectedWaits,
): SiteCity {
  const now = () => clock.now();
  const waits = briefly(
    WAITS_MS,
    () => waitsOf(directory, dayBook, today, now),
    () => '',
  );
  const given = briefly(
    LISTS_MS,
    () => db.read((tx) => givenServices(tx)),
    () => '',
  );
  const catalogue = briefly(
    LISTS_MS,
    async () => {
      const zone = (await db.read((tx) => city(tx)))?.timeZone ?? ('UTC' as TimeZone);
      return db.read((tx) => servicesInForce(tx, businessDayAt(now(), zone)));
    },
    () => '',
  );
  const groups = briefly(
    LISTS_MS,
    () => db.read((tx) => groupNames(tx)),
    () => '',
  );
  return {
    now,
    login: visitorOidc === null ? null : openOidc(visitorOidc),
    db: db,
    tokenOf,
    isReal: clock.kind === 'real',
    centres: async () =>
      (await directory.all()).map((entry) => {
        const { centre, closures } = entry;
        const { latitude, longitude, time_zone: zone } = centre;
        return {
          centreId: centre.centre_id,
          kind: centre.kind,
          name: { ru: centre.name_ru, en: centre.name_en },
          district: { ru: centre.district_ru, en: centre.district_en },
          address: centre.address_ru,
          phone: centre.phone,
          zone,
          windows: centre.windows,
          position:
            latitude === null || longitude === null
              ? null
              : { latitude: Number(latitude), longitude: Number(longitude) },
          doorsOn: (day) => doorsOn(entry, day, zone),
          closureOn: (day) => closures.find((closure) => closure.day === day)?.reason ?? null,
        };
      }),
    given: () => given(null),
    catalogue: () => catalogue(null),
    groups: () => groups(null),
    waits: () => waits(null),
    hallOf: (centreId) => directory.hallOf(centreId),
    file: (centreId) => db.read((tx) => centreFile(tx, centreId)),
    expectedWaits,
    news: () => db.read((tx) => news(tx)),
    calendarOf,
  };
}

/** The wait of a visitor who came now, in the halls whose days this node has in memory: the middle one of their services. */
async function waitsOf(
  directory: Halls['directory'],
  dayBook: Halls['dayBook'],
  today: Halls['today'],
  now: () => Instant,
): Promise<ReadonlyMap<CentreId, WaitRange>> {
  const found = new Map<CentreId, WaitRange>();
  const halls = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  const served = new Set(dayBook.served.map(({ centreId, day }) => `${centreId} ${day}`));
  await Promise.all(
    halls.map(async ({ centre: { centre_id: centreId } }) => {
      const key = await today(centreId);
      if (!served.has(`${key.centreId} ${key.day}`)) return;
      const range = await dayBook.view(key, (day) => middleWait(day, now())).catch(() => null);
      if (range !== null) found.set(centreId, range);
    }),
  );
  return found;
}

function middleWait(day: Day, now: Instant): WaitRange | null {
  const due = dueOf(day.configuration, { classLetter: ORDINARY, slot: null }, now);
  const ranges = day.configuration.services
    .filter(({ off }) => !off)
    .flatMap((service) => waitRange(day, service, due, now) ?? [])
    .toSorted((a, b) => a.q50Minutes - b.q50Minutes);
  return ranges[Math.floor(ranges.length / 2)] ?? null;
}
