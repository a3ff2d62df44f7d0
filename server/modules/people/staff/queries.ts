import type { Scope } from '../../../../core/access/scope.ts';
import type { SpecialistId } from '../../../../core/queue/ids.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** An account as sign-in needs it. */
export interface AccountRow {
  readonly accountId: string;
  readonly login: string;
  readonly name: string;
  readonly specialistId: SpecialistId;
  readonly scope: Scope;
  readonly passwordHash: string | null;
  /** As it is kept (`kept-secret.ts`). */
  readonly totpSecret: string | null;
  readonly hasPasskey: boolean;
  readonly disabled: boolean;
  /** True when attempts to sign in to this account had to wait within the last hour. */
  readonly throttled: boolean;
}

const ACCOUNT = `a.account_id as "accountId", a.login, a.name, a.specialist_id as "specialistId",
  json_build_object('kind', a.scope_kind, 'id', a.scope_id) as scope, a.password_hash as "passwordHash",
  a.totp_secret as "totpSecret", exists (select from staff_passkey k where k.account_id = a.account_id) as "hasPasskey", a.disabled_at is not null as disabled,
  coalesce(a.throttled_at > clock_timestamp() - interval '1 hour', false) as throttled`;

export async function accounts(tx: Read): Promise<AccountRow[]> {
  return (await tx.query<AccountRow>(`select ${ACCOUNT} from staff_account a order by a.login`)).rows;
}

export async function account(tx: Read, accountId: string): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(`select ${ACCOUNT} from staff_account a where a.account_id = $1`, [
    accountId,
  ]);
  return rows[0] ?? null;
}

/** The names that go with accounts, by their ids. What is no id of an account is left out. */
export async function namesOf(tx: Read, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.query<{ accountId: string; name: string }>(
    'select account_id as "accountId", name from staff_account where account_id::text = any($1)',
    [[...new Set(accountIds)]],
  );
  return new Map(rows.map(({ accountId, name }) => [accountId, name]));
}

export async function accountByLogin(tx: Read, login: string): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(`select ${ACCOUNT} from staff_account a where a.login = $1`, [login]);
  return rows[0] ?? null;
}

/** Throws the database's refusal when the login is taken (constraint staff_account_by_login). */
export async function insertAccount(
  tx: Write,
  added: Pick<AccountRow, 'accountId' | 'login' | 'name' | 'specialistId' | 'scope'>,
): Promise<void> {
  await tx.query(
    `insert into staff_account (account_id, login, name, specialist_id, scope_kind, scope_id)
     values ($1, $2, $3, $4, $5, $6)`,
    [added.accountId, added.login, added.name, added.specialistId, added.scope.kind, added.scope.id],
  );
}

export async function setPassword(tx: Write, accountId: string, passwordHash: string): Promise<void> {
  await tx.query('update staff_account set password_hash = $2, throttled_at = null where account_id = $1', [
    accountId,
    passwordHash,
  ]);
}

/** Nobody signs in until a password is chosen with a code. */
export async function withoutPassword(tx: Write, accountId: string): Promise<void> {
  await tx.query('update staff_account set password_hash = null where account_id = $1', [accountId]);
}

export async function setDisabled(tx: Write, accountId: string, disabled: boolean): Promise<void> {
  await tx.query(
    'update staff_account set disabled_at = case when $2 then clock_timestamp() end where account_id = $1',
    [accountId, disabled],
  );
}

export async function setAuthenticator(tx: Write, accountId: string, secret: string): Promise<void> {
  await tx.query('update staff_account set totp_secret = $2, totp_step = null where account_id = $1', [
    accountId,
    secret,
  ]);
}

/** The same secret, kept otherwise; false when it is another by now. */
export async function keepOtherwise(tx: Write, accountId: string, before: string, after: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update staff_account set totp_secret = $3 where account_id = $1 and totp_secret = $2',
    [accountId, before, after],
  );
  return rowCount === 1;
}

/** The owner lost them: authenticator, passkeys and recovery codes are void. */
export async function dropSecondFactors(tx: Write, accountId: string): Promise<void> {
  await tx.query('update staff_account set totp_secret = null, totp_step = null where account_id = $1', [accountId]);
  await tx.query('delete from staff_passkey where account_id = $1', [accountId]);
  await tx.query('delete from staff_recovery_code where account_id = $1', [accountId]);
}

/** Uses the code of a step up; false when it, or a later one, was used before. */
export async function useStep(tx: Write, accountId: string, step: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update staff_account set totp_step = $2 where account_id = $1 and (totp_step is null or totp_step < $2)',
    [accountId, step],
  );
  return rowCount === 1;
}

export async function insertRecoveryCodes(tx: Write, accountId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.query('delete from staff_recovery_code where account_id = $1', [accountId]);
  await tx.query('insert into staff_recovery_code (account_id, code_hash) select $1, h from unnest($2::bytea[]) as h', [
    accountId,
    hashes,
  ]);
}

