import type { Passport } from '../../../contract/catalogue.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import type { Db, Write } from '../../platform/handles.ts';
import { lettersInUse, type OfferedGroup } from '../network/index.ts';
import { freeLetter } from './letters.ts';
import { offerAll } from './offers.ts';
import { mustBeSound } from './sound.ts';
import { groups, insertGroups, lockCatalogue, publishDraft, putDraft } from './queries.ts';

/** A service with its passport, as it is brought in. */
export interface NewPassport {
  readonly serviceId: string;
  readonly groupId: string;
  readonly passport: Passport;
}

/** Publishes passports from a day on, with the groups that the catalogue has not, and has centres give them. All or nothing. Throws `passport-faulty`. */
export function importPassports(
  db: Db,
  actor: Actor,
  {
    groups: wanted,
    passports,
  }: { readonly groups: readonly OfferedGroup[]; readonly passports: readonly NewPassport[] },
  day: CivilDate,
): Promise<void> {
  return db.write(async (tx) => {
    await lockCatalogue(tx);
    const groupIds = await placeGroups(tx, wanted);
    for (const { serviceId, groupId, passport } of passports) {
      mustBeSound(passport);
      await putDraft(tx, serviceId, groupIds.get(groupId) ?? groupId, passport, actor.id);
      const version = await publishDraft(tx, serviceId, day, false, actor.id);
      await audit(tx, actor, {
        action: 'passport-published',
        object: `service ${serviceId}`,
        details: { version },
      });
    }
    await offerAll(tx, day);
  });
}

/**
 * The groups that the catalogue has not, each with its letter, or another one where that is taken: a list of services gives letters, too. A
 * group of the same name is that group, under whatever id. Gives the ids that stand for the wanted ones.
 */
async function placeGroups(tx: Write, wanted: readonly OfferedGroup[]): Promise<Map<string, string>> {
  const before = await groups(tx);
  const byId = new Set(before.map(({ groupId }) => groupId));
  const byName = new Map(before.map(({ groupId, name }) => [name.ru, groupId]));
  const aside = wanted.map(({ groupId }) => groupId);
  const taken = new Set([...before.map(({ letter }) => letter), ...(await lettersInUse(tx, aside))]);
  const ids = new Map<string, string>();
  const added: OfferedGroup[] = [];
  for (const group of wanted) {
    const known = byId.has(group.groupId) ? group.groupId : byName.get(group.name.ru);
    ids.set(group.groupId, known ?? group.groupId);
    if (known !== undefined) continue;
    const letter = freeLetter(taken.has(group.letter) ? group.name.ru : group.letter, taken);
    added.push({ ...group, letter, place: before.length + added.length });
  }
  await insertGroups(tx, added);
  return ids;
}
