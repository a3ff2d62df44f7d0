import { needOf } from '../../../core/booking/need.ts';
import { type BookingSetting, type ServiceNeed, USUAL_BOOKING } from '../../../core/booking/setting.ts';
import type { Offer, Wish } from '../../../core/booking/wish.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId, ServiceId } from '../../../core/queue/ids.ts';
import type { CivilDate, TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type GivenService, givenServices } from '../network/index.ts';
import type { HallContext } from '../queue/index.ts';
import { type BookableCentre, bookableCentre, openBusinessDays } from './bookable-centre.ts';
import { type BookingRule, bookingRules, bookingSettings } from './ledger/queries.ts';

/** What is known of centres and services for a search: read together, kept for a moment. */
export interface OfferFacts {
  readonly centres: ReadonlyMap<CentreId, BookableCentre>;
  readonly settings: ReadonlyMap<CentreId, BookingSetting>;
  readonly rules: ReadonlyMap<ServiceId, BookingRule>;
  readonly services: ReadonlyMap<CentreId, ReadonlyMap<ServiceId, GivenService>>;
  /** The business day of a zone. */
  dayAt(at: Instant, zone: TimeZone): CivilDate;
}

export interface OfferLookup {
  /** The facts, at most two seconds old. */
  read(): Promise<OfferFacts>;
  /** Has them read again: something has changed. */
  forget(): void;
}

const FRESH_MS = 2_000;

export function openOfferLookup(context: Pick<HallContext, 'db' | 'directory'>): OfferLookup {
  const dayAt = openBusinessDays();
  let read: Promise<OfferFacts> | null = null;
  let readAt = 0;
  return {
    read: () => {
      if (read === null || performance.now() - readAt > FRESH_MS) {
        readAt = performance.now();
        const fresh = readFacts(context, dayAt);
        fresh.catch(() => (read = null));
        read = fresh;
      }
      return read;
    },
    forget: () => void (read = null),
  };
}

async function readFacts(
  { db, directory }: Pick<HallContext, 'db' | 'directory'>,
  dayAt: OfferFacts['dayAt'],
): Promise<OfferFacts> {
  const entries = await directory.all();
  const { services, rules, settings } = await db.read(async (tx) => ({
    services: await givenServices(tx),
    rules: await bookingRules(tx),
    settings: await bookingSettings<BookingSetting>(tx),
  }));
  const byCentre = new Map<CentreId, Map<ServiceId, GivenService>>();
  for (const service of services) {
    const given = byCentre.get(service.centreId) ?? new Map<ServiceId, GivenService>();
    byCentre.set(service.centreId, given.set(service.serviceId, service));
  }
  return {
    centres: new Map(entries.map((entry) => [entry.centre.centre_id, bookableCentre(entry)])),
    settings,
    rules: new Map(rules.map((rule) => [rule.serviceId, rule])),
    services: byCentre,
    dayAt,
  };
}

export function settingOf({ settings }: OfferFacts, centreId: CentreId): BookingSetting {
  return settings.get(centreId) ?? USUAL_BOOKING;
}

export function centreOf({ centres }: OfferFacts, centreId: CentreId): BookableCentre {
  return centres.get(centreId) ?? refuse('unknown-centre', { centreId });
}

/** What a wish takes at a centre; null when it does not give one of the services. */
export function offerAt(
  facts: OfferFacts,
  centreId: CentreId,
  { services, persons }: Pick<Wish, 'services' | 'persons'>,
  now: Instant,
): Offer | null {
  const centre = facts.centres.get(centreId);
  const here = facts.services.get(centreId);
  if (centre === undefined || here === undefined) return null;
  const given = services.flatMap(({ serviceId }) => here.get(serviceId) ?? []);
  if (given.length < services.length) return null;
  const wanted = given.map((service, index) => ({
    need: needFor(facts, service),
    groupId: service.groupId,
    quantity: services[index]?.quantity ?? 1,
  }));
  const { zone, position } = centre;
  const today = facts.dayAt(now, zone);
  return { centreId, zone, position, today, setting: settingOf(facts, centreId), need: needOf(wanted, persons), given };
}

/** The same. Throws unknown-centre or unknown-service. */
export function offerOrRefuse(
  facts: OfferFacts,
  centreId: CentreId,
  wish: Pick<Wish, 'services' | 'persons'>,
  now: Instant,
): Offer {
  centreOf(facts, centreId);
  const offer = offerAt(facts, centreId, wish, now);
  if (offer !== null) return offer;
  const given = facts.services.get(centreId);
  const missing = wish.services.find(({ serviceId }) => given?.has(serviceId) !== true);
  return refuse('unknown-service', { serviceId: missing?.serviceId ?? '' });
}

/** A further person or piece takes half as long again, unless the service says otherwise. */
function needFor({ rules }: OfferFacts, { serviceId, minutes }: GivenService): ServiceNeed {
  const rule = rules.get(serviceId);
  return {
    serviceId,
    minutes,
    moreMinutes: rule?.moreMinutes ?? Math.ceil(minutes / 2),
    bufferMinutes: rule?.bufferMinutes ?? 0,
    resources: rule?.resources ?? [],
    atHome: rule?.atHome ?? false,
  };
}
