import type { Role } from '../../../../core/access/roles.ts';
import type { Scope } from '../../../../core/access/scope.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** Every role by its id. */
export async function roles(tx: Read): Promise<ReadonlyMap<string, Role>> {
  const { rows } = await tx.query<Role>(
    `select r.role_id as "roleId", json_build_object('ru', r.name_ru, 'en', r.name_en) as name, r.rights,
       array(select i.included_id from role_include i where i.role_id = r.role_id order by 1) as includes,
       r.second_factor as "secondFactor", r.two_people as "twoPeople"
     from role r order by r.role_id`,
  );
  return new Map(rows.map((row) => [row.roleId, row]));
}

/** Makes other changes of roles wait until this transaction is over: whether they loop is seen only one at a time. */
export async function lockRoles(tx: Write): Promise<void> {
  await tx.query('lock table role, role_include in share row exclusive mode');
}

/** Writes a role. A seeded one that a person has changed stays as they left it. */
export async function putRole(tx: Write, role: Role, seeded: boolean): Promise<void> {
  const { rowCount } = await tx.query(
    `insert into role (role_id, name_ru, name_en, rights, second_factor, two_people, seeded)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (role_id) do update set name_ru = excluded.name_ru, name_en = excluded.name_en, rights = excluded.rights,
       second_factor = excluded.second_factor, two_people = excluded.two_people, seeded = excluded.seeded
     where not excluded.seeded or role.seeded`,
    [role.roleId, role.name.ru, role.name.en, role.rights, role.secondFactor, role.twoPeople, seeded],
  );
  if (rowCount === 0) return;
  await tx.query('delete from role_include where role_id = $1', [role.roleId]);
  await tx.query('insert into role_include (role_id, included_id) select $1, i from unnest($2::text[]) as i', [
    role.roleId,
    role.includes,
  ]);
}

/** A role that an account has at a place. */
export interface GrantRow {
  readonly grantId: string;
  readonly accountId: string;
  readonly roleId: string;
  readonly scope: Scope;
  readonly grantedBy: string | null;
  /** True while a second person has yet to agree. */
  readonly pending: boolean;
}

const GRANT = `grant_id as "grantId", account_id as "accountId", role_id as "roleId",
  json_build_object('kind', scope_kind, 'id', scope_id) as scope, granted_by as "grantedBy",
  needs_second and confirmed_at is null as pending`;

/** The grants of one account, or of all, that were not taken back. */
export async function grants(tx: Read, accountId: string | null): Promise<GrantRow[]> {
  const { rows } = await tx.query<GrantRow>(
    `select ${GRANT} from role_grant where revoked_at is null and ($1::uuid is null or account_id = $1)
     order by role_id, scope_kind, scope_id`,
    [accountId],
  );
  return rows;
}

/** A grant that was not taken back, held for this transaction. */
export async function heldGrant(tx: Write, grantId: string): Promise<GrantRow | null> {
  const { rows } = await tx.query<GrantRow>(
    `select ${GRANT} from role_grant where revoked_at is null and grant_id = $1 for update`,
    [grantId],
  );
  return rows[0] ?? null;
}

/** Throws the database's refusal when the role is held already (constraint role_grant_once). */
export async function insertGrant(tx: Write, grant: GrantRow): Promise<void> {
  await tx.query(
    `insert into role_grant (grant_id, account_id, role_id, scope_kind, scope_id, granted_by, needs_second)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [grant.grantId, grant.accountId, grant.roleId, grant.scope.kind, grant.scope.id, grant.grantedBy, grant.pending],
  );
}

export async function confirmGrant(tx: Write, grantId: string, by: string): Promise<void> {
  await tx.query('update role_grant set confirmed_by = $2, confirmed_at = clock_timestamp() where grant_id = $1', [
    grantId,
    by,
  ]);
}

export async function revokeGrant(tx: Write, grantId: string): Promise<void> {
  await tx.query('update role_grant set revoked_at = clock_timestamp() where grant_id = $1', [grantId]);
}

/** A role that no longer counts until a second person agrees to it again. */
export async function withholdGrant(tx: Write, grantId: string, by: string | null): Promise<void> {
  await tx.query(
    `update role_grant set needs_second = true, granted_by = $2, confirmed_by = null, confirmed_at = null
     where grant_id = $1`,
    [grantId, by],
  );
}

/** How many people can sign in and have the role in the whole network. Others who count wait for this transaction. */
export async function holdersOf(tx: Write, roleId: string): Promise<number> {
  await tx.query('select from role where role_id = $1 for update', [roleId]);
  const { rows } = await tx.query<{ count: number }>(
    `select count(distinct g.account_id)::int as count from role_grant g join staff_account a using (account_id)
     where g.role_id = $1 and g.scope_kind = 'network' and g.revoked_at is null
       and (not g.needs_second or g.confirmed_at is not null) and a.disabled_at is null`,
    [roleId],
  );
  return (rows[0] as { count: number }).count;
}

/** True when a person or a program has the role, or a person waits for it. A device has its own at one centre, where nothing is administered. */
export async function isHeld(tx: Read, roleId: string): Promise<boolean> {
  const { rows } = await tx.query<{ held: boolean }>(
    `select exists (select from role_grant where role_id = $1 and revoked_at is null)
       or exists (select from access_key where role = $1 and revoked_at is null) as held`,
    [roleId],
  );
  return rows[0]?.held === true;
}

/** How many people have the role in the whole network and have chosen a password. */
export async function administratorsWhoCanSignIn(tx: Read): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(distinct g.account_id)::int as count from role_grant g join staff_account a using (account_id)
     where g.role_id = 'administrator' and g.scope_kind = 'network' and g.revoked_at is null and a.disabled_at is null
       and (not g.needs_second or g.confirmed_at is not null) and a.password_hash is not null`,
  );
  return (rows[0] as { count: number }).count;
}

/** Who has roles at a centre itself, and which; accounts that are shut are left out. By name. */
export async function rolesHeldAt(
  tx: Read,
  centreId: CentreId,
): Promise<{ accountId: string; name: string; roleIds: string[] }[]> {
  const { rows } = await tx.query<{ accountId: string; name: string; roleIds: string[] }>(
    `select a.account_id as "accountId", a.name, array_agg(g.role_id) as "roleIds"
     from role_grant g join staff_account a using (account_id)
     where g.scope_kind = 'centre' and g.scope_id = $1::text and g.revoked_at is null
       and (not g.needs_second or g.confirmed_at is not null) and a.disabled_at is null
     group by a.account_id order by a.name, a.account_id`,
    [centreId],
  );
  return rows;
}
