import { Value } from 'typebox/value';
import { HallRules } from '../../../contract/hall-rules.ts';
import { refuse } from '../../../core/problems.ts';
import {
  configurationFaults,
  type WindowRule,
  type GroupRule,
  type QueueConfiguration,
  readConfiguration,
  type ServiceRule,
  USUAL_RULES,
} from '../../../core/queue/configuration.ts';
import { type UsableRules, usableRules } from '../../../core/queue/usable-rules.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import {
  addDays,
  minuteOfDay,
  businessDayAt,
  type CivilDate,
  DAY_BOUNDARY,
  instantOf,
  type TimeZone,
  weekdayOf,
} from '../../../core/time/civil.ts';
import { HALF_HOUR } from '../../../core/queue/time-left.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { OfferedService } from './offers/queries.ts';
import {
  type CentreRules,
  groups,
  type HoursRow,
  plannedWindows,
  type ServiceRow,
  services,
  windows,
} from './queries.ts';
import { faultInWords } from '../../platform/check-input.ts';
import type { Db, Read } from '../../platform/handles.ts';
import type { Directory, DirectoryEntry } from './directory.ts';

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

/** The doors of a centre on a date by its hours and closures; null when it does not receive then. */
export function scheduledDoorsOn(
  { hours, closures }: Pick<DirectoryEntry, 'hours' | 'closures'>,
  date: CivilDate,
  zone: TimeZone,
): { opens: Instant; closes: Instant } | null {
  const row = closures.find(({ day }) => day === date) ?? hoursOn(hours, date);
  if (row === null || row.opens === null || row.closes === null) return null;
  return { opens: instantOf(date, row.opens, zone), closes: instantOf(date, row.closes, zone) };
}

/** The doors of a centre on a date as they are now: doors that a person closed early close at that moment. */
export function doorsOn(
  entry: DirectoryEntry,
  date: CivilDate,
  zone: TimeZone,
): { opens: Instant; closes: Instant } | null {
  const doors = scheduledDoorsOn(entry, date, zone);
  if (doors === null) return null;
  const closedAt = entry.earlyClosings.find(({ day }) => day === date)?.closedAt ?? doors.closes;
  return { opens: doors.opens, closes: Math.max(doors.opens, Math.min(doors.closes, closedAt)) };
}

/** The next date after this one on which the centre receives, within a year; null when there is none. */
export function nextOpenDay(entry: DirectoryEntry, date: CivilDate): CivilDate | null {
  for (let days = 1; days <= 366; days += 1) {
    const next = addDays(date, days);
    if (doorsOn(entry, next, entry.centre.time_zone) !== null) return next;
  }
  return null;
}

/** What a centre has on trial on a day. */
export interface PilotOffer {
  readonly rules: CentreRules;
  readonly services: readonly OfferedService[];
}

/** Tells what a centre has on trial. */
export type PilotsOn = (tx: Read, centreId: CentreId, day: CivilDate) => Promise<PilotOffer>;

/** The bounds and the rules of the business day that is running. Throws unknown-centre, not-this-day or centre-closed. */
export async function planDay(
  db: Db,
  directory: Directory,
  pilotsOn: PilotsOn,
  { centreId, day }: DayKey,
  now: Instant,
): Promise<{ bounds: DayBounds } & UsableRules> {
  const entry = await directory.centre(centreId);
  const { time_zone: timeZone } = entry.centre;
  const today = businessDayAt(now, timeZone);
  if (day !== today) return refuse('not-this-day', { day, today });
  const doors = scheduledDoorsOn(entry, day, timeZone);
  if (doors === null) return refuse('centre-closed', { day });
  return {
    bounds: {
      start: instantOf(day, DAY_BOUNDARY, timeZone),
      end: instantOf(addDays(day, 1), DAY_BOUNDARY, timeZone),
      doorsOpen: doors.opens,
      doorsClose: doors.closes,
      timeZone,
    },
    ...(await configurationOf(db, directory, pilotsOn, centreId, day)),
  };
}

/**
 * The rules of a hall on a day: those of its centre, with the groups, services and windows of all centres that share it. What was written
 * before it was checked, such as two groups with one letter, shuts no hall: it is mended, and told.
 */
export async function configurationOf(
  db: Db,
  directory: Directory,
  pilotsOn: PilotsOn,
  centreId: CentreId,
  day: CivilDate,
): Promise<UsableRules> {
  return usableRules(await writtenRules(db, directory, pilotsOn, centreId, day));
}

