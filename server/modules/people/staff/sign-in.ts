import type pg from 'pg';
import type { Asker } from '../../../../core/access/asker.ts';
import { type Role, rightsOf, withIncluded } from '../../../../core/access/roles.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { grants, roles } from '../roles/store.ts';
import { hashOf, hashOfCode, newCode, newSecret } from '../secret.ts';
import { hashPassword, isPassword, isWeakPassword } from './password.ts';
import * as store from './store.ts';
import type { PeopleSetting } from '../setting.ts';
import { keptSecret, openSecret, resealSecret } from './kept-secret.ts';
import { newAuthenticator, stepOfCode } from './totp.ts';

/** Somebody who is signed in. */
export interface SignedIn {
  readonly asker: Asker & { readonly id: string };
  readonly account: store.AccountRow;
}

/** Where secrets of authenticators lie, and what opens them. */
type Safe = Pick<PeopleSetting, 'pool' | 'vault'>;

/** What an authenticator shows, also as it is read out: `123 456`. */
const SIX_DIGITS = /^(\s*\d){6}\s*$/;
const RECOVERY_CODES = 10;
const RECOVERY_SIGNS = 12;
/** An invitation's code may be guessed at until its tries are used up; it is read from paper. */
const INVITATION_SIGNS = 12;

/** Who holds the session; null for none, or one that is over. */
export async function signedIn(pool: pg.Pool, token: string): Promise<SignedIn | null> {
  const account = await store.sessionAccount(pool, hashOf(token));
  if (account === null) return null;
  const [held, known] = await Promise.all([grants(pool, account.accountId), roles(pool)]);
  const valid = held.filter((grant) => !grant.pending);
  const secondFactor = secondFactorOf(account, known, valid);
  const open = secondFactor === 'not-needed' || secondFactor === 'shown';
  return {
    account,
    asker: {
      kind: 'staff',
      id: account.accountId,
      specialistId: account.specialistId,
      secondFactor,
      grants: open ? valid.map(({ roleId, scope }) => ({ rights: rightsOf(known, roleId), scope })) : [],
    },
  };
}

function secondFactorOf(
  account: store.AccountRow & { readonly shown: boolean },
  known: ReadonlyMap<string, Role>,
  held: readonly { readonly roleId: string }[],
): Asker['secondFactor'] {
  if (account.totpSecret !== null || account.hasPasskey) return account.shown ? 'shown' : 'due';
  const needed = held.some(({ roleId }) => withIncluded(known, roleId).some((one) => one.secondFactor));
  return needed ? 'to-set-up' : 'not-needed';
}

/** Begins a session; gives its secret. Throws wrong-password or account-locked. */
export async function signIn(pool: pg.Pool, login: string, password: string): Promise<string> {
  const account = await store.accountByLogin(pool, login);
  await count(pool, account?.accountId ?? null);
  const right = await isPassword(password, account?.passwordHash ?? null);
  if (account === null || account.disabled || !right) return refuse('wrong-password', {});
  const token = newSecret();
  await inTransaction(pool, async (client) => {
    // With a second factor the attempts are forgotten once that is shown too.
    if (account.totpSecret === null && !account.hasPasskey) await store.forgetAttempts(client, account.accountId);
    await store.insertSession(client, account.accountId, hashOf(token));
    const actor = { kind: 'staff', id: account.accountId } as const;
    await audit(client, actor, { action: 'signed-in', object: `account ${account.accountId}` });
  });
  return token;
}

/** Begins a session for somebody whom the city's own server knows; gives its secret. Throws sign-in-refused. */
export async function signInAs(pool: pg.Pool, login: string): Promise<string> {
  const account = await store.accountByLogin(pool, login);
  if (account === null || account.disabled) return refuse('sign-in-refused', {});
  const token = newSecret();
  await inTransaction(pool, async (client) => {
    await store.insertSession(client, account.accountId, hashOf(token));
    const actor = { kind: 'staff', id: account.accountId } as const;
    const deed = { action: 'signed-in', object: `account ${account.accountId}`, details: { by: 'oidc' } };
    await audit(client, actor, deed);
  });
  return token;
}

async function count(pool: pg.Pool, accountId: string | null): Promise<void> {
  const seconds = accountId === null ? null : await store.countAttempt(pool, accountId);
  if (seconds !== null) refuse('account-locked', { seconds });
}

