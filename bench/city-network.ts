import { importNetwork, type NewCentre } from '../server/modules/network/index.ts';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { serviceNumbers } from './program.ts';

export const DAY = '2026-02-19';
export const NOON = '2026-02-19T12:00:00+03:00';
export const CITY_CENTRES = 129;
/** Visits on a day of the whole city, and in the second of its busiest half hour (performance anchors of the network). */
export const CITY_VISITS = 70_000;
export const PEAK_VISITS_A_SECOND = 2.1;
export const DAY_HOURS = 12;

/**
 * A folder with a network of centres with so many universal windows each, which call only when told; `more` is done to the database
 * before it is closed.
 */
export async function makeCity(
  folder: string,
  windows: number,
  more: (database: Database) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const database = await openDatabase({ folder });
  await importNetwork(
    database,
    serviceNumbers(CITY_CENTRES).map((centreId) => cityCentre(centreId, windows)),
  );
  await more(database);
  await database.close();
}

/** Four groups, so that numbers do not run out. */
export const CITY_GROUPS = ['А', 'В', 'Г', 'Д'].map((letter, index) => ({
  groupId: `group-${index}`,
  letter,
  name: { ru: letter, en: letter },
}));

/** A centre with so many universal windows; nobody is told that there is no time left. */
export function cityCentre(centreId: number, windows: number): NewCentre {
  return {
    centreId,
    code: `city-${centreId}`,
    kind: 'district',
    name: { ru: `Центр ${centreId}`, en: `Centre ${centreId}` },
    district: { ru: '', en: '' },
    timeZone: 'Europe/Moscow',
    walkInLimitMinutes: 15,
    readyAfterSeconds: null,
    rules: { closingGraceMinutes: null },
    hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      validFrom: '2020-01-01',
      validTo: null,
      opens: '05:00',
      closes: '23:00',
    })),
    groups: CITY_GROUPS,
    windows: serviceNumbers(windows).map((windowId) => ({
      windowId,
      groupIds: CITY_GROUPS.map(({ groupId }) => groupId),
    })),
  };
}
