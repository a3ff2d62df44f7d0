import type pg from 'pg';
import type { Asker } from '../../../../../core/access/asker.ts';
import { withIncluded } from '../../../../../core/access/roles.ts';
import { refuse } from '../../../../../core/problems.ts';
import type { InvitedReply } from '../../../../../contract/people.ts';
import { audit } from '../../../../platform/audit.ts';
import { inTransaction } from '../../../../platform/transaction.ts';
import type { Places } from '../../places.ts';
import { withholdRoles } from '../../roles/granting.ts';
import { grants, roles } from '../../roles/store.ts';
import { managed } from '../accounts.ts';
import { invite } from '../sign-in.ts';
import { dropSecondFactors, endSessions, withoutPassword } from '../store.ts';
import { putFactorReset, takeFactorReset } from './store.ts';

/**
 * Drops the second factor of somebody who has lost it, and gives a new code; where a role of theirs takes two people it only asks for
 * it, and the code comes with the second person's word. Throws what `managed` throws.
 */
export function dropFactor(pool: pg.Pool, places: Places, asker: Asker, accountId: string): Promise<InvitedReply> {
  return inTransaction(pool, async (client) => {
    await managed(client, places, asker, accountId);
    if (asker.id !== null && (await takesTwo(client, accountId))) {
      await putFactorReset(client, accountId, asker.id);
      await audit(client, asker, { action: 'second-factor-drop-asked', object: `account ${accountId}` });
      return { login: null, code: null, expiresAt: null, secondFactor: 'waits' };
    }
    return drop(client, places, asker, accountId, null);
  });
}

/** The second person agrees to it. Throws no-reset-asked, same-person and what `managed` throws. */
export function confirmDrop(pool: pg.Pool, places: Places, asker: Asker, accountId: string): Promise<InvitedReply> {
  return inTransaction(pool, async (client) => {
    const askedBy = (await takeFactorReset(client, accountId)) ?? refuse('no-reset-asked', {});
    if (asker.id === null || asker.id === askedBy) return refuse('same-person', {});
    return drop(client, places, asker, accountId, askedBy);
  });
}

/** Somebody says no. Throws no-reset-asked and what `managed` throws. */
export function refuseDrop(pool: pg.Pool, places: Places, asker: Asker, accountId: string): Promise<void> {
  return inTransaction(pool, async (client) => {
    await managed(client, places, asker, accountId);
    if ((await takeFactorReset(client, accountId)) === null) refuse('no-reset-asked', {});
    await audit(client, asker, { action: 'second-factor-drop-refused', object: `account ${accountId}` });
  });
}

async function takesTwo(client: pg.PoolClient, accountId: string): Promise<boolean> {
  const known = await roles(client);
  const held = (await grants(client, accountId)).filter(({ pending }) => !pending);
  return held.some(({ roleId }) => withIncluded(known, roleId).some(({ twoPeople }) => twoPeople));
}

/** Without its password, too: whoever has that one would set up a second factor of their own. */
async function drop(
  client: pg.PoolClient,
  places: Places,
  asker: Asker,
  accountId: string,
  askedBy: string | null,
): Promise<InvitedReply> {
  const { account, standing } = await managed(client, places, asker, accountId);
  await withholdRoles(client, asker, standing);
  await dropSecondFactors(client, accountId);
  await withoutPassword(client, accountId);
  await endSessions(client, accountId, null);
  await audit(client, asker, {
    action: 'account-invited',
    object: `account ${accountId}`,
    details: { withoutSecondFactor: true, ...(askedBy !== null && { askedBy }) },
  });
  return { ...(await invite(client, accountId, account.login)), secondFactor: 'dropped' };
}
