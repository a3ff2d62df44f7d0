import { dayLoad } from '../planning/outlook.ts';
import type { LoadForecast } from '../planning/reserve.ts';
import { type Policy, type QueueConfiguration, readConfiguration } from '../queue/configuration.ts';
import { type RehearsalCity, type RehearsalSite } from './frozen-city.ts';

const GROUP = 'all';
const LETTERS = 'АБВГДЕЖКЛМНП';

/**
 * The rules of a site's hall in a rehearsal: nothing happens by itself. `apart`: each class of services takes a skill of its own;
 * else every window serves everything.
 */
export function configurationOf(
  city: RehearsalCity,
  { windows }: RehearsalSite,
  policy: Policy,
  apart = false,
): QueueConfiguration {
  const groupIds = apart ? city.classes.map(({ classId }) => classId) : [GROUP];
  const services = city.classes.map(({ classId, meanMinutes }) => ({
    serviceId: classId,
    groupId: apart ? classId : GROUP,
    level: 1 as const,
    minutes: meanMinutes,
    off: false,
  }));
  return {
    ...readConfiguration({
      walkInLimitMinutes: city.walkInLimitMinutes,
      appointmentLimitMinutes: city.appointmentLimitMinutes,
      readyAfterSeconds: null,
      promise: { waitSeconds: null, servedSeconds: 60 },
      groups: groupIds.map((groupId, index) => ({ groupId, letter: LETTERS[index % LETTERS.length] as string })),
      windows: Array.from({ length: windows }, (_, index) => ({ windowId: index + 1, groupIds })),
      policy,
    }),
    services,
  };
}

/** The mean service of a city in minutes. */
export function meanServiceOf({ classes }: RehearsalCity): number {
  return classes.reduce((sum, { share, meanMinutes }) => sum + share * meanMinutes, 0);
}

/** What a hall with one visitor a day would carry; a site's load is so many times this. */
export function unitLoad({ weights, classes, appointments }: RehearsalCity): LoadForecast {
  const sum = weights.reduce((whole, weight) => whole + weight, 0);
  return dayLoad(
    weights.map((weight) => weight / sum),
    classes.map(({ share, meanMinutes, cv }) => ({ share, serviceMinutes: meanMinutes, cv })),
    1 - appointments.share,
  );
}

/** The load of a site, by the load of one visitor a day. */
export function loadOf(unit: LoadForecast, { visitsPerDay }: RehearsalSite): LoadForecast {
  const times = (values: readonly number[]) => values.map((value) => value * visitsPerDay);
  return { byMinute: times(unit.byMinute), byHalfHour: times(unit.byHalfHour), walkIns: times(unit.walkIns) };
}
