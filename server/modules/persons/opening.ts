import type { Person, Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { Identity } from '../../../contract/persons.ts';
import { audit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import type { Write } from '../../platform/handles.ts';
import { placeOf, type Vault } from '../../platform/vault.ts';
import type { PersonRow } from './queries.ts';

/** A purpose for which the asker may open personal data, and whom it names; null where it names nobody in particular. */
export interface Opening {
  readonly purpose: Purpose;
  readonly named: ReadonlySet<string> | null;
}

/** Decides whether the asker may open personal data for a purpose. Throws `purpose-needed` or `foreign-centre`. */
export type OpeningFor<Above extends Context> = (context: Above, asker: Asker, purpose: Purpose) => Promise<Opening>;

/** A record in clear. */
export function openRecord(vault: Vault, { personId, sealed, edition }: PersonRow): Person {
  return {
    personId,
    edition,
    identity: JSON.parse(vault.open(sealed, placeOf('person', personId))) as Identity,
  };
}

/** Logs what was done with personal data, and for which purpose. */
export function logOpening(tx: Write, asker: Asker, action: string, object: string, { purpose }: Opening) {
  return audit(tx, asker, { action, object, details: { purpose } });
}
