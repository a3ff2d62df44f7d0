import type { CivilDate } from '../time/civil.ts';
import { solveSymmetric } from './linear.ts';

/** One day of one series (a centre's service group, say): how many came in each half hour. */
export interface HistoryDay {
  readonly day: CivilDate;
  readonly counts: readonly number[];
}

export interface History {
  readonly series: string;
  readonly days: readonly HistoryDay[];
}

/** What the calendar says of a day beyond its weekday. A day on which nobody works is simply not in the history. */
export type SpecialDay = 'before-holiday' | 'after-holiday' | 'odd';

export type Calendar = ReadonlyMap<CivilDate, SpecialDay>;

/** How many will come in a half hour: nine of ten days lie between `low` and `high`. */
export interface Expected {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Why a day is expected to be what it is: factors that are multiplied. */
export interface Reasons {
  /** The level of the series: an ordinary day of late. */
  readonly level: number;
  readonly weekday: number;
  readonly season: number;
  readonly trend: number;
  readonly special: number;
}

export interface DayForecast {
  readonly day: CivilDate;
  readonly halfHours: readonly Expected[];
  readonly reasons: Reasons;
}

/** Effects shared by all series, as logarithms; and each series' own. */
export interface ForecastModel {
  readonly from: CivilDate;
  readonly effects: readonly number[];
  readonly withSeason: boolean;
  readonly withTrend: boolean;
  readonly calendar: Calendar;
  readonly series: ReadonlyMap<string, SeriesModel>;
}

/** A day of the history with what the effects make of it. */
interface PastDay {
  readonly number: number;
  readonly counts: readonly number[];
  readonly visitors: number;
  readonly factor: number;
}

interface SeriesModel {
  readonly past: readonly PastDay[];
  /** The spread beyond chance: the variance of a count with mean m is m + spread × m². */
  readonly spread: number;
}

const WEEKDAYS = 7;
const SPECIALS: readonly SpecialDay[] = ['before-holiday', 'after-holiday'];
const SEASON_WAVES = 2;
const YEAR_DAYS = 365.25;
/** A trend is looked for in a history of so many days, a season in one that saw most of a year. */
const TREND_DAYS_MIN = 56;
const SEASON_DAYS_MIN = 300;
/** What is thought of effects before any data: their deviation as logarithms. Few days move them little. */
const PRIOR = { weekday: 0.25, special: 0.3, season: 0.2, trendPerMonth: 0.02 };
/** The deviation of a whole day of all series together that no effect explains. */
const DAY_DEVIATION = 0.12;
/** After so many days a day counts half for the level, and for the shape of a day. */
const LEVEL_HALF_LIFE = 28;
const SHAPE_HALF_LIFE = 84;
/** How far the shape of another day says something about this one. */
const SHAPE_SAME = 1;
const SHAPE_OTHER = 0.05;
const Z95 = 1.6448536269514722;

/** Thrown when there is nothing to learn from; says which series and why. */
export class HistoryFault extends Error {
  override readonly name = 'HistoryFault';
}

/**
 * Learns from histories. The model is plain: a day's visitors are a level times a weekday's factor, a season's, a trend's and a
 * holiday's neighbour's; within the day they follow the shape of similar days. Effects are fitted by weighted least squares on
 * logarithms of whole days, pulled towards none by how little is known (ridge regression; the pull is the prior above).
 * Days that the calendar calls odd are left out. Throws HistoryFault.
 */
export function learn(histories: readonly History[], calendar: Calendar = new Map()): ForecastModel {
  const usable = histories.map(({ series, days }) => ({ series, days: usableDays(series, days, calendar) }));
  const all = [...new Set(usable.flatMap(({ days }) => days.map(({ day }) => day)))].sort();
  const [from] = all;
  const last = all.at(-1);
  if (from === undefined || last === undefined) throw new HistoryFault('there is no history to learn from');
  const length = daysBetween(from, last) + 1;
  const model = {
    from,
    withSeason: length >= SEASON_DAYS_MIN,
    withTrend: length >= TREND_DAYS_MIN,
    calendar,
  };
  const effects = fitEffects(model, usable);
  const half: ForecastModel = { ...model, effects, series: new Map() };
  const series = new Map(
    usable.map(({ series: name, days }) => {
      const past = days.map(({ day, counts }) => ({
        number: dayNumber(day),
        counts,
        visitors: total(counts),
        factor: factorOf(half, day),
      }));
      return [name, { past, spread: spreadOf(past) }] as const;
    }),
  );
  return { ...half, series };
}

function usableDays(series: string, days: readonly HistoryDay[], calendar: Calendar): HistoryDay[] {
  const known = new Set<string>();
  for (const { day, counts } of days) {
    if (known.has(day)) throw new HistoryFault(`${series}: ${day} is there twice`);
    known.add(day);
    const bad = counts.findIndex((count) => !(Number.isFinite(count) && count >= 0));
    if (bad >= 0) throw new HistoryFault(`${series}: ${day}, half hour ${bad}: ${counts[bad]} visitors cannot be`);
  }
  const usable = days.filter(({ day, counts }) => calendar.get(day) !== 'odd' && counts.some((count) => count > 0));
  if (usable.length === 0) throw new HistoryFault(`${series}: the history has no day with visitors`);
  return usable.toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** The effects' values on a day: one of seven weekdays, holidays' neighbours, waves of the year, months since the beginning. */
function featuresOf(
  model: Pick<ForecastModel, 'from' | 'withSeason' | 'withTrend' | 'calendar'>,
  day: CivilDate,
): number[] {
  const since = daysBetween(model.from, day);
  const special = model.calendar.get(day);
  const angle = (2 * Math.PI * since) / YEAR_DAYS;
  return [
    ...Array.from({ length: WEEKDAYS }, (_, index) => (weekdayOf(dayNumber(day)) === index ? 1 : 0)),
    ...SPECIALS.map((one) => (one === special ? 1 : 0)),
    ...(model.withSeason
      ? Array.from({ length: SEASON_WAVES }, (_, wave) => [
          Math.sin((wave + 1) * angle),
          Math.cos((wave + 1) * angle),
        ]).flat()
      : []),
    ...(model.withTrend ? [since / 30] : []),
  ];
}

function priorsOf({ withSeason, withTrend }: Pick<ForecastModel, 'withSeason' | 'withTrend'>): number[] {
  return [
    ...Array.from({ length: WEEKDAYS }, () => PRIOR.weekday),
    ...SPECIALS.map(() => PRIOR.special),
    ...(withSeason ? Array.from({ length: 2 * SEASON_WAVES }, () => PRIOR.season) : []),
    ...(withTrend ? [PRIOR.trendPerMonth] : []),
  ];
}

/** The days of all series together, as deviations from each series' own mean, against the features. */
function fitEffects(
  model: Pick<ForecastModel, 'from' | 'withSeason' | 'withTrend' | 'calendar'>,
  histories: readonly History[],
): number[] {
  const sums = new Map<CivilDate, { deviation: number; weight: number }>();
  for (const { days } of histories) {
    const logs = days.map(({ day, counts }) => ({ day, count: total(counts), log: Math.log(total(counts)) }));
    const weight = total(logs.map(({ count }) => count));
    const mean = logs.reduce((sum, { count, log }) => sum + count * log, 0) / weight;
    for (const { day, count, log } of logs) {
      const at = sums.get(day) ?? { deviation: 0, weight: 0 };
      sums.set(day, { deviation: at.deviation + count * (log - mean), weight: at.weight + count });
    }
  }
  const rows = Array.from(sums, ([day, { deviation, weight }]) => ({
    features: [1, ...featuresOf(model, day)],
    value: deviation / weight,
    weight: 1 / (DAY_DEVIATION * DAY_DEVIATION + 1 / weight),
  }));
  const priors = [Infinity, ...priorsOf(model)];
  const size = priors.length;
  const matrix = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_unused, column) => (row === column ? 1 / (priors[row] as number) ** 2 + 1e-9 : 0)),
  );
  const right = Array.from({ length: size }, () => 0);
  for (const { features, value, weight } of rows) {
    features.forEach((a, row) => {
      right[row] = (right[row] as number) + weight * a * value;
      const line = matrix[row] as number[];
      features.forEach((b, column) => (line[column] = (line[column] as number) + weight * a * b));
    });
  }
  return solveSymmetric(matrix, right).slice(1);
}

