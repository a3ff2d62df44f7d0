import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type DayMeans, poolsOn } from '../../../../core/booking/offer.ts';
import { type BookingSetting, USUAL_BOOKING } from '../../../../core/booking/setting.ts';
import type { CentreId, DayKey } from '../../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate, instantOf, weekdayOf } from '../../../../core/time/civil.ts';
import type { CentreMeans } from '../../network/index.ts';
import type { BookableCentre, BookingRoom } from '../room.ts';
import {
  bookingSettings,
  closeDays,
  filledThrough,
  noteFilled,
  type OfferedDay,
  putOffers,
  showShares,
  takeOverMarks,
} from './store.ts';

/** Days ahead that the ledger holds: the longest horizon of a channel, and the change of the day. */
const DAYS_AHEAD = 91;
/** What part comes is told from so many days back and so many bookings. */
const SHOW_DAYS = 90;
const SHOW_BOOKINGS_MIN = 200;

/**
 * Writes what every day of the horizon offers now, of one centre or of all (null): from hours, plans, windows, equipment and the
 * setting. While these are as they were, only days that are new are written. Gives the days where something changed.
 */
export async function fillLedger(
  room: BookingRoom,
  queries: pg.Pool | pg.PoolClient,
  only: CentreId | null,
): Promise<DayKey[]> {
  if (only === null) await takeOverMarks(queries);
  const now = room.now();
  const centres = (await room.centres()).filter(({ centreId }) => only === null || centreId === only);
  const first = centres.map(({ zone }) => businessDayAt(now, zone)).toSorted()[0];
  if (first === undefined) return [];
  const settings = await bookingSettings<BookingSetting>(queries);
  const filled = await filledThrough(queries);
  const means = await room.means(only, first);
  const shows = await showShares(queries, addDays(first, -SHOW_DAYS), SHOW_BOOKINGS_MIN);
  const changed: DayKey[] = [];
  for (const centre of centres) {
    const { centreId, zone } = centre;
    const of = means.get(centreId);
    if (of === undefined) continue;
    const setting = settings.get(centreId) ?? USUAL_BOOKING;
    const show = setting.overbooking === null ? 1 : Math.round((shows.get(centreId) ?? 1) * 100) / 100;
    const fingerprint = fingerprintOf([centre.calendar, zone, of, setting, show]);
    const today = businessDayAt(now, zone);
    const last = addDays(today, DAYS_AHEAD);
    const before = filled.get(centreId);
    const isAsBefore = before !== undefined && before.fingerprint.equals(fingerprint);
    const from = isAsBefore && before.through >= today ? addDays(before.through, 1) : today;
    if (from > last) continue;
    changed.push(...(await fillDays(queries, centre, setting, of, { from, to: last }, show)));
    await noteFilled(queries, centreId, fingerprint, last);
  }
  return changed;
}

function fingerprintOf(of: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(of)).digest();
}

async function fillDays(
  queries: pg.Pool | pg.PoolClient,
  centre: BookableCentre,
  setting: BookingSetting,
  means: CentreMeans,
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
  show: number,
): Promise<DayKey[]> {
  const { centreId } = centre;
  const offered: OfferedDay[] = [];
  const shut: DayKey[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const doors = centre.doorsOn(day);
    if (doors === null) shut.push({ centreId, day });
    else {
      const pools = poolsOn(setting, dayMeans(centre, means, day, doors, show));
      offered.push({ centreId, day, begins: doors.opens, pools });
    }
  }
  return [...(await putOffers(queries, offered)), ...(await closeDays(queries, shut))];
}

function dayMeans(
  { zone }: BookableCentre,
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