/** Uses a recovery code up; false when it is none. */
export async function useRecoveryCode(tx: Write, accountId: string, codeHash: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query('delete from staff_recovery_code where account_id = $1 and code_hash = $2', [
    accountId,
    codeHash,
  ]);
  return rowCount === 1;
}

/** The database's clock, in milliseconds. */
export async function databaseNow(tx: Read): Promise<Instant> {
  const { rows } = await tx.query<{ now: number }>('select instant_ms(clock_timestamp())::float8 as now');
  return (rows[0] as { now: number }).now;
}

const INVITATION_DAYS = 7;
/** A node of before counts tries. */
const INVITATION_TRIES = 5;

/** Replaces the invitation of the account; gives when it ends. */
export async function putInvitation(tx: Write, accountId: string, codeHash: Buffer): Promise<Instant> {
  const { rows } = await tx.query<{ ends: number }>(
    `insert into staff_invitation (account_id, code_hash, tries_left, expires_at)
     values ($1, $2, ${INVITATION_TRIES}, clock_timestamp() + make_interval(days => ${INVITATION_DAYS}))
     on conflict (account_id) do update
       set code_hash = excluded.code_hash, tries_left = excluded.tries_left, expires_at = excluded.expires_at
     returning instant_ms(expires_at)::float8 as ends`,
    [accountId, codeHash],
  );
  return (rows[0] as { ends: number }).ends;
}

/** True when this is the code of the account's invitation, in time. */
export async function isInvitation(tx: Read, accountId: string, codeHash: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from staff_invitation where account_id = $1 and code_hash = $2 and expires_at > clock_timestamp()',
    [accountId, codeHash],
  );
  return rowCount === 1;
}

/** Uses the code of the account's invitation up; false when it is none, or was used before. */
export async function useInvitation(tx: Write, accountId: string, codeHash: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from staff_invitation where account_id = $1 and code_hash = $2 and expires_at > clock_timestamp()',
    [accountId, codeHash],
  );
  return rowCount === 1;
}

/** A session ends after so long, or after so long without a request. */
const SESSION_HOURS_MAX = 12;
const IDLE_HOURS_MAX = 2;
const LIVING = `began_at > clock_timestamp() - make_interval(hours => ${SESSION_HOURS_MAX})
  and seen_at > clock_timestamp() - make_interval(hours => ${IDLE_HOURS_MAX})`;

export async function insertSession(tx: Write, accountId: string, sessionHash: Buffer): Promise<void> {
  await tx.query('insert into staff_session (session_hash, account_id) values ($1, $2)', [sessionHash, accountId]);
}

/** The account of a living session, with whether the second factor was shown in it; null for none. */
export async function sessionAccount(
  tx: Read,
  sessionHash: Buffer,
): Promise<(AccountRow & { readonly shown: boolean; readonly unseen: boolean }) | null> {
  const { rows } = await tx.query<AccountRow & { shown: boolean; unseen: boolean }>(
    `select ${ACCOUNT}, s.second_factor_at is not null as shown, s.seen_at < clock_timestamp() - interval '1 minute' as unseen
     from staff_session s join staff_account a using (account_id)
     where s.session_hash = $1 and a.disabled_at is null and ${LIVING}`,
    [sessionHash],
  );
  return rows[0] ?? null;
}

/** Notes that a session is used: it ends when it has not been for long. */
export async function noteSessionSeen(tx: Write, sessionHash: Buffer): Promise<void> {
  await tx.query('update staff_session set seen_at = clock_timestamp() where session_hash = $1', [sessionHash]);
}

/** Gives the session a new secret, so that one known from before is worth nothing, and marks the second factor as shown. */
export async function strengthenSession(tx: Write, sessionHash: Buffer, newHash: Buffer): Promise<void> {
  await tx.query(
    'update staff_session set second_factor_at = clock_timestamp(), session_hash = $2 where session_hash = $1',
    [sessionHash, newHash],
  );
}

export async function endSession(tx: Write, sessionHash: Buffer): Promise<void> {
  await tx.query('delete from staff_session where session_hash = $1', [sessionHash]);
}

/** Ends every session of an account, but for one where it is named. */
export async function endSessions(tx: Write, accountId: string, but: Buffer | null): Promise<void> {
  await tx.query('delete from staff_session where account_id = $1 and ($2::bytea is null or session_hash <> $2)', [
    accountId,
    but,
  ]);
}

/** Deletes sessions and invitations that are over. */
export async function sweep(tx: Write): Promise<void> {
  await tx.query(`delete from staff_session where not (${LIVING})`);
  await tx.query('delete from staff_invitation where expires_at < clock_timestamp()');
}
