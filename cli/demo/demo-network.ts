import { NUMBER_LETTERS } from '../../core/queue/configuration.ts';
import { addDays, type CivilDate, civilDateOf, instantOf, minuteOfDay, type TimeZone } from '../../core/time/civil.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { NewCentre, Words } from '../../server/modules/network/index.ts';
import { random } from '../robots/random.ts';
import { demoGroups } from './demo-groups.ts';
import { okrugs } from './districts.ts';
import { inLatin } from './in-latin.ts';

export const DEMO_ZONE = 'Europe/Moscow' as TimeZone;
const DEMO_DAY = '2026-02-19' as CivilDate;
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

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const THURSDAY_TO_SUNDAY = [4, 5, 6, 7];

/** 125 district centres, two flagships and two buses are open in February; four dacha offices wait for the summer. */
export function demoNetwork(): NewCentre[] {
  const draw = random(129);
  const centres: NewCentre[] = [];
  const add = (
    part: Pick<NewCentre, 'kind' | 'name' | 'district'> & {
      opens: string;
      closes: string;
      weekdays: number[];
      season?: [string, string][];
      windows: number;
      groups: number;
    },
  ) => {
    const centreId = centres.length + 1;
    const groups = demoGroups.slice(0, part.groups);
    const groupIds = groups.map(({ groupId }) => groupId);
    const seasons = part.season ?? [['2020-01-01', null] as const];
    centres.push({
      centreId,
      code: `demo-${centreId}`,
      kind: part.kind,
      name: part.name,
      district: part.district,
      timeZone: DEMO_ZONE,
      walkInLimitMinutes: 15,
      readyAfterSeconds: 20,
      hours: part.weekdays.flatMap((weekday) =>
        seasons.map(([validFrom, validTo]) => ({
          weekday,
          validFrom,
          validTo,
          opens: part.opens,
          closes: part.closes,
        })),
      ),
      groups: groups.map(({ groupId, name }, index) => ({ groupId, name, letter: NUMBER_LETTERS.charAt(index) })),
      windows: Array.from({ length: part.windows }, (_, index) => ({ windowId: index + 1, groupIds })),
    });
  };

  for (const { okrug, district } of districts()) {
    add({
      kind: 'district',
      name: { ru: `Центр госуслуг района ${district}`, en: `${inLatin(district)} district service centre` },
      district: words(okrug),
      opens: '08:00',
      closes: '20:00',
      weekdays: EVERY_DAY,
      windows: 14 + Math.floor(draw() * 42),
      groups: demoGroups.length,
    });
  }
  for (const okrug of ['Центральный', 'Юго-Западный']) {
    add({
      kind: 'flagship',
      name: { ru: `Флагманский офис, ${okrug} округ`, en: `Flagship office, ${inLatin(okrug)} okrug` },
      district: words(okrug),
      opens: '10:00',
      closes: '22:00',
      weekdays: EVERY_DAY,
      windows: 80,
      groups: demoGroups.length,
    });
  }
  for (const [ru, en] of [
    ['Троицкий', 'Troitsky'],
    ['Новомосковский', 'Novomoskovsky'],
  ] as const) {
    add({
      kind: 'mobile',
      name: { ru: `Мобильный офис, ${ru} округ`, en: `Mobile office, ${en} okrug` },
      district: { ru, en },
      opens: '09:00',
      closes: '18:00',
      weekdays: EVERY_DAY,
      windows: 3,
      groups: 4,
    });
  }
  for (const [ru, en] of [
    ['Истра', 'Istra'],
    ['Кашира', 'Kashira'],
    ['Клин', 'Klin'],
    ['Дмитров', 'Dmitrov'],
  ] as const) {
    add({
      kind: 'seasonal',
      name: { ru: `Дачный офис «${ru}»`, en: `Dacha office “${en}”` },
      district: { ru: 'Московская область', en: 'Moscow Oblast' },
      opens: '10:00',
      closes: '14:00',
      weekdays: THURSDAY_TO_SUNDAY,
      season: [
        ['2025-05-15', '2025-09-14'],
        ['2026-05-14', '2026-09-13'],
      ],
      windows: 2,
      groups: 3,
    });
  }
  return centres;
}

function districts(): { okrug: string; district: string }[] {
  return okrugs.flatMap(({ name, districts: names }) =>
    names.split(', ').map((district) => ({ okrug: name, district })),
  );
}

/** The id of the centre that a newcomer is shown. */
export function demoCentreId(): number {
  return districts().findIndex(({ district }) => district === DEMO_DISTRICT) + 1;
}

function words(ru: string): Words {
  return { ru, en: inLatin(ru) };
}
