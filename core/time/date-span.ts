import { addDays, type CivilDate } from './civil.ts';

/**
 * The years around today in which a date of each meaning can be: `asked`, a day whose work is looked at; `planned`, a day for which something
 * is set; `happened`, what is over; `rule`, from when or until when something holds; `life`, a day of a person or of a document, which
 * `core/persons/dates.ts` checks with its own words.
 */
export const DATE_SPANS = {
  asked: { yearsBack: 10, yearsAhead: 2 },
  planned: { yearsBack: 1, yearsAhead: 2 },
  happened: { yearsBack: 10, yearsAhead: 0 },
  rule: { yearsBack: 100, yearsAhead: 10 },
  born: { yearsBack: 130, yearsAhead: 0 },
  life: { yearsBack: 130, yearsAhead: 200 },
} as const;

export type DateSpan = keyof typeof DATE_SPANS;

/** The first and the last day that a date of this meaning can be. */
export function daysOfSpan(span: DateSpan, today: CivilDate): { readonly from: CivilDate; readonly to: CivilDate } {
  const { yearsBack, yearsAhead } = DATE_SPANS[span];
  // A day more: a centre in the east has the date before the others have it.
  const last = addDays(inYears(today, yearsAhead), 1);
  return { from: inYears(today, -yearsBack), to: last };
}

function inYears(day: CivilDate, years: number): CivilDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = month === 2 && date === 29 ? 28 : date;
  return [String(year + years).padStart(4, '0'), String(month).padStart(2, '0'), String(last).padStart(2, '0')].join(
    '-',
  ) as CivilDate;
}
