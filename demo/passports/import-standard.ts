import { type CivilDate, instantOf, type TimeZone } from '../../core/time/civil.ts';
import { PROGRAM } from '../../server/platform/index.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../../server/modules/packages/index.ts';
import type { Db } from '../../server/platform/handles.ts';
import { groupNamed } from './groups.ts';
import { STANDARD_PACKAGES } from './packages.ts';
import { STANDARD_PASSPORTS } from './standard.ts';

/** Puts the passports and packages that come with Okno into the catalogue, each as a new version in force from `day`. */
export async function importStandardPassports(database: Db, day: CivilDate, zone: TimeZone): Promise<void> {
  const passports = STANDARD_PASSPORTS;
  await importPassports(database, PROGRAM, { groups: groupsOf(passports), passports }, day);
  await importPackageTemplates(database, PROGRAM, STANDARD_PACKAGES, instantOf(day, '00:00', zone), day);
}

/** The service groups of some passports, in the order in which the passports name them. */
export function groupsOf(passports: readonly { readonly groupId: string }[]) {
  const used = [...new Set(passports.map(({ groupId }) => groupId))];
  return used.map((groupId, place) => ({ ...groupNamed(groupId), place }));
}
