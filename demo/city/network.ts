import { numberSeries } from '../../core/queue/letters.ts';
import {
  addDays,
  type CivilDate,
  type CivilTime,
  civilDateOf,
  instantOf,
  minuteOfDay,
  type TimeZone,
} from '../../core/time/civil.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { NewCentre, Words } from '../../server/modules/network/index.ts';
import { random } from '../../core/rehearsal/random.ts';
import { demoGroups } from './groups.ts';
import { okrugs } from './districts.ts';
import { inLatin } from '../../core/language/in-latin.ts';

export const DEMO_ZONE = 'Europe/Moscow' as TimeZone;
export const DEMO_DAY = '2026-02-19' as CivilDate;
const EVENING_MINUTE = 19 * 60;

/** The centre that a newcomer is shown. */
export const DEMO_DISTRICT = 'Хамовники';

/** When a demo day's doors open: where the robots begin to play. */
export function demoMorning(kept: Instant | null): Instant {
  const from = kept ?? instantOf(DEMO_DAY, '08:00', DEMO_ZONE);
  if (minuteOfDay(from, DEMO_ZONE) < EVENING_MINUTE) return from;
  return instantOf(addDays(civilDateOf(from, DEMO_ZONE), 1), '08:00', DEMO_ZONE);
}

/** The moment of a demo day at which the newcomer joins: 10:40, on the first day a Thursday. */
export function demoMoment(shown: Instant): Instant {
  return instantOf(civilDateOf(shown, DEMO_ZONE), '10:40', DEMO_ZONE);
}

const PLANNED_FROM = '2020-01-01' as CivilDate;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const THURSDAY_TO_SUNDAY = [4, 5, 6, 7];
const ALL_YEAR: readonly Season[] = [['2020-01-01', null]];
const SUMMERS: readonly Season[] = [
  ['2025-05-15', '2025-09-14'],
  ['2026-05-14', '2026-09-13'],
];

type Season = readonly [from: CivilDate, to: CivilDate | null];

/** What is different from one demo centre to another. */
interface Plan {
  readonly kind: NewCentre['kind'];
  readonly name: Words;
  readonly district: Words;
  readonly opens: string;
  readonly closes: string;
  readonly weekdays: readonly number[];
  readonly seasons: readonly Season[];
  readonly windows: number;
  /** How many of the service groups it offers, the most asked for first. */
  readonly groups: number;
  readonly position: { readonly latitude: number; readonly longitude: number };
  readonly code?: string;
}

/**
 * 125 district centres, two flagships and two buses are open in February; four dacha offices wait for the summer. There
 * is also a training hall, which the robots leave to the newcomer.
 */
export function demoNetwork(): NewCentre[] {
  return [...districtCentres(), ...flagships, ...buses, ...dachaOffices, trainingHall].map((plan, index) =>
    centreOf(plan, index + 1),
  );
}

/** The code of the hall in which nobody but the newcomer serves. */
export const TRAINING_HALL = 'demo-training';

const trainingHall: Plan = {
  kind: 'district',
  name: { ru: 'Учебный зал', en: 'Training hall' },
  district: { ru: 'Учебный', en: 'Training' },
  opens: '08:00',
  closes: '20:00',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  seasons: [['2020-01-01', null]],
  windows: 2,
  groups: 6,
  position: { latitude: 55.752, longitude: 37.617 },
  code: TRAINING_HALL,
};

function districtCentres(): Plan[] {
  const draw = random(129);
  return districts().map(({ okrug, district, position }) => ({
    position,
    kind: 'district',
    name: { ru: `Центр госуслуг района ${district}`, en: `${inLatin(district)} district service centre` },
    district: words(okrug),
    opens: '08:00',
    closes: '20:00',
    weekdays: EVERY_DAY,
    seasons: ALL_YEAR,
    windows: 14 + Math.floor(draw() * 42),
    groups: demoGroups.length,
  }));
}

const flagships = (
  [
    ['Центральный', 55.75, 37.54],
    ['Юго-Западный', 55.61, 37.54],
  ] as const
).map(([okrug, latitude, longitude]): Plan => ({
  position: { latitude, longitude },
  kind: 'flagship',
  name: { ru: `Флагманский офис, ${okrug} округ`, en: `Flagship office, ${inLatin(okrug)} okrug` },
  district: words(okrug),
  opens: '10:00',
  closes: '22:00',
  weekdays: EVERY_DAY,
  seasons: ALL_YEAR,
  windows: 80,
  groups: demoGroups.length,
}));

const buses = (
  [
    ['Троицкий', 55.48, 37.3],
    ['Новомосковский', 55.55, 37.37],
  ] as const
).map(([okrug, latitude, longitude]): Plan => ({
  position: { latitude, longitude },
  kind: 'mobile',
  name: { ru: `Мобильный офис, ${okrug} округ`, en: `Mobile office, ${inLatin(okrug)} okrug` },
  district: words(okrug),
  opens: '09:00',
  closes: '18:00',
  weekdays: EVERY_DAY,
  seasons: ALL_YEAR,
  windows: 3,
  groups: 4,
}));

