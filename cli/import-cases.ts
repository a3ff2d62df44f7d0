import type { CivilDate, TimeZone } from '../core/time/civil.ts';
import { PROGRAM } from '../server/platform/index.ts';
import { importPassports, readPassports } from '../server/modules/catalogue/index.ts';
import { changeCalendar, readCalendarYear } from '../server/modules/terms/index.ts';
import type { Db } from '../server/platform/handles.ts';
import { groupsOf, importStandardPassports } from '../demo/passports/import-standard.ts';
import { STANDARD_PASSPORTS } from '../demo/passports/standard.ts';

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
  const passports = text === STANDARD ? STANDARD_PASSPORTS : readPassports(jsonOf(text));
  say(`${passports.length} passports: ${passports.map(({ serviceId }) => serviceId).join(', ')}`);
  if (text === STANDARD) await importStandardPassports(database, day, zone);
  else await importPassports(database, PROGRAM, { groups: groupsOf(passports), passports }, day);
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
  const { from } = await changeCalendar(database, PROGRAM, year, now);
  return from;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The file is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}
