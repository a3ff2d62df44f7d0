import { randomUUID } from 'node:crypto';
import { type Asker, mayAt } from '../../../../core/access/asker.ts';
import {
  administers,
  KEPT_RIGHTS,
  lessened,
  type Right,
  robbedRole,
  type Role,
  rightsOf,
  withIncluded,
  wouldLoop,
} from '../../../../core/access/roles.ts';
import { covers, EVERYWHERE, type Place, type Scope } from '../../../../core/access/scope.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import { brokeConstraint, type Db, type Read, type Write } from '../../../platform/handles.ts';
import type { CentrePlaces, NetworkContext } from '../../network/index.ts';
import { placeOfNewScope, placeOfScope } from '../places.ts';
import type { AccountRow } from '../staff/queries.ts';
import * as queries from './queries.ts';

/** The role without which nobody could run the installation. */
export const ADMINISTRATOR = 'administrator';

/** Passes only who has the right at the place. Throws right-elsewhere. */
export function mustHave(asker: Asker, right: Right, place: Place): void {
  if (!mayAt(asker, right, place)) refuse('right-elsewhere', {});
}

/** Passes only who has, at the place, every right that the role gives. Throws grant-too-much. */
function mustHaveAllOf(asker: Asker, roles: ReadonlyMap<string, Role>, roleId: string, place: Place): void {
  if (!hasAllOf(asker, roles, roleId, place)) refuse('grant-too-much', { roleId });
}

function hasAllOf(asker: Asker, roles: ReadonlyMap<string, Role>, roleId: string, place: Place): boolean {
  return [...rightsOf(roles, roleId)].every((right) => mayAt(asker, right, place));
}

/** The roles of an account that do not limit its managers at its own place: those at other places, and those that nobody has agreed to yet. */
export interface Standing {
  readonly elsewhere: readonly queries.GrantRow[];
  readonly pending: readonly queries.GrantRow[];
}

/**
 * Nobody changes their own rights, nor those of a person who has more at the account's place. What others have given at places of
 * their own shields nobody from the head of their own. Throws own-rights or grant-too-much.
 */
export async function mustStandAbove(
  tx: Read,
  places: CentrePlaces,
  asker: Asker,
  { accountId, scope }: Pick<AccountRow, 'accountId' | 'scope'>,
): Promise<Standing> {
  if (asker.id === accountId) refuse('own-rights', {});
  const roles = await queries.roles(tx);
  const home = await placeOfScope(places, scope);
  const [elsewhere, pending]: [queries.GrantRow[], queries.GrantRow[]] = [[], []];
  for (const grant of await queries.grants(tx, accountId)) {
    const place = await places.ofScope(grant.scope);
    const isAbove = place !== null && hasAllOf(asker, roles, grant.roleId, place);
    if (isAbove) continue;
    if (grant.pending) pending.push(grant);
    else if (place === null || (!covers(grant.scope, home) && !mayAt(asker, 'manage-staff', place)))
      elsewhere.push(grant);
    else refuse('grant-too-much', { roleId: grant.roleId });
  }
  return { elsewhere, pending };
}

/**
 * A person who gets a new code for an account must not gain roles that they could not give: those at other places wait until someone
 * there agrees again, and those that nobody has agreed to yet are taken back. In the caller's transaction.
 */
export async function withholdRoles(tx: Write, asker: Asker, { elsewhere, pending }: Standing): Promise<void> {
  const log = (action: string, { accountId, roleId, scope }: queries.GrantRow) =>
    audit(tx, asker, { action, object: `account ${accountId}`, details: { roleId, scope } });
  for (const grant of elsewhere) {
    await queries.withholdGrant(tx, grant.grantId, asker.id);
    await log('role-withheld', grant);
  }
  for (const grant of pending) {
    await queries.revokeGrant(tx, grant.grantId);
    await log('role-revoked', grant);
  }
}

/** Who may do what is decided by people: a program's key answers for nothing. Throws person-needed. */
function mustBePerson({ kind }: Asker): void {
  if (kind === 'key' || kind === 'device') refuse('person-needed', {});
}

