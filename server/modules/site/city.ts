import type { Passport } from '../../../contract/catalogue.ts';
import type { CentreCard, CentrePage, NewsItem, ServiceCard, SituationCard } from '../../../contract/site.ts';
import { SITUATIONS } from '../../../core/catalogue/situations.ts';
import { kilometresBetween } from '../../../core/city/distance.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { WaitRange } from '../../../core/queue/wait-range.ts';
import { addDays, businessDayAt, type CivilDate, minuteOfDay, type TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Oidc } from '../../platform/oidc.ts';
import type { CentreFile } from '../../../contract/network-office.ts';
import type { Db } from '../../platform/handles.ts';
import type { ClosureReason, GivenService, Words } from '../network/index.ts';

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

/** A service of the catalogue as it is in force. */
export interface SiteService {
  readonly serviceId: string;
  readonly groupId: string;
  readonly passport: Passport;
}

/** What the site is told of the city. */
export interface SiteCity {
  readonly now: () => Instant;
  readonly isReal: boolean;
  /** The server at which visitors sign in; null where there is none. */
  readonly login: Oidc | null;
  readonly db: Db;
  /** The secret of a booking's own page. */
  tokenOf(bookingId: string): string;
  centres(): Promise<readonly SiteCentre[]>;
  given(): Promise<readonly GivenService[]>;
  catalogue(): Promise<readonly SiteService[]>;
  groups(): Promise<ReadonlyMap<string, Words>>;
  /** The wait of a visitor who came now, by hall; halls of which it is not known are left out. */
  waits(): Promise<ReadonlyMap<CentreId, WaitRange>>;
  hallOf(centreId: CentreId): Promise<CentreId>;
  file(centreId: CentreId): Promise<CentreFile | null>;
  /** Half hours of a day, `10:30`, with the wait that is expected then; null: nothing is known of its days. */
  expectedWaits(centreId: CentreId, day: CivilDate): Promise<readonly { starts: string; waitMinutes: number }[] | null>;
  news(): Promise<readonly NewsItem[]>;
  /** A booking as a calendar file. */
  calendarOf(bookingId: string): Promise<string>;
}

const WEEK = 7;
/** A half hour is quiet when nobody is expected to wait longer than this. */
const QUIET_MINUTES = 3;
/** Minutes for a kilometre as the crow flies, by foot and by bus. */
const MINUTES_PER_KM = 5;

/** Services by what they are called, those with a passport first; each once. */
export async function servicesOf(
  city: SiteCity,
): Promise<readonly (ServiceCard & { readonly passport: Passport | null })[]> {
  const [given, catalogue, groups] = await Promise.all([city.given(), city.catalogue(), city.groups()]);
  const passports = new Map(catalogue.map((one) => [one.serviceId, one]));
  const cards = new Map<string, ServiceCard & { readonly passport: Passport | null }>();
  const groupOf = (groupId: string) => groups.get(groupId) ?? { ru: groupId, en: groupId };
  for (const { serviceId, groupId, passport } of catalogue)
    cards.set(serviceId, { serviceId, name: passport.plain, group: groupOf(groupId), passport });
  for (const { serviceId, groupId, name } of given) {
    if (passports.has(serviceId) || cards.has(serviceId)) continue;
    cards.set(serviceId, { serviceId, name, group: groupOf(groupId), passport: null });
  }
  return [...cards.values()];
}

/** What happens in a life, with the services that it takes. */
export function situationsOf(
  services: readonly (ServiceCard & { readonly passport: Passport | null })[],
): readonly SituationCard[] {
  return Object.entries(SITUATIONS).flatMap(([code, name]) => {
    const taken = services.filter(({ passport }) => passport?.lifeSituations.includes(code) === true);
    return taken.length === 0 ? [] : [{ code, name, services: taken.map(cardOf) }];
  });
}

export function cardOf({ serviceId, name, group }: ServiceCard): ServiceCard {
  return { serviceId, name, group };
}

/** All centres with what a visitor sees of them; `from`: where they are, as the centre of their district. The nearest by time first. */
export async function centreCards(city: SiteCity, from: CentreId | null): Promise<CentreCard[]> {
  const [centres, waits] = await Promise.all([city.centres(), city.waits()]);
  const origin = centres.find(({ centreId }) => centreId === from)?.position ?? null;
  const cards = await Promise.all(
    centres.map(async (centre) =>
      cardOfCentre(city, centre, waits.get(await city.hallOf(centre.centreId)) ?? null, origin),
    ),
  );
  if (origin === null) return cards;
  const minutes = ({ wayMinutes, waitMinutes, isOpen }: CentreCard) =>
    isOpen && wayMinutes !== null ? wayMinutes + (waitMinutes?.[0] ?? 0) : Infinity;
  return cards.toSorted((a, b) => minutes(a) - minutes(b));
}

function cardOfCentre(
  city: SiteCity,
  { centreId, kind, name, district, address, position, zone, doorsOn }: SiteCentre,
  wait: WaitRange | null,
  origin: CentreCard['position'],
): CentreCard {
  const now = city.now();
  const doors = doorsOn(businessDayAt(now, zone));
  const isOpen = doors !== null && doors.opens <= now && now < doors.closes;
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
export async function centrePage(city: SiteCity, centreId: CentreId): Promise<CentrePage | null> {
  const centre = (await city.centres()).find((one) => one.centreId === centreId);
  const file = centre === undefined ? null : await city.file(centreId);
  if (centre === undefined || file === null) return null;
  const { zone } = centre;
  const today = businessDayAt(city.now(), zone);
  const [waits, given, services, expected, hallId] = await Promise.all([
    city.waits(),
    city.given(),
    servicesOf(city),
    city.expectedWaits(centreId, today),
    city.hallOf(centreId),
  ]);
  const here = new Set(given.filter((one) => one.centreId === centreId).map(({ serviceId }) => serviceId));
  return {
    ...cardOfCentre(city, centre, waits.get(hallId) ?? null, null),
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
    quietHours: expected === null ? null : quietSpans(expected, wallTime(city.now(), zone)),
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
