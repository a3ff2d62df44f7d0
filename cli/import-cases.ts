import { type CivilDate, instantOf, type TimeZone } from '../core/time/civil.ts';
import { PROGRAM } from '../server/administration.ts';
import { insertRecount } from '../server/modules/applications/index.ts';
import { importPassports, readPassports } from '../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../server/modules/packages/index.ts';
import { openTermCalendar, readCalendarYear } from '../server/modules/terms/index.ts';
import type { Db } from '../server/platform/handles.ts';
import { groupNamed } from './passports/groups.ts';
import { STANDARD_PACKAGES } from './passports/packages.ts';
import { STANDARD_PASSPORTS } from './passports/standard.ts';

/** Not a file: the passports and packages that come along with the program. */
export const STANDARD = 'standard';

/** Passports as JSON or as JSON-LD that was exported; `standard`: those that come along, with the packages made of them. */
export async function importPassportFile(
  database: Db,
  text: string,
  day: CivilDate,
  zone: TimeZone,
  say: (line: string) => void,
): Promise<number> {
  const isStandard = text === STANDARD;
  const passports = isStandard ? STANDARD_PASSPORTS : readPassports(jsonOf(text));
  say(`${passports.length} passports: ${passports.map(({ serviceId }) => serviceId).join(', ')}`);
  const used = [...new Set(passports.map(({ groupId }) => groupId))];
  const groups = used.map((groupId, place) => ({ ...groupNamed(groupId), place }));
  await importPassports(database, PROGRAM, { groups, passports }, day);
  if (isStandard)
    await importPackageTemplates(database, PROGRAM, STANDARD_PACKAGES, instantOf(day, '00:00', zone), day);
  return passports.length;
}

/** A year of the production calendar as JSON: year, act, rest, short, work, decree, provisional. Open applications are computed again. */
export async function importCalendarFile(
  database: Db,
  text: string,
  now: number,
  say: (line: string) => void,
): Promise<CivilDate> {
  const year = readCalendarYear(jsonOf(text));
  const mark = year.provisional ? ' (provisional)' : '';
  say(`${year.year}${mark}: rest ${year.rest}; short ${year.short}; worked ${year.work}; by decree ${year.decree}`);
  const calendar = openTermCalendar(database, () => now);
  const { from } = await calendar.put(PROGRAM, year, (tx, change) =>
    insertRecount(tx, change.serial, change.from, now),
  );
  return from;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The file is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}
