import type pg from 'pg';
import { type DayMeans, poolsOn } from '../../../../core/booking/offer.ts';
import { type BookingSetting, USUAL_BOOKING } from '../../../../core/booking/setting.ts';
import type { CentreId, DayKey } from '../../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate, instantOf, weekdayOf } from '../../../../core/time/civil.ts';
import type { CentreMeans } from '../../network/index.ts';
import type { BookableCentre, BookingRoom } from '../room.ts';
import { bookingSettings, closeDays, type OfferedDay, putOffers, showShares } from './store.ts';

/** Days ahead that the ledger holds: the longest horizon of a channel, and the change of the day. */
const DAYS_AHEAD = 91;
/** What part comes is told from so many days back and so many bookings. */
const SHOW_DAYS = 90;
const SHOW_BOOKINGS_MIN = 200;

/**
 * Writes what every day of the horizon offers now, of one centre or of all (null): from hours, plans, windows, equipment and the
 * setting. Days that have not changed are left alone. Gives the days where something changed.
 */
export async function fillLedger(
  room: BookingRoom,
  queries: pg.Pool | pg.PoolClient,
  only: CentreId | null,
): Promise<DayKey[]> {
  const now = room.now();
  const centres = (await room.centres()).filter(({ centreId }) => only === null || centreId === only);
  const first = centres.map(({ zone }) => businessDayAt(now, zone)).toSorted()[0];
  if (first === undefined) return [];
  const [settings, means, shows] = await Promise.all([
    bookingSettings<BookingSetting>(queries),
    room.means(only, first),
    showShares(queries, addDays(first, -SHOW_DAYS), SHOW_BOOKINGS_MIN),
  ]);
  const changed: DayKey[] = [];
  for (const centre of centres) {
    const { centreId } = centre;
    const of = means.get(centreId);
    if (of === undefined) continue;
    const setting = settings.get(centreId) ?? USUAL_BOOKING;
    const today = businessDayAt(now, centre.zone);
    const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => addDays(today, ahead));
    const offered = days.flatMap((day): OfferedDay[] => {
      const doors = centre.doorsOn(day);
      if (doors === null) return [];
      const meansOfDay = dayMeans(centre, of, day, doors, shows.get(centreId) ?? 1);
      return [{ centreId, day, begins: doors.opens, pools: poolsOn(setting, meansOfDay) }];
    });
    const open = new Set(offered.map(({ day }) => day));
    const shut = days.filter((day) => !open.has(day)).map((day) => ({ centreId, day }));
    changed.push(...(await putOffers(queries, offered)), ...(await closeDays(queries, shut)));
  }
  return changed;
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