/** The factor of a day by all effects together. */
function factorOf(model: ForecastModel, day: CivilDate): number {
  return Math.exp(featuresOf(model, day).reduce((sum, value, index) => sum + value * (model.effects[index] ?? 0), 0));
}

/** What will come on a day. Throws HistoryFault for a series that was not learnt. */
export function forecastDay(model: ForecastModel, series: string, day: CivilDate): DayForecast {
  const known = model.series.get(series);
  if (known === undefined) throw new HistoryFault(`${series}: nothing is known of it`);
  const { level, shape } = levelAndShape(known.past, dayNumber(day));
  const visitors = level * factorOf(model, day);
  const halfHours = shape.map((share): Expected => {
    const mean = visitors * share;
    const deviation = Math.sqrt(mean + known.spread * mean * mean);
    return { mean, low: Math.max(0, mean - Z95 * deviation), high: mean + Z95 * deviation };
  });
  return { day, halfHours, reasons: { level, ...reasonsOf(model, day) } };
}

/** An ordinary day of late, and how its visitors spread over the half hours of such a day. The day itself is left out. */
function levelAndShape(past: readonly PastDay[], number: number) {
  let level = 0;
  let levelWeight = 0;
  let shapeWeight = 0;
  const shape: number[] = [];
  for (const { number: then, counts, visitors, factor } of past) {
    if (then === number) continue;
    const age = Math.abs(then - number);
    const recent = 0.5 ** (age / LEVEL_HALF_LIFE);
    level += (recent * visitors) / factor;
    levelWeight += recent;
    const weight = (0.5 ** (age / SHAPE_HALF_LIFE) * likeness(then, number)) / factor;
    shapeWeight += weight * visitors;
    for (const [slot, count] of counts.entries()) shape[slot] = (shape[slot] ?? 0) + weight * count;
  }
  return {
    level: levelWeight === 0 ? 0 : level / levelWeight,
    shape: shape.map((sum) => (shapeWeight === 0 ? 0 : sum / shapeWeight)),
  };
}

