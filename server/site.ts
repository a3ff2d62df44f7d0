import { ORDINARY } from '../core/queue/configuration.ts';
import type { Day } from '../core/queue/day.ts';
import { dueOf } from '../core/queue/due.ts';
import type { CentreId } from '../core/queue/ids.ts';
import { waitRange, type WaitRange } from '../core/queue/wait-range.ts';
import { addDays, businessDayAt, type TimeZone } from '../core/time/civil.ts';
import type { Instant } from '../core/time/instant.ts';
import { type BookingContext, bookingToken, calendarOfBooking } from './modules/booking/index.ts';
import { servicesInForce } from './modules/catalogue/index.ts';
import { centreFile, doorsOn, givenServices, groupNames } from './modules/network/index.ts';
import type { ExpectedWaits } from './modules/planning/index.ts';
import { forgetVisitors, news, type SiteCity } from './modules/site/index.ts';
import { briefly } from './platform/briefly.ts';
import { cityDay } from './platform/city.ts';
import { openOidc } from './platform/oidc.ts';
import type { NodeSettings } from './settings.ts';
import type { HallContext, Halls } from './modules/queue/index.ts';
import { HOUR_MS } from './platform/jobs.ts';

/** How long what the site shows of halls and services may be old. */
const WAITS_MS = 5_000;
const LISTS_MS = 5_000;

/** What the public site is told of the city: centres, services, waits, news. */
export function citySite(
  booking: BookingContext,
  { visitorOidc }: NodeSettings,
  expectedWaits: ExpectedWaits,
): SiteCity {
  const { db, now, isReal, directory, tokenKey } = booking;
  const { dayBook, today } = booking.halls;
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
      return db.read(async (tx) => servicesInForce(tx, await cityDay(tx, now())));
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
    db,
    tokenOf: (bookingId) => bookingToken(tokenKey, bookingId),
    isReal,
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
    calendarOf: (bookingId) => calendarOfBooking(booking, bookingId),
  };
}

/** Visitors' accounts are forgotten with their visits. */
export function forgetOldVisitors({ db, now, addJob }: HallContext, { keep }: NodeSettings): void {
  addJob({
    name: 'accounts of visitors of days past',
    everyMs: HOUR_MS,
    run: () => {
      const before = addDays(businessDayAt(now(), 'UTC' as TimeZone), -keep.personsDays);
      return db.write((tx) => forgetVisitors(tx, before, now()));
    },
  });
}

/** The wait of a visitor who came now, in the halls whose days this node has in memory: the middle one of their services. */
async function waitsOf(
  directory: HallContext['directory'],
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
