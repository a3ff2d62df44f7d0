import { rightsOf } from '../../../../core/access/roles.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Read } from '../../../platform/handles.ts';
import { roles, rolesHeldAt } from './queries.ts';

/** A person who may work at the windows of a centre. */
export interface Specialist {
  readonly accountId: string;
  readonly name: string;
  /** Runs the hall, or more: sits at a window when it burns, not by a roster. */
  readonly runsHall: boolean;
}

/** Who has a role at this very centre with which one may work at a window, by name. */
export async function specialistsAt(tx: Read, centreId: CentreId): Promise<Specialist[]> {
  const [known, held] = await Promise.all([roles(tx), rolesHeldAt(tx, centreId)]);
  return held.flatMap(({ accountId, name, roleIds }) => {
    const rights = new Set(roleIds.flatMap((roleId) => [...rightsOf(known, roleId)]));
    return rights.has('serve') ? [{ accountId, name, runsHall: rights.has('run-hall') }] : [];
  });
}
