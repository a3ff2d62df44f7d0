import { SEEDED_ROLES } from '../../../../core/access/roles.ts';
import type { Db } from '../../../platform/handles.ts';
import { lockRoles, putRole, roles } from './queries.ts';

/** Brings the roles that the program comes with up to date; those that a person has changed stay as they are. */
export async function seedRoles(db: Db): Promise<void> {
  await db.write(async (tx) => {
    await lockRoles(tx);
    const known = await roles(tx);
    // Included roles first: a role may name only what is there.
    const left = new Map(SEEDED_ROLES.map((role) => [role.roleId, role]));
    while (left.size > 0) {
      for (const role of left.values()) {
        if (role.includes.some((id) => left.has(id))) continue;
        left.delete(role.roleId);
        if (JSON.stringify(known.get(role.roleId)) !== JSON.stringify({ ...role, includes: role.includes.toSorted() }))
          await putRole(tx, role, true);
      }
    }
  });
}
