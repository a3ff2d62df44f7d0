import type { FastifyInstance } from 'fastify';
import { staffContract } from '../../../../contract/people.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleSetting } from '../setting.ts';
import { accountsFor, createAccount, importAccounts, inviteAgain, setAccountState } from './accounts.ts';

/** The accounts of those who work here. */
export function staffRoutes(app: FastifyInstance, { pool, places, changed }: PeopleSetting): void {
  serve(app, staffContract, {
    'GET /api/staff': ({ asker }) => accountsFor(pool, places, asker),

    'POST /api/staff': ({ body, asker }) =>
      createAccount(pool, places, asker, body as Parameters<typeof createAccount>[3]),

    'POST /api/staff/import': async ({ body: { csv }, asker }) => {
      const made = await importAccounts(pool, places, asker, csv);
      changed();
      return made;
    },

    'POST /api/staff/:accountId/invitation': async ({
      params: { accountId },
      body: { withoutSecondFactor },
      asker,
    }) => {
      const invitation = await inviteAgain(pool, places, asker, accountId, withoutSecondFactor);
      changed();
      return invitation;
    },

    'POST /api/staff/:accountId/state': async ({ params: { accountId }, body: { disabled }, asker }) => {
      await setAccountState(pool, places, asker, accountId, disabled);
      changed();
      return { done: true as const };
    },
  });
}
