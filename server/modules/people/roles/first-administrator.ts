import { randomUUID } from 'node:crypto';
import { NETWORK } from '../../../../core/access/scope.ts';
import { audit, PROGRAM } from '../../../platform/audit.ts';
import type { Db } from '../../../platform/handles.ts';
import { insertInvited } from '../staff/accounts.ts';
import { accountByLogin, dropSecondFactors } from '../staff/queries.ts';
import { invite } from '../staff/sign-in.ts';
import { ADMINISTRATOR } from './granting.ts';
import { grants, holdersOf, insertGrant } from './queries.ts';

/**
 * Makes an administrator of the installation, or gives one who lost their password or telephone a new code. Only from the
 * machine itself: everybody else needs a second person. Gives the code, and how many administrators there are now.
 */
export function inviteAdministrator(
  db: Db,
  login: string,
  name: string,
): Promise<{ code: string; expiresAt: number; administrators: number }> {
  return db.write(async (tx) => {
    const known = await accountByLogin(tx, login);
    const { accountId, code, expiresAt } =
      known === null
        ? await insertInvited(tx, { login, name, scope: NETWORK })
        : { accountId: known.accountId, ...(await invite(tx, known.accountId, login)) };
    if (known !== null) await dropSecondFactors(tx, accountId);
    const held = (await grants(tx, accountId)).some((one) => one.roleId === ADMINISTRATOR && !one.pending);
    if (!held) {
      const grant = { grantId: randomUUID(), accountId, roleId: ADMINISTRATOR, scope: NETWORK };
      await insertGrant(tx, { ...grant, grantedBy: null, pending: false });
    }
    await audit(tx, PROGRAM, { action: 'administrator-invited', object: `account ${accountId}` });
    return { code, expiresAt, administrators: await holdersOf(tx, ADMINISTRATOR) };
  });
}
