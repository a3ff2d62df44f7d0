import type pg from 'pg';
import type { Passport } from '../../../contract/catalogue.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { lettersInUse, type OfferedGroup } from '../network/index.ts';
import { freeLetter } from './letters.ts';
import { offerAll } from './offers.ts';
import { mustBeSound } from './sound.ts';
import { groups, insertGroups, lockCatalogue, publishDraft, putDraft } from './store.ts';

/** A service with its passport, as it is brought in. */
export interface NewPassport {
  readonly serviceId: string;
  readonly groupId: string;
  readonly passport: Passport;
}

/** Publishes passports from a day on, with the groups that the catalogue has not, and has centres give them. All or nothing. Throws `passport-faulty`. */
export function importPassports(
  pool: pg.Pool,
  actor: Actor,
  {
    groups: wanted,
    passports,
  }: { readonly groups: readonly OfferedGroup[]; readonly passports: readonly NewPassport[] },
  day: CivilDate,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    await lockCatalogue(client);
    const groupIds = await placeGroups(client, wanted);
    for (const { serviceId, groupId, passport } of passports) {
      mustBeSound(passport);
      await putDraft(client, serviceId, groupIds.get(groupId) ?? groupId, passport, actor.id);
      const version = await publishDraft(client, serviceId, day, false, actor.id);
      await audit(client, actor, {
        action: 'passport-published',
        object: `service ${serviceId}`,
        details: { version },
      });
    }
    await offerAll(client, day);
  });
}

/**
 * The groups that the catalogue has not, each with its letter, or another one where that is taken: a list of services gives letters, too. A
 * group of the same name is that group, under whatever id. Gives the ids that stand for the wanted ones.
 */
async function placeGroups(client: pg.PoolClient, wanted: readonly OfferedGroup[]): Promise<Map<string, string>> {
  const before = await groups(client);
  const byId = new Set(before.map(({ groupId }) => groupId));
  const byName = new Map(before.map(({ groupId, name }) => [name.ru, groupId]));
  const aside = wanted.map(({ groupId }) => groupId);
  const taken = new Set([...before.map(({ letter }) => letter), ...(await lettersInUse(client, aside))]);
  const ids = new Map<string, string>();
  const added: OfferedGroup[] = [];
  for (const group of wanted) {
    const known = byId.has(group.groupId) ? group.groupId : byName.get(group.name.ru);
    ids.set(group.groupId, known ?? group.groupId);
    if (known !== undefined) continue;
    const letter = freeLetter(taken.has(group.letter) ? group.name.ru : group.letter, taken);
    added.push({ ...group, letter, place: before.length + added.length });
  }
  await insertGroups(client, added);
  return ids;
}