/** The rules of a hall on a day as they are written. */
async function writtenRules(
  db: Db,
  directory: Directory,
  pilotsOn: PilotsOn,
  centreId: CentreId,
  day: CivilDate,
): Promise<QueueConfiguration> {
  const host = await directory.centre(centreId);
  const guests = (await directory.all()).filter(({ centre }) => centre.hall_of === centreId);
  return db.read(async (tx) => {
    const parts: { groups: GroupRule[]; services: ServiceRule[]; windows: WindowRule[] }[] = [];
    for (const { centre } of [host, ...guests]) {
      const id = centre.centre_id;
      const given = (await services(tx, id, day)).map(serviceRule);
      const tried = (await pilotsOn(tx, id, day)).services.map(onTrial);
      parts.push({
        groups: (await groups(tx, id)).map(groupRule),
        services: [...given, ...tried],
        windows: await windows(tx, id),
      });
    }
    return readConfiguration({
      ...USUAL_RULES,
      ...host.centre.queue_rules,
      ...(await pilotsOn(tx, centreId, day)).rules,
      walkInLimitMinutes: host.centre.walk_in_limit_minutes,
      readyAfterSeconds: host.centre.ready_after_seconds,
      groups: firstOf(
        parts.flatMap((part) => part.groups),
        ({ groupId }) => groupId,
      ),
      services: firstOf(
        parts.flatMap((part) => part.services),
        ({ serviceId }) => serviceId,
      ),
      windows: firstOf(
        parts.flatMap((part) => part.windows),
        ({ windowId }) => String(windowId),
      ),
      plannedWindows: await planOf(tx, host, day),
    });
  });
}

/** What two centres in one hall both have is one thing: the host's comes first. */
function firstOf<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const one of all) if (!byKey.has(keyOf(one))) byKey.set(keyOf(one), one);
  return [...byKey.values()];
}

function groupRule(row: Awaited<ReturnType<typeof groups>>[number]): GroupRule {
  const { group_id: groupId, letter, first_number: firstNumber, last_number: lastNumber, quota } = row;
  return { groupId, letter, firstNumber, lastNumber, quota };
}

function serviceRule({ service_id: serviceId, group_id: groupId, level, minutes, off }: ServiceRow): ServiceRule {
  return { serviceId, groupId, level, minutes, off: off !== null };
}

function onTrial({ serviceId, groupId, level, minutes }: OfferedService): ServiceRule {
  return { serviceId, groupId, level, minutes, off: false };
}

/** Why a centre could not work if this rule had this value; null when it could. Throws unknown-centre. */
export async function ruleFault(
  db: Db,
  directory: Directory,
  centreId: CentreId,
  day: CivilDate,
  rule: string,
  value: unknown,
): Promise<string | null> {
  await directory.centre(centreId);
  const shape = HallRules.properties[rule as keyof typeof HallRules.properties];
  if (shape === undefined) return `“${rule}” is not one of ${Object.keys(HallRules.properties).join(', ')}`;
  const fault = faultInWords(shape, Value.Errors(shape, value));
  if (fault !== null) return `${rule}${fault}`;
  return newFault(db, directory, centreId, day, { rules: { [rule]: value } as CentreRules, services: [] });
}

/** Why a centre could not give this service; null when it could. Throws unknown-centre. */
export async function serviceFault(
  db: Db,
  directory: Directory,
  centreId: CentreId,
  day: CivilDate,
  service: OfferedService,
): Promise<string | null> {
  return newFault(db, directory, centreId, day, { rules: {}, services: [service] });
}

/** What would be wrong with the rules of a hall with a pilot that is right without it. */
async function newFault(
  db: Db,
  directory: Directory,
  centreId: CentreId,
  day: CivilDate,
  pilot: PilotOffer,
): Promise<string | null> {
  const hallId = await directory.hallOf(centreId);
  const faultsWith = async (offer: PilotOffer) =>
    configurationFaults(
      await writtenRules(
        db,
        directory,
        async (_tx, id) => (id === centreId ? offer : { rules: {}, services: [] }),
        hallId,
        day,
      ),
    );
  const before = await faultsWith({ rules: {}, services: [] });
  const faults = (await faultsWith(pilot)).filter((fault) => !before.includes(fault));
  return faults.length === 0 ? null : faults.join('; ');
}

/** The wall-clock times, such as `08:00`, of the half hours in which a plan of a day is written. */
export function halfHourStarts({ opens, closes }: { opens: Instant; closes: Instant }, zone: TimeZone): string[] {
  const halves = Math.ceil((closes - opens) / HALF_HOUR);
  return Array.from({ length: halves }, (_, half) => {
    const at = opens + half * HALF_HOUR;
    const minute = minuteOfDay(at - (at % HALF_HOUR), zone);
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  });
}

/** The plan as a list of half hours from the opening of the doors. */
async function planOf(tx: Read, entry: DirectoryEntry, day: CivilDate): Promise<number[]> {
  const { time_zone: zone, centre_id: centreId } = entry.centre;
  const doors = scheduledDoorsOn(entry, day, zone);
  const plan = await plannedWindows(tx, centreId, day);
  if (doors === null || plan.length === 0) return [];
  const byStart = new Map(plan.map(({ starts, windows: count }) => [instantOf(day, starts, zone), count]));
  const halves = Math.ceil((doors.closes - doors.opens) / HALF_HOUR);
  return Array.from({ length: halves }, (_, half) => {
    const at = doors.opens + half * HALF_HOUR;
    return byStart.get(at - (at % HALF_HOUR)) ?? 0;
  });
}
