import { type CivilDate, instantOf, type TimeZone } from '../core/time/civil.ts';
import { PROGRAM } from '../server/administration.ts';
import { insertRecount } from '../server/modules/applications/index.ts';
import { importPassports, readPassports } from '../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../server/modules/packages/index.ts';
import { openTermCalendar, readCalendarYear } from '../server/modules/terms/index.ts';
import type { Database } from '../server/platform/database.ts';
import { groupNamed } from './passports/groups.ts';
import { STANDARD_PACKAGES } from './passports/packages.ts';
import { STANDARD_PASSPORTS } from './passports/standard.ts';

/** Not a file: the passports and packages that come along with the program. */
export const STANDARD = 'standard';

/** Passports as JSON or as JSON-LD that was exported; `standard`: those that come along, with the packages made of them. */
export async function importPassportFile(
  database: Database,
  text: string,
  day: CivilDate,
  zone: TimeZone,
  dryRun: boolean,
): Promise<number> {
  const isStandard = text === STANDARD;
  const passports = isStandard ? STANDARD_PASSPORTS : readPassports(JSON.parse(text));
  console.log(`${passports.length} passports: ${passports.map(({ serviceId }) => serviceId).join(', ')}`);
  if (dryRun) return 0;
  const used = [...new Set(passports.map(({ groupId }) => groupId))];
  const groups = used.map((groupId, place) => ({ ...groupNamed(groupId), place }));
  await importPassports(database.pool, PROGRAM, { groups, passports }, day);
  if (isStandard)
    await importPackageTemplates(database.pool, PROGRAM, STANDARD_PACKAGES, instantOf(day, '00:00', zone), day);
  console.log('Written: each is a new version, in force from today.');
  return 0;
}

/** A year of the production calendar as JSON: year, act, rest, short, work, decree, provisional. Open applications are reckoned anew. */
export async function importCalendarFile(
  database: Database,
  text: string,
  now: number,
  dryRun: boolean,
): Promise<number> {
  const year = readCalendarYear(JSON.parse(text));
  const mark = year.provisional ? ' (provisional)' : '';
  console.log(
    `${year.year}${mark}: rest ${year.rest}; short ${year.short}; worked ${year.work}; by decree ${year.decree}`,
  );
  if (dryRun) return 0;
  const calendar = openTermCalendar(database.pool, () => now);
  const { from } = await calendar.put(PROGRAM, year, (queries, change) =>
    insertRecount(queries, change.serial, change.from, now),
  );
  console.log(`Written: days from ${from} on may be others now. A node that serves reckons open applications anew.`);
  return 0;
}
