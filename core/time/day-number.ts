import type { CivilDate } from './civil.ts';

/** A civil date as days since 1970-01-01, for arithmetic that must be quick. */
export type DayNumber = number;

const DAYS_OF_400_YEARS = 146_097;
const DAYS_TO_1970 = 719_468;

/** The number of a well-formed date. The years begin in March here, so that the leap day is the last (Howard Hinnant, days_from_civil). */
export function dayNumberOf(date: CivilDate): DayNumber {
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_TO_1970;
}

/** The date of a number: the way back (civil_from_days). */
export function dateOfDayNumber(number: DayNumber): CivilDate {
  const { year, month, day } = partsOf(number);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as CivilDate;
}

export function yearOfDayNumber(number: DayNumber): number {
  return partsOf(number).year;
}

/** Monday is 1, Sunday is 7. */
export function weekdayOfDayNumber(number: DayNumber): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** The same day of the month so many months later, or the last day of that month where it has none such. */
export function addMonths(number: DayNumber, months: number): DayNumber {
  const { year, month, day } = partsOf(number);
  const index = year * 12 + month - 1 + months;
  const first = dayNumberOf(`${Math.floor(index / 12)}-${two((index % 12) + 1)}-01` as CivilDate);
  const next = index + 1;
  const last = dayNumberOf(`${Math.floor(next / 12)}-${two((next % 12) + 1)}-01` as CivilDate) - 1;
  return Math.min(first + day - 1, last);
}

function partsOf(number: DayNumber): { year: number; month: number; day: number } {
  const shifted = number + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_OF_400_YEARS);
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth + (marchMonth < 10 ? 3 : -9);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
