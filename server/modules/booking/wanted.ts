import type { Asked } from '../../../core/booking/free.ts';
import { horizonOf } from '../../../core/booking/life.ts';
import { type Need, needOf } from '../../../core/booking/need.ts';
import { releasedAt } from '../../../core/booking/offer.ts';
import {
  type BookingSetting,
  type Channel,
  channelPool,
  type ServiceNeed,
  USUAL_BOOKING,
} from '../../../core/booking/setting.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId, ServiceId } from '../../../core/queue/ids.ts';
import { type CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type GivenService } from '../network/index.ts';
import { bookingRules, type BookingRule, bookingSettings } from './ledger/store.ts';
import type { BookableCentre, BookingRoom } from './room.ts';

/** The wishes of a visitor, at any centre. */
export interface Wish {
  readonly services: readonly { readonly serviceId: ServiceId; readonly quantity: number }[];
  readonly persons: number;
  readonly channel: Channel;
}

/** A centre that gives what is wanted, and what it takes there. */
export interface Offer {
  readonly centre: BookableCentre;
  readonly setting: BookingSetting;
  readonly need: Need;
  readonly given: readonly GivenService[];
}

/** What is known of centres and services for a search: read together, kept for a moment. */
export interface Known {
  readonly centres: ReadonlyMap<CentreId, BookableCentre>;
  readonly settings: ReadonlyMap<CentreId, BookingSetting>;
  readonly rules: ReadonlyMap<ServiceId, BookingRule>;
  readonly services: ReadonlyMap<CentreId, ReadonlyMap<ServiceId, GivenService>>;
}

const FRESH_MS = 2_000;

/** Reads what is known; what was read within two seconds is good enough, and who changes something forgets it. */
export function openKnown(room: BookingRoom): { read(): Promise<Known>; forget(): void } {
  let read: Promise<Known> | null = null;
  let readAt = 0;
  return {
    read: () => {
      if (read === null || performance.now() - readAt > FRESH_MS) {
        readAt = performance.now();
        const fresh = readKnown(room);
        fresh.catch(() => (read = null));
        read = fresh;
      }
      return read;
    },
    forget: () => void (read = null),
  };
}

async function readKnown(room: BookingRoom): Promise<Known> {
  const [centres, services, rules, settings] = await Promise.all([
    room.centres(),
    room.db.read((tx) => room.services(tx)),
    room.db.read((tx) => bookingRules(tx)),
    room.db.read((tx) => bookingSettings<BookingSetting>(tx)),
  ]);
  const byCentre = new Map<CentreId, Map<ServiceId, GivenService>>();
  for (const service of services) {
    const given = byCentre.get(service.centreId) ?? new Map<ServiceId, GivenService>();
    byCentre.set(service.centreId, given.set(service.serviceId, service));
  }
  return {
    centres: new Map(centres.map((centre) => [centre.centreId, centre])),
    settings,
    rules: new Map(rules.map((rule) => [rule.serviceId, rule])),
    services: byCentre,
  };
}

export function settingOf({ settings }: Known, centreId: CentreId): BookingSetting {
  return settings.get(centreId) ?? USUAL_BOOKING;
}

export function centreOf({ centres }: Known, centreId: CentreId): BookableCentre {
  return centres.get(centreId) ?? refuse('unknown-centre', { centreId });
}

/** What a wish takes at a centre; null when it does not give one of the services. */
export function offerAt(known: Known, centreId: CentreId, { services, persons }: Wish): Offer | null {
  const centre = known.centres.get(centreId);
  const given = known.services.get(centreId);
  if (centre === undefined || given === undefined) return null;
  const found = services.flatMap(({ serviceId }) => given.get(serviceId) ?? []);
  if (found.length < services.length) return null;
  const wanted = found.map((service, index) => ({
    need: needFor(known, service),
    groupId: service.groupId,
    quantity: services[index]?.quantity ?? 1,
  }));
  return { centre, setting: settingOf(known, centreId), need: needOf(wanted, persons), given: found };
}

/** A further person or piece takes half as long again, unless the service says otherwise. */
function needFor({ rules }: Known, { serviceId, minutes }: GivenService): ServiceNeed {
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

/** The days on which a channel may book at a centre, the moment before which it may not, and now. */
export interface Horizon {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly notBefore: Instant;
  readonly now: Instant;
}

export function horizon({ centre, setting }: Offer, channel: Channel, now: Instant): Horizon {
  return { ...horizonOf(setting, channel, centre.today(now), now), now };
}

/** What is asked of a day; null when one of the services is not given then. */
export function askOn(
  { setting, need, given }: Offer,
  channel: Channel,
  day: CivilDate,
  begins: Instant,
  { notBefore, now }: Horizon,
): Asked | null {
  if (given.some(({ off }) => off.some(({ from, to }) => from <= day && day <= to))) return null;
  const isReleased = setting.channels[channel].share === null || now >= releasedAt(setting, channel, begins);
  return {
    need,
    stepMinutes: setting.stepMinutes,
    notBefore,
    channel: isReleased || need.atHome ? null : channelPool(channel),
  };
}
