import type { FastifyInstance } from 'fastify';
import { roleContract } from '../../../../contract/people.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { type AuditEntry, auditEntries } from '../../../platform/audit.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleSetting } from '../setting.ts';
import { changeRole, decideGrant, give } from './granting.ts';
import * as store from './store.ts';
import { account, namesOf } from '../staff/store.ts';
import { refuse } from '../../../../core/problems.ts';

/** Roles, who has them where, and who did what. */
export function roleRoutes(app: FastifyInstance, { pool, places, changed }: PeopleSetting): void {
  serve(app, roleContract, {
    'GET /api/roles': async () => [...(await store.roles(pool)).values()],

    'PUT /api/roles/:roleId': async ({ params: { roleId }, body, asker }) => {
      await changeRole(pool, asker, { roleId, ...body });
      changed();
      return { done: true as const };
    },

    'POST /api/staff/:accountId/grants': async ({ params: { accountId }, body: { roleId, scope }, asker }) => {
      const given = await inTransaction(pool, async (client) => {
        if ((await account(client, accountId)) === null) refuse('unknown-account', {});
        return give(client, places, asker, accountId, roleId, scope);
      });
      changed();
      return given;
    },

    'POST /api/grants/:grantId/confirm': async ({ params: { grantId }, asker }) => {
      await decideGrant(pool, places, asker, grantId, 'confirm');
      changed();
      return { done: true as const };
    },

    'POST /api/grants/:grantId/revoke': async ({ params: { grantId }, asker }) => {
      await decideGrant(pool, places, asker, grantId, 'revoke');
      changed();
      return { done: true as const };
    },

    'GET /api/audit': async ({ query: { before, object } }) => {
      const entries = await auditEntries(pool, before ?? null, object ?? null);
      // An entry names nobody for ever: it is read with the names of today.
      const accountOf = (entry: AuditEntry) => /^account (\S+)$/.exec(entry.object)?.[1] ?? '';
      const staffOf = ({ actor }: AuditEntry) => (actor.kind === 'staff' ? (actor.id ?? '') : '');
      const names = await namesOf(
        pool,
        entries.flatMap((entry) => [accountOf(entry), staffOf(entry)]),
      );
      return entries.map((entry) => ({
        ...entry,
        who: names.get(staffOf(entry)) ?? null,
        whose: names.get(accountOf(entry)) ?? null,
      }));
    },
  });
}
