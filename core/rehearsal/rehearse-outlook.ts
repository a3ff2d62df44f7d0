import { type DayOutlook, SERVICE_CV } from '../planning/outlook.ts';
import type { ReserveTuning } from '../planning/reserve.ts';
import type { RehearsalCity } from './frozen-city.ts';
import { type CityPolicy, type CityTally, prepare, rehearseCityDay, sumOf } from './rehearse-city.ts';
import { type Estimate, reportOf } from './report.ts';
import { HOUR } from '../time/instant.ts';

/** An expected day, with the windows under consideration. */
export interface OutlookToRehearse {
  readonly outlook: DayOutlook;
  readonly opensMinute: number;
  /** Windows in each half hour from the opening. */
  readonly windows: readonly number[];
  readonly windowsMax: number;
  readonly walkInLimitMinutes: number;
  readonly appointmentLimitMinutes: number;
  /** Null: no reserve is called. */
  readonly reserve: ReserveTuning | null;
  readonly days: number;
}

export interface OutlookReport {
  readonly days: number;
  readonly meanWaitMinutes: Estimate;
  readonly over15: Estimate;
  readonly expectedBreaches: number;
  readonly plannedHours: number;
  readonly reserveHours: number;
  readonly overtimeHours: number;
  readonly openings: number;
  readonly workHours: number;
}

const SEED = 1;
/** How much busier or quieter than the forecast a whole day may be: the deviation of its logarithm. */
const DAY_DEVIATION = 0.1;
const SEATING_MINUTES = 2;
const STINT_MINUTES = 20;

/**
 * Plays a day as often as asked with the visitors that are expected, each time others of their kind, through the rules of the hall.
 * Services vary as in the city's mix; the day as a whole may be busier or quieter than the forecast.
 */
export function rehearseOutlook(
  input: OutlookToRehearse,
  tell: (done: number) => void = () => undefined,
): OutlookReport {
  const { outlook, windows, reserve, days } = input;
  const city = cityOf(input);
  const policy: CityPolicy = {
    policyId: 'own',
    name: { ru: '', en: '' },
    order: { kind: 'due-time' },
    plan: { kind: 'given', windows },
    reserve,
    stintMinutes: STINT_MINUTES,
    diversion: null,
  };
  const prepared = prepare(city, policy);
  const own = {
    ...prepared,
    halls: prepared.halls.map((hall) => ({ ...hall, load: outlook.load })),
  };
  const played: CityTally[] = [];
  for (let day = 0; day < days; day += 1) {
    played.push(rehearseCityDay(own, SEED, day));
    tell((day + 1) / days);
  }
  const { meanWaitMinutes, over15 } = reportOf(city, policy, [played]);
  const { all } = sumOf(city, played);
  const aDay = (value: number) => value / days;
  return {
    days,
    meanWaitMinutes,
    over15,
    expectedBreaches: aDay(all.over15),
    plannedHours: aDay(all.plannedMs) / HOUR,
    reserveHours: aDay(all.reserveMs) / HOUR,
    overtimeHours: aDay(all.overtimeMs) / HOUR,
    openings: aDay(all.openings),
    workHours: aDay(all.workMs) / HOUR,
  };
}

/** A city of one hall on one day. */
function cityOf({ outlook, opensMinute, windowsMax, ...limits }: OutlookToRehearse): RehearsalCity {
  const weights = outlook.halfHours.map(({ mean }) => mean);
  const visitors = weights.reduce((sum, mean) => sum + mean, 0);
  return {
    name: '',
    opens: opensMinute,
    closes: opensMinute + weights.length * 30,
    weights,
    classes: outlook.groups.map((group) => ({
      classId: group.groupId,
      name: { ru: '', en: '' },
      share: visitors === 0 ? 1 / outlook.groups.length : group.visitors / visitors,
      meanMinutes: group.serviceMinutes,
      cv: SERVICE_CV,
    })),
    appointments: { share: 0, gridMinutes: 15, noShow: 0, offsetMean: 0, offsetDeviation: 0 },
    dayFactorDeviation: DAY_DEVIATION,
    walkInLimitMinutes: limits.walkInLimitMinutes,
    appointmentLimitMinutes: limits.appointmentLimitMinutes,
    seatingMinutes: SEATING_MINUTES,
    sites: [{ siteId: '1', latitude: 0, longitude: 0, windows: windowsMax, visitsPerDay: visitors }],
  };
}
