import { overbook } from '../planning/waiting.ts';
import type { GroupId } from '../queue/ids.ts';
import { type CivilDate, instantOf, type TimeZone } from '../time/civil.ts';
import { HOUR, type Instant, MINUTE } from '../time/instant.ts';
import { spansOn, type WallSpan } from './recurrence.ts';
import {
  type BookingSetting,
  CELL,
  channelPool,
  CHANNELS,
  groupPool,
  servicePool,
  unitPool,
  WINDOWS_POOL,
} from './setting.ts';

/** What a centre has on a day, before anybody books. */
export interface DayMeans {
  readonly day: CivilDate;
  readonly zone: TimeZone;
  readonly doors: { readonly opens: Instant; readonly closes: Instant };
  /** Windows that are planned to be open, by the moment at which a half hour begins. */
  readonly planned: ReadonlyMap<Instant, number>;
  /** How many windows there are, and how many are equipped for each group. */
  readonly windows: number;
  readonly equipped: ReadonlyMap<GroupId, number>;
  /** Pieces of equipment that do not work. */
  readonly broken: ReadonlySet<number>;
  /** The part of those with a booking who come (0 to 1), for centres that book more than they have room for. */
  readonly showShare: number;
}

/** The places of a pool by cells of five minutes from the opening of the doors, or of the day as a whole. */
export interface PoolOffer {
  readonly pool: string;
  readonly wholeDay: boolean;
  readonly places: readonly number[];
}

const HALF_HOUR = HOUR / 2;

/** The pools of a day. Cells count from `doors.opens`; a cell that the doors' closing cuts is not offered. */
export function poolsOn(setting: BookingSetting, means: DayMeans): readonly PoolOffer[] {
  const cells = Math.floor((means.doors.closes - means.doors.opens) / CELL);
  const byCell = (placesAt: (cell: number) => number) => Array.from({ length: cells }, (_, cell) => placesAt(cell));
  const isOpen = openCells(setting.hours, means);
  const staff = byCell((cell) => (isOpen(cell) ? staffAt(means, cell) : 0));
  const books = bookingsFor(setting, means.showShare);
  const places = staff.map((windows, cell) => books(bookableOf(windows * setting.share, cell)));
  const most = Math.max(0, ...staff);
  const groups = [...means.equipped].filter(([, windows]) => windows < most);
  const total = places.reduce((sum, count) => sum + count, 0);
  return [
    { pool: WINDOWS_POOL, wholeDay: false, places },
    ...groups.map(([groupId, windows]) => ({
      pool: groupPool(groupId),
      wholeDay: false,
      places: places.map((count) => Math.min(count, windows)),
    })),
    ...setting.serviceLimits.map(({ serviceId, atOnce }) => ({
      pool: servicePool(serviceId),
      wholeDay: false,
      places: places.map((count) => Math.min(count, atOnce)),
    })),
    ...setting.resources.map(({ kind, unit, hours, equipmentId }) => {
      const isThere = equipmentId === null || !means.broken.has(equipmentId);
      const within = hours === null ? () => true : openCells([], means, [hours]);
      return {
        pool: unitPool(kind, unit),
        wholeDay: false,
        places: byCell((cell) => Number(isThere && isOpen(cell) && within(cell))),
      };
    }),
    ...CHANNELS.flatMap((channel) => {
      const { share } = setting.channels[channel];
      if (share === null) return [];
      return [{ pool: channelPool(channel), wholeDay: true, places: [Math.floor(total * share + 1e-9)] }];
    }),
  ];
}

/** Cells in which a share below one window is offered, or kept for visitors without a booking, in one piece: two hours. */
const BLOCK_CELLS = (2 * HOUR) / CELL;

/**
 * How many places of a share of the windows are offered in a cell: whole ones. Where the share is less than one window, one window is offered
 * in as many blocks of two hours as make up the share, beginning with the first; otherwise a small centre would offer no time at all.
 */
function bookableOf(share: number, cell: number): number {
  if (share <= 0 || share >= 1) return Math.floor(share + 1e-9);
  const block = Math.floor(cell / BLOCK_CELLS);
  return Math.ceil((block + 1) * share - 1e-9) - Math.ceil(block * share - 1e-9);
}

function staffAt({ doors, planned, windows }: DayMeans, cell: number): number {
  const at = doors.opens + cell * CELL;
  // A day that nobody has planned is taken to be staffed in full.
  if (planned.size === 0) return windows;
  return Math.min(windows, planned.get(at - (at % HALF_HOUR)) ?? 0);
}

/** Which cells lie in the hours of a rule; all of them where there is none. */
function openCells(
  hours: BookingSetting['hours'],
  { day, zone, doors }: DayMeans,
  spans: readonly WallSpan[] = spansOn(hours, day),
): (cell: number) => boolean {
  if (hours.length === 0 && spans.length === 0) return () => true;
  const open = spans.map(({ opens, closes }) => [instantOf(day, opens, zone), instantOf(day, closes, zone)] as const);
  return (cell) => {
    const from = doors.opens + cell * CELL;
    return open.some(([opens, closes]) => opens <= from && from + CELL <= closes);
  };
}

/** How many to book for so many places: as many, or by the newsvendor's rule. */
function bookingsFor({ overbooking }: BookingSetting, showShare: number): (places: number) => number {
  if (overbooking === null || showShare >= 1) return (places) => places;
  const known = new Map<number, number>();
  return (places) => {
    if (places === 0) return 0;
    const found = known.get(places) ?? overbook(places, showShare, overbooking.idleCost, overbooking.overCost).book;
    known.set(places, found);
    return found;
  };
}

/** The moment from which what a channel has left over may be booked by all. */
export function releasedAt(
  setting: BookingSetting,
  channel: keyof BookingSetting['channels'],
  opens: Instant,
): Instant {
  return opens - setting.channels[channel].releaseHours * 60 * MINUTE;
}
