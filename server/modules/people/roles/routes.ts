import { roleContract } from '../../../../contract/people.ts';
import { type AuditEntry, auditEntries } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleContext } from '../context.ts';
import { changeRole, decideGrant, give } from './granting.ts';
import * as queries from './queries.ts';
import { account, namesOf } from '../staff/queries.ts';
import { refuse } from '../../../../core/problems.ts';

/** Roles, who has them where, and who did what. */
export function roleRoutes(context: PeopleContext): void {
  const { http, db, places, changed } = context;
  serve(http, roleContract, {
    'GET /api/roles': async () => [...(await db.read((tx) => queries.roles(tx))).values()],

    'PUT /api/roles/:roleId': async ({ params: { roleId }, body, asker }) => {
      await changeRole(db, asker, { roleId, ...body });
      changed();
    },

    'POST /api/staff/:accountId/grants': async ({ params: { accountId }, body: { roleId, scope }, asker }) => {
      const given = await db.write(async (tx) => {
        if ((await account(tx, accountId)) === null) refuse('unknown-account', {});
        return give(tx, places, asker, accountId, roleId, scope);
      });
      changed();
      return given;
    },

    'POST /api/grants/:grantId/confirm': async ({ params: { grantId }, asker }) => {
      await decideGrant(context, asker, grantId, 'confirm');
      changed();
    },

    'POST /api/grants/:grantId/revoke': async ({ params: { grantId }, asker }) => {
      await decideGrant(context, asker, grantId, 'revoke');
      changed();
    },

    'GET /api/audit': ({ query: { before, object } }) =>
      db.read(async (tx) => {
        const entries = await auditEntries(tx, before ?? null, object ?? null);
        // An entry names nobody for ever: it is read with the names of today.
        const accountOf = (entry: AuditEntry) => /^account (\S+)$/.exec(entry.object)?.[1] ?? '';
        const staffOf = ({ actor }: AuditEntry) => (actor.kind === 'staff' ? (actor.id ?? '') : '');
        const accountIds = entries.flatMap((entry) => [accountOf(entry), staffOf(entry)]);
        const names = await namesOf(tx, accountIds);
        return entries.map((entry) => ({
          ...entry,
          who: names.get(staffOf(entry)) ?? null,
          whose: names.get(accountOf(entry)) ?? null,
        }));
      }),
  });
}
