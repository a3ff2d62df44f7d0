import { staffContract } from '../../../../contract/people.ts';
import { serve } from '../../../platform/serve.ts';
import type { PeopleContext } from '../context.ts';
import {
  accountsFor,
  createAccount,
  endSessionsOf,
  importAccounts,
  inviteAgain,
  type NewAccount,
  setAccountState,
} from './accounts.ts';
import { confirmDrop, dropFactor, refuseDrop } from './factor-reset/factor-reset.ts';

/** The accounts of those who work here. */
export function staffRoutes(context: PeopleContext): void {
  const { http, changed } = context;
  serve(http, staffContract, {
    'GET /api/staff': ({ asker }) => accountsFor(context, asker),

    'POST /api/staff': ({ body, asker }) => createAccount(context, asker, body as NewAccount),

    'POST /api/staff/import': async ({ body: { csv }, asker }) => {
      const made = await importAccounts(context, asker, csv);
      changed();
      return made;
    },

    'POST /api/staff/:accountId/invitation': async ({
      params: { accountId },
      body: { withoutSecondFactor },
      asker,
    }) => {
      const invitation = withoutSecondFactor
        ? await dropFactor(context, asker, accountId)
        : { ...(await inviteAgain(context, asker, accountId)), secondFactor: 'kept' as const };
      changed();
      return invitation;
    },

    'POST /api/staff/:accountId/second-factor-drop/confirm': async ({ params: { accountId }, asker }) => {
      const invitation = await confirmDrop(context, asker, accountId);
      changed();
      return invitation;
    },

    'POST /api/staff/:accountId/second-factor-drop/refuse': async ({ params: { accountId }, asker }) => {
      await refuseDrop(context, asker, accountId);
    },

    'POST /api/staff/:accountId/sessions/end': async ({ params: { accountId }, asker }) => {
      await endSessionsOf(context, asker, accountId);
      changed();
    },

    'POST /api/staff/:accountId/state': async ({ params: { accountId }, body: { disabled }, asker }) => {
      await setAccountState(context, asker, accountId, disabled);
      changed();
    },
  });
}
