import { fullNameOf } from '../../../../core/persons/names.ts';
import type { Read } from '../../../platform/handles.ts';
import { identitiesOf } from '../../persons/index.ts';
import type { CaseContext } from '../context.ts';
import type { Application } from '../queries.ts';

/** The full names of the people of an application, for the paper that they are given. */
export interface PersonNames {
  readonly applicant: string;
  /** Null where nobody acts for the applicant. */
  readonly representative: string | null;
}

/** A dash stands for a name that is not known any more. */
export async function namesOfPersons(
  tx: Read,
  context: CaseContext,
  { personId, representativeId }: Application,
): Promise<PersonNames> {
  const ids = representativeId === null ? [personId] : [personId, representativeId];
  const identities = await identitiesOf(tx, context, ids);
  const nameOf = (id: string) => {
    const identity = identities.get(id);
    return (identity === undefined ? '' : fullNameOf(identity)) || '—';
  };
  return {
    applicant: nameOf(personId),
    representative: representativeId === null ? null : nameOf(representativeId),
  };
}
