import { randomUUID } from 'node:crypto';
import type { CentreId, SpecialistId } from '../../../../core/queue/ids.ts';
import { audit, PROGRAM } from '../../../platform/audit.ts';
import type { Write } from '../../../platform/handles.ts';
import { insertAccount } from '../staff/queries.ts';
import { insertGrant } from './queries.ts';

/** Gives a centre of a demo a specialist: an account with which nobody signs in. */
export async function enrolSpecialist(
  tx: Write,
  centreId: CentreId,
  { login, name }: { readonly login: string; readonly name: string },
): Promise<string> {
  const [accountId, scope] = [randomUUID(), { kind: 'centre', id: String(centreId) } as const];
  await insertAccount(tx, { accountId, login, name, specialistId: login as SpecialistId, scope });
  const grant = { grantId: randomUUID(), accountId, roleId: 'specialist', scope, grantedBy: null, pending: false };
  await insertGrant(tx, grant);
  const details = { scope, roleId: grant.roleId };
  await audit(tx, PROGRAM, { action: 'account-created', object: `account ${accountId}`, details });
  return accountId;
}
