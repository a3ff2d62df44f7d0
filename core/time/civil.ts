import { Temporal } from 'temporal-polyfill';
import type { Brand } from '../brand.ts';
import type { Instant } from './instant.ts';

/** A calendar day without a zone, `YYYY-MM-DD`. */
export type CivilDate = Brand<string, 'CivilDate'>;
/** A time on the wall without a zone, `HH:MM`. */
export type CivilTime = Brand<string, 'CivilTime'>;
/** An IANA time zone name, such as `Europe/Moscow`. */
export type TimeZone = Brand<string, 'TimeZone'>;

/** Monday is 1, Sunday is 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A business day begins at 04:00 on the wall, so that a late hall still belongs to its own day. */
export const DAY_BOUNDARY = '04:00' as CivilTime;

/** The date of a well-formed string that exists in the calendar, else null (29 February, 31 April). */
export function parseCivilDate(text: string): CivilDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as CivilDate;
  } catch {
    return null;
  }
}

/**
 * The moment at which a wall clock in the zone shows this date and time. A time that the clocks skip
 * is moved forward by the gap; of a time that comes twice the earlier one is meant.
 */
export function instantOf(date: CivilDate, time: CivilTime, zone: TimeZone): Instant {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds;
}

/** The date that a wall clock in the zone shows at this moment. */
export function civilDateOf(instant: Instant, zone: TimeZone): CivilDate {
  return zoned(instant, zone).toPlainDate().toString() as CivilDate;
}

/** Minutes since midnight on the wall at this moment, 0 to 1439. */
export function minuteOfDay(instant: Instant, zone: TimeZone): number {
  const wall = zoned(instant, zone);
  return wall.hour * 60 + wall.minute;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as CivilDate;
}

export function weekdayOf(date: CivilDate): Weekday {
  return Temporal.PlainDate.from(date).dayOfWeek as Weekday;
}

/** The business day that is running at this moment: the civil date, but of yesterday until 04:00. */
export function businessDayAt(instant: Instant, zone: TimeZone): CivilDate {
  const date = civilDateOf(instant, zone);
  return instant < instantOf(date, DAY_BOUNDARY, zone) ? addDays(date, -1) : date;
}

/** True for a name that the time zone database knows. */
export function isTimeZone(name: string): name is TimeZone {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** The wall clock of a zone at a moment; of a clock that shows parts of a millisecond, such as a screen's, the whole ones count. */
export function zoned(instant: Instant, zone: TimeZone): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(zone);
}
