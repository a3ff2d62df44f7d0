import { createHash } from 'node:crypto';
import { type DayMeans, type PoolOffer, poolsOn } from '../../../../core/booking/offer.ts';
import { type BookingSetting, USUAL_BOOKING } from '../../../../core/booking/setting.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import {
  addDays,
  businessDayAt,
  type CivilDate,
  instantOf,
  type TimeZone,
  weekdayOf,
} from '../../../../core/time/civil.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Write } from '../../../platform/handles.ts';
import { eachApart } from '../../../platform/isolated.ts';
import { centreMeans, type CentreMeans, centreVersions, type DirectoryEntry, doorsOn } from '../../network/index.ts';
import type { HallContext } from '../../queue/index.ts';
import {
  bookingSettings,
  filledThrough,
  type LedgerFill,
  noteFilled,
  type OfferedDay,
  putOffers,
  showShares,
  takeOverMarks,
} from './queries.ts';

/** Days ahead that the ledger holds: the longest horizon of a channel, and the change of the day. */
const DAYS_AHEAD = 91;
/** What part comes is told from so many days back and so many bookings. */
const SHOW_DAYS = 90;
const SHOW_BOOKINGS_MIN = 200;

type Filling = Pick<HallContext, 'db' | 'now' | 'directory'>;

/** What is to be written of one centre, and from what. */
interface Fill extends LedgerFill {
  readonly centreId: CentreId;
  readonly days: readonly OfferedDay[];
}

/**
 * Writes what every day of the horizon offers now, of these centres or of all (null), each in a transaction of its own: from hours,
 * plans, windows, equipment and the setting. While these are as they were, only days that are new are written.
 */
export async function fillLedger(context: Filling, only: readonly CentreId[] | null): Promise<void> {
  const fills = await context.db.write(async (tx) => {
    if (only === null) await takeOverMarks(tx);
    return fillsOf(tx, context, only);
  });
  await eachApart(fills, 'the times that a centre offers', (fill) => context.db.write((tx) => writeFill(tx, fill)));
}

/** Writes what every day of a centre offers, as the transaction sees the centre. */
export async function fillWithin(tx: Write, context: Filling, centreId: CentreId): Promise<void> {
  for (const fill of await fillsOf(tx, context, [centreId])) await writeFill(tx, fill);
}

async function writeFill(tx: Write, fill: Fill): Promise<void> {
  if (await noteFilled(tx, fill.centreId, fill)) await putOffers(tx, fill.days);
}

async function fillsOf(tx: Write, context: Filling, only: readonly CentreId[] | null): Promise<Fill[]> {
  const now = context.now();
  // The versions come first: whatever is read after them is at least as new.
  const versions = await centreVersions(tx);
  const entries = (await context.directory.within(tx)).filter(({ centre }) => only?.includes(centre.centre_id) ?? true);
  const first = entries.map(({ centre }) => businessDayAt(now, centre.time_zone)).toSorted()[0];
  if (first === undefined) return [];
  const settings = await bookingSettings<BookingSetting>(tx);
  const filled = await filledThrough(tx);
  const means = await centreMeans(tx, only?.length === 1 ? (only[0] as CentreId) : null, first);
  const shows = await showShares(tx, addDays(first, -SHOW_DAYS), SHOW_BOOKINGS_MIN);
  return entries.flatMap((entry) => {
    const { centre_id: centreId, time_zone: zone } = entry.centre;
    const of = means.get(centreId);
    if (of === undefined) return [];
    const setting = settings.get(centreId) ?? USUAL_BOOKING;
    const show = setting.overbooking === null ? 1 : Math.round((shows.get(centreId) ?? 1) * 100) / 100;
    const fingerprint = fingerprintOf([calendarOf(entry), zone, of, setting, show]);
    const today = businessDayAt(now, zone);
    const through = addDays(today, DAYS_AHEAD);
    const before = filled.get(centreId);
    const isAsBefore = before !== undefined && before.fingerprint.equals(fingerprint);
    const from = isAsBefore && before.through >= today ? addDays(before.through, 1) : today;
    if (from > through) return [];
    const days = daysOffered(entry, setting, of, { from, to: through }, show);
    return [{ centreId, fingerprint, through, version: versions.get(centreId) ?? '0', days }];
  });
}

/** Everything that the doors of a centre follow from, as text: while it is the same, they are. */
function calendarOf({ hours, closures, earlyClosings }: DirectoryEntry): string {
  return JSON.stringify([hours, closures, earlyClosings]);
}

function fingerprintOf(of: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(of)).digest();
}

function daysOffered(
  entry: DirectoryEntry,
  setting: BookingSetting,
  means: CentreMeans,
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
  show: number,
): OfferedDay[] {
  const { centre_id: centreId, time_zone: zone } = entry.centre;
  const offered: OfferedDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const doors = doorsOn(entry, day, zone);
    const begins: Instant = doors?.opens ?? instantOf(day, '00:00', zone);
    const pools: readonly PoolOffer[] = doors === null ? [] : poolsOn(setting, dayMeans(zone, means, day, doors, show));
    offered.push({ centreId, day, begins, pools });
  }
  return offered;
}

function dayMeans(
  zone: TimeZone,
  { windows, equipped, broken, weekPlan, dayPlans }: CentreMeans,
  day: CivilDate,
  doors: DayMeans['doors'],
  showShare: number,
): DayMeans {
  const own = dayPlans.filter((plan) => plan.day === day);
  const usual = () => {
    const weekday = weekdayOf(day);
    return weekPlan.filter(
      (plan) => plan.weekday === weekday && plan.from <= day && (plan.to === null || day <= plan.to),
    );
  };
  const plan = own.length > 0 ? own : usual();
  return {
    day,
    zone,
    doors,
    planned: new Map(plan.map(({ starts, windows: count }) => [instantOf(day, starts, zone), count])),
    windows,
    equipped: new Map(Object.entries(equipped)),
    broken: new Set(broken),
    showShare,
  };
}
