import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { CentreId, SpecialistId } from '../../../../core/queue/ids.ts';
import { audit, PROGRAM } from '../../../platform/audit.ts';
import { insertAccount } from '../staff/store.ts';
import { insertGrant } from './store.ts';

/** Gives a centre of a demo a specialist: an account with which nobody signs in. */
export async function enrolSpecialist(
  queries: Pick<pg.Pool, 'query'>,
  centreId: CentreId,
  { login, name }: { readonly login: string; readonly name: string },
): Promise<string> {
  const [accountId, scope] = [randomUUID(), { kind: 'centre', id: String(centreId) } as const];
  await insertAccount(queries, { accountId, login, name, specialistId: login as SpecialistId, scope });
  const grant = { grantId: randomUUID(), accountId, roleId: 'specialist', scope, grantedBy: null, pending: false };
  await insertGrant(queries, grant);
  const details = { scope, roleId: grant.roleId };
  await audit(queries, PROGRAM, { action: 'account-created', object: `account ${accountId}`, details });
  return accountId;
}