const dachaOffices = (
  [
    ['Истра', 55.91, 36.86],
    ['Кашира', 54.84, 38.15],
    ['Клин', 56.34, 36.73],
    ['Дмитров', 56.34, 37.52],
  ] as const
).map(([town, latitude, longitude]): Plan => ({
  position: { latitude, longitude },
  kind: 'seasonal',
  name: { ru: `Дачный офис «${town}»`, en: `Dacha office “${inLatin(town)}”` },
  district: { ru: 'Московская область', en: 'Moscow Oblast' },
  opens: '10:00',
  closes: '14:00',
  weekdays: THURSDAY_TO_SUNDAY,
  seasons: SUMMERS,
  windows: 2,
  groups: 3,
}));

function centreOf(
  { kind, name, district, opens, closes, weekdays, seasons, windows, groups, position, code }: Plan,
  centreId: number,
): NewCentre {
  const offered = demoGroups.slice(0, groups);
  const letters = numberSeries(offered.length);
  const groupIds = offered.map(({ groupId }) => groupId);
  return {
    centreId,
    code: code ?? `demo-${centreId}`,
    position,
    zones: zonesOf(windows),
    kind,
    name,
    district,
    timeZone: DEMO_ZONE,
    walkInLimitMinutes: 15,
    readyAfterSeconds: 20,
    rules: DEMO_RULES,
    services: offered.flatMap(({ groupId, services }) => services.map((service) => ({ ...service, groupId }))),
    plannedWindows: weekdays.flatMap((weekday) => planFor(weekday, opens, closes, windows)),
    hours: weekdays.flatMap((weekday) =>
      seasons.map(([validFrom, validTo]) => ({ weekday, validFrom, validTo, opens, closes })),
    ),
    groups: offered.map((group, index) => ({
      groupId: group.groupId,
      name: group.name,
      letter: letters[index] as string,
    })),
    windows: Array.from({ length: windows }, (_, index) => ({ windowId: index + 1, groupIds })),
  };
}

const ZONE_WINDOWS_MIN = 20;

/** A large hall has two zones, so that a visitor knows which way to go. */
function zonesOf(windows: number): NonNullable<NewCentre['zones']> {
  if (windows < ZONE_WINDOWS_MIN) return [];
  const half = Math.ceil(windows / 2);
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [
    { zoneId: 1, name: { ru: 'А', en: 'A' }, windowIds: range(1, half) },
    { zoneId: 2, name: { ru: 'Б', en: 'B' }, windowIds: range(half + 1, windows) },
  ];
}

/** Who goes before others by law: at once, or within five minutes. */
const DEMO_CLASSES = [
  { letter: 'H', limitMinutes: 0, weight: 3 },
  { letter: 'L', limitMinutes: 5, weight: 1 },
];

/** As everywhere, but with more patience: when the robots play a morning in half a minute, a second is five minutes. */
const DEMO_RULES: NonNullable<NewCentre['rules']> = {
  classes: DEMO_CLASSES,
  remoteTickets: true,
  answerSeconds: 300,
  calls: { recallsMax: 3, cooldownSeconds: 20, noShowSeconds: 600, returnsMax: 2 },
};

/** More windows towards noon, fewer in the evening: the shares of a day's visitors by half hour, as a plan. */
function planFor(weekday: number, opens: CivilTime, closes: CivilTime, windows: number) {
  const minuteOf = (time: CivilTime) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const halves = Math.max(0, Math.floor((minuteOf(closes) - minuteOf(opens)) / 30));
  return Array.from({ length: halves }, (_, half) => {
    const minute = minuteOf(opens) + half * 30;
    const busy = Math.max(0.35, 1 - Math.abs(minute - 11.5 * 60) / (10 * 60));
    const starts = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${minute % 60 === 0 ? '00' : '30'}`;
    return {
      weekday,
      validFrom: PLANNED_FROM,
      validTo: null,
      starts,
      windows: Math.max(1, Math.round(windows * busy)),
    };
  });
}

function districts(): { okrug: string; district: string; position: Plan['position'] }[] {
  return okrugs.flatMap(({ name, districts: names }) =>
    names.split(', ').map((text) => {
      const [, district = '', latitude, longitude] = /^(.+) ([\d.]+) ([\d.]+)$/.exec(text) ?? [];
      return { okrug: name, district, position: { latitude: Number(latitude), longitude: Number(longitude) } };
    }),
  );
}

/** The id of the centre that a newcomer is shown. */
export function demoCentreId(): number {
  return districts().findIndex(({ district }) => district === DEMO_DISTRICT) + 1;
}

/** The id of the hall that is left to the newcomer. */
export function trainingHallId(): number {
  return demoNetwork().find(({ code }) => code === TRAINING_HALL)?.centreId ?? 0;
}

function words(ru: string): Words {
  return { ru, en: inLatin(ru) };
}