/** Takes the second factor; gives the session's new secret. Throws wrong-code or account-locked. */
export async function showSecondFactor(
  { pool, vault }: Safe,
  { account }: SignedIn,
  token: string,
  code: string,
): Promise<string> {
  await count(pool, account.accountId);
  const next = newSecret();
  await inTransaction(pool, async (client) => {
    const { totpSecret: kept, accountId } = account;
    // A recovery code is good also where the secret cannot be opened any more.
    const step =
      kept === null || !SIX_DIGITS.test(code)
        ? null
        : stepOfCode(openSecret(vault, accountId, kept), code, await store.databaseNow(client));
    const right =
      step === null
        ? await store.useRecoveryCode(client, accountId, hashOfCode(code))
        : await store.useStep(client, accountId, step);
    if (!right) refuse('wrong-code', {});
    if (kept !== null && step !== null) await resealSecret(client, vault, accountId, kept);
    await store.forgetAttempts(client, accountId);
    await store.strengthenSession(client, hashOf(token), hashOf(next));
  });
  return next;
}

/** A new authenticator, which counts once `confirmAuthenticator` has seen a code of it. */
export function proposeAuthenticator({ account, asker }: SignedIn): { secret: string; uri: string } {
  mustHaveShown(asker);
  return newAuthenticator(account.login);
}

/** Takes the authenticator into use, with recovery codes for the day it is lost. Throws wrong-code. */
export async function confirmAuthenticator(
  { pool, vault }: Safe,
  { account, asker }: SignedIn,
  token: string,
  secret: string,
  code: string,
): Promise<{ recoveryCodes: string[]; token: string }> {
  mustHaveShown(asker);
  const next = newSecret();
  return inTransaction(pool, async (client) => {
    const step = stepOfCode(secret, code, await store.databaseNow(client)) ?? refuse('wrong-code', {});
    await store.setAuthenticator(client, account.accountId, keptSecret(vault, account.accountId, secret));
    await store.useStep(client, account.accountId, step);
    const recoveryCodes = await recoveryCodesFor(client, account.accountId);
    await store.strengthenSession(client, hashOf(token), hashOf(next));
    await store.endSessions(client, account.accountId, hashOf(next));
    await audit(client, asker, { action: 'authenticator-set', object: `account ${account.accountId}` });
    return { recoveryCodes, token: next };
  });
}

/** Whoever has a second factor shows it before he changes what protects the account. */
export function mustHaveShown(asker: Asker): void {
  if (asker.secondFactor === 'due') refuse('second-factor-needed', {});
}

/** New recovery codes instead of those of before, in the caller's transaction. */
export async function recoveryCodesFor(client: pg.PoolClient, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(RECOVERY_SIGNS));
  await store.insertRecoveryCodes(client, accountId, codes.map(hashOfCode));
  return codes;
}

/** Another password; every other session ends. Throws wrong-password, account-locked or weak-password. */
export async function changePassword(
  pool: pg.Pool,
  { account, asker }: SignedIn,
  token: string,
  password: string,
  newPassword: string,
): Promise<void> {
  mustHaveShown(asker);
  if (isWeakPassword(newPassword, account.login)) refuse('weak-password', {});
  await count(pool, account.accountId);
  if (!(await isPassword(password, account.passwordHash))) refuse('wrong-password', {});
  const kept = await hashPassword(newPassword);
  await inTransaction(pool, async (client) => {
    await store.setPassword(client, account.accountId, kept);
    await store.endSessions(client, account.accountId, hashOf(token));
    await audit(client, asker, { action: 'password-changed', object: `account ${account.accountId}` });
  });
}

/** A one-time code for the account, in the caller's transaction. */
export async function invite(
  client: pg.PoolClient,
  accountId: string,
  login: string,
): Promise<{ login: string; code: string; expiresAt: number }> {
  const code = newCode(INVITATION_SIGNS);
  return { login, code, expiresAt: await store.putInvitation(client, accountId, hashOfCode(code)) };
}

/** Chooses a password with a one-time code; every session of before ends. Throws wrong-code or weak-password. */
export async function redeem(pool: pg.Pool, login: string, code: string, newPassword: string): Promise<void> {
  if (isWeakPassword(newPassword, login)) refuse('weak-password', {});
  const account = await store.accountByLogin(pool, login);
  const kept = await hashPassword(newPassword);
  // A try is used up for good whether or not the code was right, so it is a statement of its own.
  const right =
    account !== null && !account.disabled && (await store.useInvitation(pool, account.accountId, hashOfCode(code)));
  if (account === null || !right) return refuse('wrong-code', {});
  await inTransaction(pool, async (client) => {
    await store.setPassword(client, account.accountId, kept);
    await store.endSessions(client, account.accountId, null);
    const actor = { kind: 'staff', id: account.accountId } as const;
    await audit(client, actor, { action: 'password-chosen', object: `account ${account.accountId}` });
  });
}
