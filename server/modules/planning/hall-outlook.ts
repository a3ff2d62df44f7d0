import type { DayOutlook } from '../../../core/planning/outlook.ts';
import type { Calendar, SpecialDay } from '../../../core/planning/forecast.ts';
import { refuse } from '../../../core/problems.ts';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { CentreId, GroupId } from '../../../core/queue/ids.ts';
import { WITH_MARGIN } from '../../../core/rehearsal/tuned.ts';
import { addDays, type CivilDate, minuteOfDay, type TimeZone } from '../../../core/time/civil.ts';
import { type Instant, MINUTE } from '../../../core/time/instant.ts';
import { briefly } from '../../platform/cache-briefly.ts';
import { doorsOf } from './planned-halls.ts';
import { historyOf, servedMinutes } from './queries.ts';
import { inThread } from './thread.ts';
import type { HallContext } from '../queue/index.ts';

/** A day of a centre with everything that planning knows of it. */
export interface HallOutlook {
  readonly outlook: DayOutlook;
  readonly opensMinute: number;
  readonly timeZone: TimeZone;
  readonly windowsMax: number;
  readonly configuration: QueueConfiguration;
}

const HISTORY_DAYS = 800;
const SERVED_DAYS = 90;
const KEPT_MS = 10 * 60_000;
const HALF_HOUR = 30;
const USUAL_MINUTES = 12;

/** Gives what is expected of a day of a hall; kept for ten minutes. Throws unknown-centre, centre-closed, no-history. */
export function openOutlooks(context: HallContext): (centreId: CentreId, day: CivilDate) => Promise<HallOutlook> {
  const kept = briefly(
    KEPT_MS,
    ({ centreId, day }: { readonly centreId: CentreId; readonly day: CivilDate }) =>
      hallOutlook(context, centreId, day),
    ({ centreId, day }) => `${centreId}/${day}`,
  );
  return (centreId, day) => kept({ centreId, day });
}

async function hallOutlook(context: HallContext, centreId: CentreId, day: CivilDate): Promise<HallOutlook> {
  const { db } = context;
  const { doors, timeZone, closures } = await doorsOf(context, centreId, day);
  if (doors === null) return refuse('centre-closed', { day });
  const configuration = await context.halls.rulesOn(centreId, day);
  const today = (await context.halls.today(centreId)).day;
  const before = day < today ? day : today;
  const { groups, minutes } = await db.read(async (tx) => ({
    groups: await historyOf(tx, centreId, timeZone, before, HISTORY_DAYS),
    minutes: await servedMinutes(tx, centreId, before, SERVED_DAYS),
  }));
  if (groups.size === 0) return refuse('no-history', {});
  const opensMinute = minuteOfDay(doors.opens, timeZone);
  const windowsMax = configuration.windows.length;
  const outlook = await inThread('outlook', {
    day,
    groups: Array.from(groups, ([groupId, days]) => ({
      groupId,
      days,
      serviceMinutes: minutes.get(groupId) ?? minutesOf(configuration, groupId),
    })),
    calendar: calendarOf(closures),
    opens: Math.floor(opensMinute / HALF_HOUR),
    halfHours: halfHoursOf(doors),
    windowsMax,
    tuning: WITH_MARGIN,
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'HistoryFault') return refuse('no-history', {});
    throw error;
  });
  return { outlook, opensMinute, timeZone, windowsMax, configuration };
}

export function halfHoursOf({ opens, closes }: { readonly opens: Instant; readonly closes: Instant }): number {
  return Math.ceil((closes - opens) / (HALF_HOUR * MINUTE));
}

/** By the passports, where nothing was served yet. */
function minutesOf({ services }: QueueConfiguration, groupId: GroupId): number {
  const own = services.filter((service) => service.groupId === groupId);
  return own.length === 0 ? USUAL_MINUTES : own.reduce((sum, { minutes }) => sum + minutes, 0) / own.length;
}

/** Days in addition to those on which the centre itself is closed. */
function calendarOf(closed: readonly CivilDate[]): Calendar {
  const calendar = new Map<CivilDate, SpecialDay>();
  for (const day of closed) calendar.set(addDays(day, 1), 'after-holiday');
  for (const day of closed) calendar.set(addDays(day, -1), 'before-holiday');
  return calendar;
}
