import type { CentreCard, CentrePage } from '../../../contract/site.ts';
import { kilometresBetween } from '../../../core/city/distance.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { WaitRange } from '../../../core/queue/wait-range.ts';
import { addDays, businessDayAt, type CivilDate, minuteOfDay, type TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { centreFile, type ClosureReason, type DirectoryEntry, doorsOn, type Words } from '../network/index.ts';
import type { SiteContext } from './context.ts';
import { cardOf, servicesOf } from './service-cards.ts';

/** A centre as the site knows it. */
export interface SiteCentre {
  readonly centreId: CentreId;
  readonly kind: CentreCard['kind'];
  readonly name: Words;
  readonly district: Words;
  readonly address: string;
  readonly phone: string;
  readonly zone: TimeZone;
  readonly position: CentreCard['position'];
  readonly windows: number;
  doorsOn(day: CivilDate): { readonly opens: Instant; readonly closes: Instant } | null;
  /** Why a day has other hours than usual; null: it has not. */
  closureOn(day: CivilDate): ClosureReason | null;
}

/** All centres as the site knows them. */
export async function siteCentres({ directory }: Pick<SiteContext, 'directory'>): Promise<SiteCentre[]> {
  return (await directory.all()).map(siteCentre);
}

function siteCentre(entry: DirectoryEntry): SiteCentre {
  const { centre, closures } = entry;
  const { latitude, longitude, time_zone: zone } = centre;
  const isPlaced = latitude !== null && longitude !== null;
  return {
    centreId: centre.centre_id,
    kind: centre.kind,
    name: { ru: centre.name_ru, en: centre.name_en },
    district: { ru: centre.district_ru, en: centre.district_en },
    address: centre.address_ru,
    phone: centre.phone,
    zone,
    windows: centre.windows,
    position: isPlaced ? { latitude: Number(latitude), longitude: Number(longitude) } : null,
    doorsOn: (day) => doorsOn(entry, day, zone),
    closureOn: (day) => closures.find((closure) => closure.day === day)?.reason ?? null,
  };
}

const WEEK = 7;
/** A half hour is quiet when nobody is expected to wait longer than this. */
const QUIET_MINUTES = 3;
/** Minutes for a kilometre as the crow flies, by foot and by bus. */
const MINUTES_PER_KM = 5;

/** All centres with what a visitor sees of them; `from`: where they are, as the centre of their district. The nearest by time first. */
export async function centreCards(context: SiteContext, from: CentreId | null): Promise<CentreCard[]> {
  const [centres, waits] = await Promise.all([siteCentres(context), context.lists.waits()]);
  const origin = centres.find(({ centreId }) => centreId === from)?.position ?? null;
  const cards = await Promise.all(
    centres.map(async (centre) =>
      cardOfCentre(context, centre, waits.get(await context.directory.hallOf(centre.centreId)) ?? null, origin),
    ),
  );
  if (origin === null) return cards;
  const minutes = ({ wayMinutes, waitMinutes, isOpen }: CentreCard) =>
    isOpen && wayMinutes !== null ? wayMinutes + (waitMinutes?.[0] ?? 0) : Infinity;
  return cards.toSorted((a, b) => minutes(a) - minutes(b));
}

function cardOfCentre(
  { now }: SiteContext,
  centre: SiteCentre,
  wait: WaitRange | null,
  origin: CentreCard['position'],
): CentreCard {
  const at = now();
  const { centreId, kind, name, district, address, position, zone } = centre;
  const doors = centre.doorsOn(businessDayAt(at, zone));
  const isOpen = doors !== null && doors.opens <= at && at < doors.closes;
  return {
    centreId,
    kind,
    name,
    district,
    address,
    position,
    hours: doors === null ? null : hoursOf(doors, zone),
    isOpen,
    waitMinutes: !isOpen || wait === null ? null : [Math.round(wait.q50Minutes), Math.round(wait.q90Minutes)],
    wayMinutes:
      origin === null || position === null ? null : Math.round(kilometresBetween(origin, position) * MINUTES_PER_KM),
  };
}

/** Everything of one centre; null where there is none. */
export async function centrePage(context: SiteContext, centreId: CentreId): Promise<CentrePage | null> {
  const { db, now, directory, lists, expectedWaits } = context;
  const centre = (await siteCentres(context)).find((one) => one.centreId === centreId);
  const file = centre === undefined ? null : await db.read((tx) => centreFile(tx, centreId));
  if (centre === undefined || file === null) return null;
  const { zone } = centre;
  const today = businessDayAt(now(), zone);
  const [waits, given, services, expected, hallId] = await Promise.all([
    lists.waits(),
    lists.given(),
    servicesOf(context),
    expectedWaits(centreId, today),
    directory.hallOf(centreId),
  ]);
  const here = new Set(given.filter((one) => one.centreId === centreId).map(({ serviceId }) => serviceId));
  return {
    ...cardOfCentre(context, centre, waits.get(hallId) ?? null, null),
    phone: centre.phone,
    windows: centre.windows,
    week: Array.from({ length: WEEK }, (_, ahead) => {
      const day = addDays(today, ahead);
      const doors = centre.doorsOn(day);
      return { day, hours: doors === null ? null : hoursOf(doors, zone), reason: centre.closureOn(day) };
    }),
    services: services.filter(({ serviceId }) => here.has(serviceId)).map(cardOf),
    accessibility: file.accessibility,
    amenities: file.equipment
      .filter(({ amenity }) => amenity)
      .map(({ name, brokenSince }) => ({
        name,
        brokenSince: brokenSince === null ? null : businessDayAt(brokenSince, zone),
      })),
    quietHours: expected === null ? null : quietSpans(expected, wallTime(now(), zone)),
  };
}

/** The half hours still to come in which nobody is expected to wait long, put together where they touch: `11:30–13:00`. */
function quietSpans(
  expected: readonly { readonly starts: string; readonly waitMinutes: number }[],
  now: string,
): string[] {
  const spans: { from: string; to: string }[] = [];
  for (const { starts, waitMinutes } of expected) {
    const ends = halfHourAfter(starts);
    if (ends <= now || waitMinutes > QUIET_MINUTES) continue;
    const last = spans.at(-1);
    if (last?.to === starts) last.to = ends;
    else spans.push({ from: starts, to: ends });
  }
  return spans.map(({ from, to }) => `${from}–${to}`);
}

function halfHourAfter(time: string): string {
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + 30;
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** `08:00–20:00` of the wall clock. */
function hoursOf({ opens, closes }: { readonly opens: Instant; readonly closes: Instant }, zone: TimeZone): string {
  return `${wallTime(opens, zone)}–${wallTime(closes, zone)}`;
}

/** `10:30` of the wall clock. */
export function wallTime(at: Instant, zone: TimeZone): string {
  const minute = minuteOfDay(at, zone);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