/** Gives a role at a place, in the caller's transaction; pending where two people are needed. */
export async function give(
  tx: Write,
  places: CentrePlaces,
  asker: Asker,
  accountId: string,
  roleId: string,
  scope: Scope,
): Promise<{ grantId: string; pending: boolean }> {
  const roles = await queries.roles(tx);
  const role = roles.get(roleId) ?? refuse('unknown-role', { roleId });
  const place = await placeOfNewScope(tx, places, scope);
  if (asker.id === accountId) refuse('own-rights', {});
  mustBePerson(asker);
  mustHave(asker, 'grant-roles', place);
  mustHaveAllOf(asker, roles, roleId, place);
  const grant = { grantId: randomUUID(), pending: role.twoPeople || administers(roles, roleId) };
  await queries.insertGrant(tx, { ...grant, accountId, roleId, scope, grantedBy: asker.id }).catch((error: unknown) => {
    if (brokeConstraint(error, 'role_grant_once')) refuse('role-held', {});
    throw error;
  });
  await audit(tx, asker, { action: 'role-granted', object: `account ${accountId}`, details: { roleId, scope } });
  return grant;
}

/** The second person agrees, or the role is taken back. Throws ProblemError. */
export function decideGrant(
  { db, places }: NetworkContext,
  asker: Asker,
  grantId: string,
  decision: 'confirm' | 'revoke',
): Promise<void> {
  return db.write(async (tx) => {
    const grant = (await queries.heldGrant(tx, grantId)) ?? refuse('unknown-grant', {});
    if (decision === 'confirm' && !grant.pending) refuse('unknown-grant', {});
    if (asker.id === grant.accountId) refuse('own-rights', {});
    const place = await placeOfScope(places, grant.scope);
    mustHave(asker, 'grant-roles', place);
    mustHaveAllOf(asker, await queries.roles(tx), grant.roleId, place);
    const object = `account ${grant.accountId}`;
    const details = { roleId: grant.roleId, scope: grant.scope };
    if (decision === 'confirm') {
      mustBePerson(asker);
      if (asker.id === null || asker.id === grant.grantedBy) return refuse('same-person', {});
      await queries.confirmGrant(tx, grantId, asker.id);
      await audit(tx, asker, { action: 'role-confirmed', object, details });
    } else {
      const before = await queries.holdersOf(tx, ADMINISTRATOR);
      await queries.revokeGrant(tx, grantId);
      if (before > 0 && (await queries.holdersOf(tx, ADMINISTRATOR)) === 0) refuse('last-administrator', {});
      await audit(tx, asker, { action: 'role-revoked', object, details });
    }
  });
}

/**
 * Writes a role as asked. Throws unknown-role, role-loop, grant-too-much, or why the installation could not
 * be run, or not be kept safe, with such a role.
 */
export function changeRole(db: Db, asker: Asker, role: Role): Promise<void> {
  return db.write(async (tx) => {
    await queries.lockRoles(tx);
    const { roleId, ...details } = role;
    const roles = await queries.roles(tx);
    for (const included of role.includes) if (!roles.has(included)) refuse('unknown-role', { roleId: included });
    if (wouldLoop(roles, roleId, role.includes)) refuse('role-loop', { roleId });
    const changed = new Map(roles).set(roleId, role);
    if (administers(roles, roleId) || administers(changed, roleId)) mustBePerson(asker);
    const robbed = robbedRole(roles, changed);
    if (robbed !== null) refuse('role-keeps-rights', { where: 'body/rights', ...robbed });
    mustGiveNoMore(asker, changed, roleId);
    await mustStaySafe(tx, roles, changed, roleId);
    await queries.putRole(tx, role, false);
    await audit(tx, asker, { action: 'role-changed', object: `role ${roleId}`, details });
  });
}

/** Nobody puts into a role what they have not; what a role cannot live without may always be given back to it. */
function mustGiveNoMore(asker: Asker, roles: ReadonlyMap<string, Role>, roleId: string): void {
  const own = KEPT_RIGHTS.get(roleId) ?? [];
  const added = [...rightsOf(roles, roleId)].filter((right) => !own.includes(right));
  if (!added.every((right) => mayAt(asker, right, EVERYWHERE))) refuse('grant-too-much', { roleId });
}

/** Two people make an administrator: no change of a role may be a way round the second of them. */
async function mustStaySafe(
  tx: Read,
  before: ReadonlyMap<string, Role>,
  after: ReadonlyMap<string, Role>,
  roleId: string,
): Promise<void> {
  // A change reaches every role that includes this one.
  for (const one of after.keys()) {
    if (!withIncluded(after, one).some((included) => included.roleId === roleId)) continue;
    const part = lessened(before, after, one);
    if (part !== null) refuse('role-keeps-protection', { where: `body/${part}`, roleId: one });
    if (administers(after, one) && !administers(before, one) && (await queries.isHeld(tx, one)))
      refuse('role-has-holders', { where: 'body/rights', roleId: one });
  }
}
