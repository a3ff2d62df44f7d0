import { refuse } from '../../../core/problems.ts';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import {
  addDays,
  businessDayAt,
  type CivilDate,
  DAY_BOUNDARY,
  instantOf,
  type TimeZone,
  weekdayOf,
} from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type CentreRow, groups, type HoursRow, windows } from './store.ts';
import type { Database } from '../../platform/database.ts';
import type { Directory } from './directory.ts';

/** When a day of a centre begins and ends and its doors open and close, as instants. */
export interface DayBounds {
  readonly start: Instant;
  readonly end: Instant;
  readonly doorsOpen: Instant;
  readonly doorsClose: Instant;
  readonly timeZone: TimeZone;
}

/** The hours that hold on a date; null when the centre does not receive then. */
export function hoursOn(hours: readonly HoursRow[], date: CivilDate): HoursRow | null {
  const weekday = weekdayOf(date);
  return (
    hours.find(
      (row) => row.weekday === weekday && row.validFrom <= date && (row.validTo === null || date <= row.validTo),
    ) ?? null
  );
}

/** The doors of a centre on a date; null when it does not receive then. */
export function doorsOn(
  hours: readonly HoursRow[],
  date: CivilDate,
  zone: TimeZone,
): { opens: Instant; closes: Instant } | null {
  const row = hoursOn(hours, date);
  return row === null ? null : { opens: instantOf(date, row.opens, zone), closes: instantOf(date, row.closes, zone) };
}

/** The bounds and the rules of the business day that is running. Throws unknown-centre, not-this-day or centre-closed. */
export async function planDay(
  database: Database,
  directory: Directory,
  { centreId, day }: DayKey,
  now: Instant,
): Promise<{ bounds: DayBounds; configuration: QueueConfiguration }> {
  const { centre, hours } = await directory.centre(centreId);
  const today = businessDayAt(now, centre.time_zone);
  if (day !== today) return refuse('not-this-day', { day, today });
  const doors = doorsOn(hours, day, centre.time_zone);
  if (doors === null) return refuse('centre-closed', { day });
  return {
    bounds: {
      start: instantOf(day, DAY_BOUNDARY, centre.time_zone),
      end: instantOf(addDays(day, 1), DAY_BOUNDARY, centre.time_zone),
      doorsOpen: doors.opens,
      doorsClose: doors.closes,
      timeZone: centre.time_zone,
    },
    configuration: await configurationOf(database, centre, centreId),
  };
}

async function configurationOf(database: Database, centre: CentreRow, centreId: CentreId): Promise<QueueConfiguration> {
  const [groupRows, windowRows] = await Promise.all([groups(database, centreId), windows(database, centreId)]);
  return {
    walkInLimitMinutes: centre.walk_in_limit_minutes,
    readyAfterSeconds: centre.ready_after_seconds,
    groups: groupRows.map(({ group_id: groupId, letter }) => ({ groupId, letter })),
    windows: windowRows,
  };
}