/** Mondays, Saturdays and Sundays are days of their own kind; the days between are alike. */
function likeness(a: number, b: number): number {
  const kind = (number: number) => {
    const weekday = weekdayOf(number);
    return weekday >= 1 && weekday <= 4 ? 1 : weekday;
  };
  return kind(a) === kind(b) ? SHAPE_SAME : SHAPE_OTHER;
}

function reasonsOf(model: ForecastModel, day: CivilDate): Omit<Reasons, 'level'> {
  const features = featuresOf(model, day);
  const factor = (from: number, until: number) =>
    Math.exp(
      features.slice(from, until).reduce((sum, value, index) => sum + value * (model.effects[from + index] ?? 0), 0),
    );
  const special = WEEKDAYS + SPECIALS.length;
  const season = special + (model.withSeason ? 2 * SEASON_WAVES : 0);
  return {
    weekday: factor(0, WEEKDAYS),
    special: factor(WEEKDAYS, special),
    season: factor(special, season),
    trend: factor(season, features.length),
  };
}

/**
 * How much more half hours vary than chance would have them, around what the other days say of each of the last days; never
 * less than whole days do.
 */
function spreadOf(past: readonly PastDay[]): number {
  let beyond = 0;
  let squares = 0;
  for (const { number, counts, factor } of past.slice(-SPREAD_DAYS)) {
    const { level, shape } = levelAndShape(past, number);
    for (const [slot, count] of counts.entries()) {
      const mean = level * factor * (shape[slot] ?? 0);
      beyond += (count - mean) ** 2 - mean;
      squares += mean * mean;
    }
  }
  const seen = squares === 0 ? 0 : beyond / squares;
  return Math.max(seen, DAY_DEVIATION * DAY_DEVIATION);
}

/** The spread is seen on so many of the last days. */
const SPREAD_DAYS = 30;

/** Σ |forecast − what came| over Σ of what came: the honest error of a forecast. Null when nobody came at all. */
export function wape(pairs: Iterable<readonly [forecast: number, actual: number]>): number | null {
  let wrong = 0;
  let came = 0;
  for (const [forecast, actual] of pairs) {
    wrong += Math.abs(forecast - actual);
    came += actual;
  }
  return came === 0 ? null : wrong / came;
}

/** Days since 1970-01-01: arithmetic on dates without a calendar. */
function dayNumber(day: CivilDate): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/** 0 for Monday to 6 for Sunday. */
function weekdayOf(number: number): number {
  return (number + 3) % WEEKDAYS;
}

/** The days from one date to another; negative when the second is earlier. */
function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
