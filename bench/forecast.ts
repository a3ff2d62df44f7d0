import { type Calendar, forecastDay, type History, type HistoryDay, learn, wape } from '../core/planning/forecast.ts';
import { normal, random } from '../core/rehearsal/random.ts';
import { addDays, type CivilDate, weekdayOf } from '../core/time/civil.ts';
import { readTickets } from '../server/modules/planning/index.ts';
import { type Bench, type Figure, figure } from './bench.ts';

const HALF_HOURS = 48;
const TRAIN_UNTIL = '2020-01-10';
/** The days that were recorded after it, each with the last day of its kind before: Mondays, and other days. */
const TEST: readonly (readonly [day: string, before: string])[] = [
  ['2020-01-13', '2019-12-30'],
  ['2020-01-14', '2020-01-10'],
  ['2020-01-15', '2020-01-10'],
];
/** New Year's Eve is no day to learn from. */
const WARSAW_CALENDAR: Calendar = new Map([['2019-12-31' as CivilDate, 'odd']]);

/**
 * How far the forecast of each half hour is off (WAPE), against taking the last day of the same kind. The recorded days of the file
 * in OKNO_TICKETS, office by office; and two years of a made-up centre with season, trend and holidays, where the least possible
 * error is known.
 */
export const benchForecast: Bench = async ({ quick }) => {
  const file = process.env['OKNO_TICKETS'];
  return [...(file === undefined ? [] : await recorded(file)), ...madeUp(quick ? 1 : 5)];
};

async function recorded(file: string): Promise<Figure[]> {
  const offices = await historiesOf(file);
  const histories: History[] = Array.from(offices, ([series, days]) => ({
    series,
    days: [...days].flatMap(([day, counts]) => (day <= TRAIN_UNTIL ? [{ day, counts }] : [])),
  }));
  const model = learn(histories, WARSAW_CALENDAR);
  const told: [number, number][] = [];
  const naive: [number, number][] = [];
  let within = 0;
  for (const [day, before] of TEST) {
    for (const [office, days] of offices) {
      const { halfHours } = forecastDay(model, office, day as CivilDate);
      const came = days.get(day as CivilDate) ?? nobody();
      const then = days.get(before as CivilDate) ?? nobody();
      came.forEach((count, slot) => {
        const { mean = 0, low = 0, high = 0 } = halfHours[slot] ?? {};
        told.push([mean, count]);
        naive.push([then[slot] ?? 0, count]);
        if (count >= Math.floor(low) && count <= Math.ceil(high)) within += 1;
      });
    }
  }
  const [error, naiveError] = [wape(told) ?? 1, wape(naive) ?? 1];
  return [
    figure('recorded offices: error over the last day of the kind', '×', [error / naiveError], { atMost: 0.9 }),
    figure('recorded offices: error of the forecast', 'WAPE', [error]),
    figure('recorded offices: error of the last day of the kind', 'WAPE', [naiveError]),
    figure('recorded offices: half hours within nine of ten', 'share', [within / told.length]),
  ];
}

async function historiesOf(file: string): Promise<Map<string, Map<CivilDate, number[]>>> {
  const offices = new Map<string, Map<CivilDate, number[]>>();
  await readTickets(file, ({ date, office, takenMinute }) => {
    const days = offices.get(office) ?? new Map<CivilDate, number[]>();
    offices.set(office, days);
    const counts = days.get(date) ?? nobody();
    days.set(date, counts);
    const slot = Math.min(HALF_HOURS - 1, Math.floor(takenMinute / 30));
    counts[slot] = (counts[slot] ?? 0) + 1;
  });
  return offices;
}

function nobody(): number[] {
  return Array.from({ length: HALF_HOURS }, () => 0);
}

const YEARS_DAYS = 730;
const TEST_DAYS = 60;

/** Two years of a centre that grows by 1 % a month, with weekdays, a season, and full days before holidays. */
function madeUp(rounds: number): Figure[] {
  const ratios: number[] = [];
  const overLeast: number[] = [];
  for (let seed = 1; seed <= rounds; seed += 1) {
    const { days, expected, calendar } = madeUpYears(seed);
    const until = days.length - TEST_DAYS;
    const model = learn([{ series: 'centre', days: days.slice(0, until) }], calendar);
    const told: [number, number][] = [];
    const naive: [number, number][] = [];
    const least: [number, number][] = [];
    for (const [index, { day, counts }] of days.entries()) {
      if (index < until) continue;
      const { halfHours } = forecastDay(model, 'centre', day);
      const same = days.slice(0, until).findLast((past) => weekdayOf(past.day) === weekdayOf(day));
      counts.forEach((count, slot) => {
        told.push([halfHours[slot]?.mean ?? 0, count]);
        naive.push([same?.counts[slot] ?? 0, count]);
        least.push([expected[index]?.[slot] ?? 0, count]);
      });
    }
    ratios.push((wape(told) ?? 1) / (wape(naive) ?? 1));
    overLeast.push((wape(told) ?? 1) / (wape(least) ?? 1));
  }
  return [
    figure('two made-up years: error over the last same weekday', '×', ratios, { atMost: 0.9 }),
    figure('two made-up years: error over the least that is possible', '×', overLeast),
  ];
}

function madeUpYears(seed: number): { days: HistoryDay[]; expected: number[][]; calendar: Calendar } {
  const draw = random(seed);
  const weekdays = [1.25, 1, 0.95, 1, 1.1, 0.7, 0];
  const calendar = new Map<CivilDate, 'before-holiday'>();
  const days: HistoryDay[] = [];
  const expected: number[][] = [];
  for (let index = 0; index < YEARS_DAYS; index += 1) {
    const day = addDays('2024-01-01' as CivilDate, index);
    const weekday = weekdays[weekdayOf(day) - 1] ?? 0;
    if (weekday === 0) continue;
    const isBefore = index % 45 === 40;
    if (isBefore) calendar.set(day, 'before-holiday');
    const season = 1 + 0.2 * Math.sin((2 * Math.PI * index) / 365.25);
    const whole = 500 * weekday * season * 1.01 ** (index / 30) * (isBefore ? 1.4 : 1);
    const shape = Array.from({ length: 24 }, (_, slot) => 1 + Math.sin((Math.PI * (slot + 1)) / 25));
    const sum = shape.reduce((all, one) => all + one, 0);
    const means = shape.map((one) => (whole * one) / sum);
    expected.push(means);
    const chance = Math.exp(0.05 * normal(draw));
    days.push({
      day,
      counts: means.map((mean) => Math.max(0, Math.round(mean * chance + Math.sqrt(mean) * normal(draw)))),
    });
  }
  return { days, expected, calendar };
}
