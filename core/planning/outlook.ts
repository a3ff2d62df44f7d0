import type { GroupId } from '../queue/ids.ts';
import type { CivilDate } from '../time/civil.ts';
import { type Calendar, type DayForecast, type Expected, forecastDay, type HistoryDay, learn } from './forecast.ts';
import { type LoadForecast, planOf, type ReserveTuning } from './reserve.ts';
import { offeredLoad } from './transient.ts';

/** The data from which a day of one centre is calculated. Counts are by half hours of the wall clock, from midnight. */
export interface OutlookInput {
  readonly day: CivilDate;
  readonly groups: readonly {
    readonly groupId: GroupId;
    readonly days: readonly HistoryDay[];
    readonly serviceMinutes: number;
  }[];
  readonly calendar: Calendar;
  /** The half hour from midnight in which the doors open, and for how many they stay open. */
  readonly opens: number;
  readonly halfHours: number;
  readonly windowsMax: number;
  readonly tuning: ReserveTuning;
}

export interface DayOutlook {
  readonly historyDays: number;
  readonly halfHours: readonly Expected[];
  readonly reasons: DayForecast['reasons'];
  readonly groups: readonly GroupOutlook[];
  readonly serviceMinutes: number;
  readonly load: LoadForecast;
  /** Windows to plan in each half hour, with a reserve to call. */
  readonly need: readonly number[];
}

/** What is expected of one service group. */
export interface GroupOutlook {
  readonly groupId: GroupId;
  readonly visitors: number;
  readonly halfHours: readonly Expected[];
  readonly serviceMinutes: number;
}

const WHOLE = 'all';
/** The spread of a service's duration (standard deviation over mean), as in the city's mix. */
export const SERVICE_CV = 0.8;
const BEYOND_MINUTES = 60;
const HALF_HOUR = 30;

/** What is expected of a day, and the windows to plan for it. Throws HistoryFault when there is nothing to learn from. */
export function outlookOf({ day, groups, calendar, opens, halfHours, windowsMax, tuning }: OutlookInput): DayOutlook {
  const known = groups.filter(({ days }) => days.some(({ counts }) => counts.some((count) => count > 0)));
  const model = learn(
    [{ series: WHOLE, days: wholeDays(groups) }, ...known.map(({ groupId, days }) => ({ series: groupId, days }))],
    calendar,
  );
  const open = (all: readonly Expected[]) =>
    Array.from({ length: halfHours }, (_, slot) => all[opens + slot] ?? { mean: 0, low: 0, high: 0 });
  const whole = forecastDay(model, WHOLE, day);
  const expected = open(whole.halfHours);
  const visitors = known.map(({ groupId, serviceMinutes }): GroupOutlook => {
    const own = open(forecastDay(model, groupId, day).halfHours);
    return { groupId, serviceMinutes, halfHours: own, visitors: own.reduce((sum, { mean }) => sum + mean, 0) };
  });
  const all = visitors.reduce((sum, group) => sum + group.visitors, 0);
  const shares = visitors.map((group) => ({ ...group, cv: SERVICE_CV, share: all === 0 ? 0 : group.visitors / all }));
  const serviceMinutes = shares.reduce((sum, group) => sum + group.share * group.serviceMinutes, 0);
  const load = dayLoad(
    expected.map(({ mean }) => mean),
    shares,
  );
  return {
    historyDays: new Set(groups.flatMap(({ days }) => days.map((one) => one.day))).size,
    halfHours: expected,
    reasons: whole.reasons,
    groups: visitors,
    serviceMinutes,
    load,
    need: planOf(load, tuning, windowsMax),
  };
}

function wholeDays(groups: OutlookInput['groups']): HistoryDay[] {
  const days = new Map<CivilDate, number[]>();
  for (const { days: own } of groups) {
    for (const { day, counts } of own) {
      const sums = days.get(day) ?? [];
      days.set(day, sums);
      counts.forEach((count, slot) => (sums[slot] = (sums[slot] ?? 0) + count));
    }
  }
  return Array.from(days, ([day, counts]) => ({ day, counts }));
}

/** A kind of service in a day's mix: its share of the visitors, its mean, and its deviation over the mean. */
export interface ServiceInMix {
  readonly share: number;
  readonly serviceMinutes: number;
  readonly cv: number;
}

/** The load over a day when so many come in each half hour, of whom each kind takes its own minutes; `walkIns` of them unannounced. */
export function dayLoad(means: readonly number[], services: readonly ServiceInMix[], walkIns = 1): LoadForecast {
  const perHour = [...means.map((mean) => 2 * mean), 0];
  const minutes = means.length * HALF_HOUR;
  const at = (minute: number) =>
    services.reduce(
      (load, { share, serviceMinutes, cv }) => load + share * offeredLoad(perHour, serviceMinutes, cv, minute),
      0,
    );
  const byMinute = Array.from({ length: minutes + BEYOND_MINUTES }, (_, minute) => at(minute + 1));
  const byHalfHour = means.map(
    (_, half) =>
      byMinute.slice(half * HALF_HOUR, (half + 1) * HALF_HOUR).reduce((sum, one) => sum + one, 0) / HALF_HOUR,
  );
  let came = 0;
  const expected = Array.from(
    { length: minutes },
    (_, minute) => (came += (walkIns * (means[Math.floor(minute / HALF_HOUR)] ?? 0)) / HALF_HOUR),
  );
  return { byMinute, byHalfHour, walkIns: expected };
}
