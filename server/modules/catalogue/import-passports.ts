import type pg from 'pg';
import type { Passport } from '../../../contract/catalogue.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { type Actor, audit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/transaction.ts';
import type { OfferedGroup } from '../network/index.ts';
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
    const known = new Set((await groups(client)).map(({ groupId }) => groupId));
    await insertGroups(
      client,
      wanted.filter(({ groupId }) => !known.has(groupId)),
    );
    for (const { serviceId, groupId, passport } of passports) {
      mustBeSound(passport);
      await putDraft(client, serviceId, groupId, passport, actor.id);
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
