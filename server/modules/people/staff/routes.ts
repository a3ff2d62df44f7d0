import type { FastifyInstance } from 'fastify';
import { staffContract } from '../../../../contract/people.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleSetting } from '../setting.ts';
import { accountsFor, createAccount, endSessionsOf, importAccounts, inviteAgain, setAccountState } from './accounts.ts';
import { confirmDrop, dropFactor, refuseDrop } from './factor-reset/factor-reset.ts';

/** The accounts of those who work here. */
export function staffRoutes(app: FastifyInstance, { db, places, changed }: PeopleSetting): void {
  serve(app, staffContract, {
    'GET /api/staff': ({ asker }) => accountsFor(db, places, asker),

    'POST /api/staff': ({ body, asker }) =>
      createAccount(db, places, asker, body as Parameters<typeof createAccount>[3]),

    'POST /api/staff/import': async ({ body: { csv }, asker }) => {
      const made = await importAccounts(db, places, asker, csv);
      changed();
      return made;
    },

    'POST /api/staff/:accountId/invitation': async ({
      params: { accountId },
      body: { withoutSecondFactor },
      asker,
    }) => {
      const invitation = withoutSecondFactor
        ? await dropFactor(db, places, asker, accountId)
        : { ...(await inviteAgain(db, places, asker, accountId)), secondFactor: 'kept' as const };
      changed();
      return invitation;
    },

    'POST /api/staff/:accountId/second-factor-drop/confirm': async ({ params: { accountId }, asker }) => {
      const invitation = await confirmDrop(db, places, asker, accountId);
      changed();
      return invitation;
    },

    'POST /api/staff/:accountId/second-factor-drop/refuse': async ({ params: { accountId }, asker }) => {
      await refuseDrop(db, places, asker, accountId);
    },

    'POST /api/staff/:accountId/sessions/end': async ({ params: { accountId }, asker }) => {
      await endSessionsOf(db, places, asker, accountId);
      changed();
    },

    'POST /api/staff/:accountId/state': async ({ params: { accountId }, body: { disabled }, asker }) => {
      await setAccountState(db, places, asker, accountId, disabled);
      changed();
    },
  });
}
