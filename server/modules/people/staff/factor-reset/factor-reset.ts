import type { Asker } from '../../../../../core/access/asker.ts';
import { withIncluded } from '../../../../../core/access/roles.ts';
import { refuse } from '../../../../../core/problems.ts';
import type { InvitedReply } from '../../../../../contract/people.ts';
import { audit } from '../../../../platform/audit.ts';
import type { Read, Write } from '../../../../platform/handles.ts';
import type { CentrePlaces, NetworkContext } from '../../../network/index.ts';
import { withholdRoles } from '../../roles/granting.ts';
import { grants, roles } from '../../roles/queries.ts';
import { managed } from '../accounts.ts';
import { invite } from '../sign-in.ts';
import { dropSecondFactors, endSessions, withoutPassword } from '../queries.ts';
import { putFactorReset, takeFactorReset } from './queries.ts';

/**
 * Drops the second factor of a person who has lost it, and gives a new code; where a role of theirs takes two people it only asks for
 * it, and the code comes with the second person's word. Throws what `managed` throws.
 */
export function dropFactor({ db, places }: NetworkContext, asker: Asker, accountId: string): Promise<InvitedReply> {
  return db.write(async (tx) => {
    await managed(tx, places, asker, accountId);
    if (asker.id !== null && (await takesTwo(tx, accountId))) {
      await putFactorReset(tx, accountId, asker.id);
      await audit(tx, asker, { action: 'second-factor-drop-asked', object: `account ${accountId}` });
      return { login: null, code: null, expiresAt: null, secondFactor: 'waits' };
    }
    return drop(tx, places, asker, accountId, null);
  });
}

/** The second person agrees to it. Throws no-reset-asked, same-person and what `managed` throws. */
export function confirmDrop({ db, places }: NetworkContext, asker: Asker, accountId: string): Promise<InvitedReply> {
  return db.write(async (tx) => {
    const askedBy = (await takeFactorReset(tx, accountId)) ?? refuse('no-reset-asked', {});
    if (asker.id === null || asker.id === askedBy) return refuse('same-person', {});
    return drop(tx, places, asker, accountId, askedBy);
  });
}

/** The second person refuses. Throws no-reset-asked and what `managed` throws. */
export function refuseDrop({ db, places }: NetworkContext, asker: Asker, accountId: string): Promise<void> {
  return db.write(async (tx) => {
    await managed(tx, places, asker, accountId);
    if ((await takeFactorReset(tx, accountId)) === null) refuse('no-reset-asked', {});
    await audit(tx, asker, { action: 'second-factor-drop-refused', object: `account ${accountId}` });
  });
}

async function takesTwo(tx: Read, accountId: string): Promise<boolean> {
  const known = await roles(tx);
  const held = (await grants(tx, accountId)).filter(({ pending }) => !pending);
  return held.some(({ roleId }) => withIncluded(known, roleId).some(({ twoPeople }) => twoPeople));
}

/** Without its password, too: a thief of the password would set up a second factor of their own. */
async function drop(
  tx: Write,
  places: CentrePlaces,
  asker: Asker,
  accountId: string,
  askedBy: string | null,
): Promise<InvitedReply> {
  const { account, standing } = await managed(tx, places, asker, accountId);
  await withholdRoles(tx, asker, standing);
  await dropSecondFactors(tx, accountId);
  await withoutPassword(tx, accountId);
  await endSessions(tx, accountId, null);
  await audit(tx, asker, {
    action: 'account-invited',
    object: `account ${accountId}`,
    details: { withoutSecondFactor: true, ...(askedBy !== null && { askedBy }) },
  });
  return { ...(await invite(tx, accountId, account.login)), secondFactor: 'dropped' };
}
