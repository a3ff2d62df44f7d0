import type { ServiceId } from '../queue/ids.ts';
import { MINUTE } from '../time/instant.ts';
import { type CivilDate, type CivilTime } from '../time/civil.ts';
import { type BookingHours, overlapOf } from './recurrence.ts';

/** Where a booking is made: the city's own site, the federal portal, by telephone, at a kiosk, by a partner's program, in the hall. */
export const CHANNELS = ['city', 'federal', 'call-centre', 'kiosk', 'partner', 'reception'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a channel may book. */
export interface ChannelRule {
  /** At most this part of a day's places (0 to 1) until they are released; null: all of them. */
  readonly share: number | null;
  /** Hours before the day's first place from which every channel may take what others have left over. */
  readonly releaseHours: number;
  /** The most days ahead. */
  readonly daysAhead: number;
  /** Only the day after today. */
  readonly nextDayOnly: boolean;
  /** Not sooner than in so many minutes. */
  readonly leadMinutes: number;
}

/** Something of which there is one, and which a service takes in addition to a window: a pad with a lift, an inspector. */
export interface BookingResource {
  /** What it is, as services ask for it. */
  readonly kind: string;
  /** Which of its kind, from 1. */
  readonly unit: number;
  readonly name: { readonly ru: string; readonly en: string };
  /** When it can be had, of the wall clock; null: while the centre receives. */
  readonly hours: { readonly opens: CivilTime; readonly closes: CivilTime } | null;
  /** The piece of the centre's equipment that it is: while that is broken, it cannot be had. */
  readonly equipmentId: number | null;
}

/** How a centre takes bookings. */
export interface BookingSetting {
  /** This part of the windows that are planned for a half hour may be booked (0 to 1); the rest is for who comes without. */
  readonly share: number;
  /** Times that are offered lie so many minutes apart. */
  readonly stepMinutes: number;
  /** When it receives by appointment; none: while its doors are open. */
  readonly hours: readonly BookingHours[];
  readonly channels: Readonly<Record<Channel, ChannelRule>>;
  /** The most visitors of a service at the same time. */
  readonly serviceLimits: readonly { readonly serviceId: ServiceId; readonly atOnce: number }[];
  readonly resources: readonly BookingResource[];
  /** Books more than there is room for, by what an idle place and a visitor too many cost; null: never. */
  readonly overbooking: { readonly idleCost: number; readonly overCost: number } | null;
  /** The most future bookings for one telephone or e-mail. */
  readonly perContactMax: number;
  /** Minutes before and after their time within which a visitor may come. */
  readonly checkInMinutes: { readonly before: number; readonly after: number };
}

const FEDERAL: ChannelRule = { share: 0.2, releaseHours: 12, daysAhead: 1, nextDayOnly: true, leadMinutes: 0 };
const OTHER: ChannelRule = { share: null, releaseHours: 24, daysAhead: 60, nextDayOnly: false, leadMinutes: 60 };

/** How a centre takes bookings by default. */
export const USUAL_BOOKING: BookingSetting = {
  share: 0.5,
  stepMinutes: 10,
  hours: [],
  channels: {
    city: { ...OTHER, share: 0.8 },
    federal: FEDERAL,
    'call-centre': { ...OTHER, share: 0.3 },
    kiosk: { ...OTHER, leadMinutes: 30 },
    partner: { ...OTHER, share: 0.2, daysAhead: 30 },
    reception: { ...OTHER, leadMinutes: 0 },
  },
  serviceLimits: [],
  resources: [],
  overbooking: null,
  perContactMax: 3,
  checkInMinutes: { before: 60, after: 20 },
};

/** How a service takes a place. */
export interface ServiceNeed {
  readonly serviceId: ServiceId;
  /** How long one takes at the window. */
  readonly minutes: number;
  /** How much longer with each further person or piece. */
  readonly moreMinutes: number;
  /** How long the window and what else it takes rest afterwards. */
  readonly bufferMinutes: number;
  /** What it takes in addition to a window. */
  readonly resources: readonly string[];
  /** True for a service that is booked as a visit at home. */
  readonly atHome: boolean;
}

const OVERLAP_DAYS = 400;

/** What is wrong with a setting, as the problem that tells it; null: nothing. `today` in the centre's zone. */
export function settingFault(
  { hours, channels, resources, serviceLimits }: BookingSetting,
  { today, windows }: { readonly today: CivilDate; readonly windows: number },
):
  | { readonly code: 'hours-reversed' | 'days-reversed' }
  | { readonly code: 'booking-hours-overlap'; readonly day: CivilDate }
  | { readonly code: 'quota-above-capacity'; readonly asked: number; readonly most: number }
  | {
      readonly code: 'resource-twice';
      readonly kind: string;
      readonly unit: number;
      readonly name: BookingResource['name'];
    }
  | null {
  const spans = [...hours, ...hours.flatMap(({ breaks }) => breaks), ...resources.flatMap((one) => one.hours ?? [])];
  if (spans.some(({ opens, closes }) => closes <= opens)) return { code: 'hours-reversed' };
  if (hours.some(({ from, to }) => to !== null && to < from)) return { code: 'days-reversed' };
  const overlap = overlapOf(hours, today, OVERLAP_DAYS);
  if (overlap !== null) return { code: 'booking-hours-overlap', day: overlap };
  const seen = new Set<string>();
  for (const { kind, unit, name } of resources) {
    if (seen.has(unitPool(kind, unit))) return { code: 'resource-twice', kind, unit, name };
    seen.add(unitPool(kind, unit));
  }
  const much = serviceLimits.find(({ atOnce }) => atOnce > windows);
  if (much !== undefined) return { code: 'quota-above-capacity', asked: much.atOnce, most: windows };
  const wide = Object.values(channels).find(({ share }) => share !== null && share > 1);
  return wide === undefined ? null : { code: 'quota-above-capacity', asked: (wide.share ?? 0) * 100, most: 100 };
}

/** The names of the pools of a day. */
export const WINDOWS_POOL = 'windows';
export const groupPool = (groupId: string) => `group:${groupId}`;
export const servicePool = (serviceId: string) => `service:${serviceId}`;
export const channelPool = (channel: Channel) => `channel:${channel}`;
export const unitPool = (kind: string, unit: number) => `unit:${kind}:${unit}`;

export const CELL_MINUTES = 5;
export const CELL = CELL_MINUTES * MINUTE;
