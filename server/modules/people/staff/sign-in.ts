import type { Asker } from '../../../../core/access/asker.ts';
import { type Role, rightsOf, withIncluded } from '../../../../core/access/roles.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import { city } from '../../../platform/city.ts';
import { grants, roles } from '../roles/queries.ts';
import { hashOf, hashOfCode, newCode, newSecret } from '../secret.ts';
import { slowHashes } from '../../../platform/hashing/slow-hash.ts';
import { netOf } from '../../../../core/access/net.ts';
import type { Db, Write } from '../../../platform/handles.ts';
import type { Attempt } from './attempts/attempts.ts';
import { hashPassword, isPassword } from './password.ts';
import { isWeakPassword } from './weak-password.ts';
import * as queries from './queries.ts';
import type { PeopleContext } from '../context.ts';
import { keptSecret, openSecret, resealSecret } from './kept-secret.ts';
import { newAuthenticator, stepOfCode } from './totp.ts';

/** A signed-in person. */
export interface SignedIn {
  readonly asker: Asker & { readonly id: string };
  readonly account: queries.AccountRow;
}

/** The address of an attempt, and the mark of earlier sign-ins in its browser. */
export type From = Pick<Attempt, 'address' | 'browser'>;

/** A session that begins or goes on: its secret, and what the browser keeps once its owner has come in whole. */
export interface Entered {
  readonly token: string;
  readonly kept: string | null;
}

/** What an authenticator shows, also as it is read out: `123 456`. */
const SIX_DIGITS = /^(\s*\d){6}\s*$/;
const RECOVERY_CODES = 10;
const RECOVERY_SIGNS = 12;
/** An invitation's code is read from paper. */
const INVITATION_SIGNS = 12;
/** What is asked for where there is no account, so that the answer takes as long. */
const NOBODYS_ID = '00000000-0000-0000-0000-000000000000';

/** Who holds the session; null for none, or one that is over. */
export async function signedIn(db: Db, token: string): Promise<SignedIn | null> {
  const found = await db.read(async (tx) => {
    const account = await queries.sessionAccount(tx, hashOf(token));
    if (account === null) return null;
    return { account, held: await grants(tx, account.accountId), known: await roles(tx) };
  });
  if (found === null) return null;
  const { account, held, known } = found;
  if (account.unseen) await db.writeNow((tx) => queries.noteSessionSeen(tx, hashOf(token)));
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
  account: queries.AccountRow & { readonly shown: boolean },
  known: ReadonlyMap<string, Role>,
  held: readonly { readonly roleId: string }[],
): Asker['secondFactor'] {
  if (account.totpSecret !== null || account.hasPasskey) return account.shown ? 'shown' : 'due';
  const needed = held.some(({ roleId }) => withIncluded(known, roleId).some((one) => one.secondFactor));
  return needed ? 'to-set-up' : 'not-needed';
}

/** Who tries with a password, and with the second factor where it is shown at once. */
export interface Shown {
  readonly login: string;
  readonly password: string;
  readonly code: string | null;
}

/**
 * Begins a session. For a login that nobody has it does the same and takes as long. With the second factor as well as the
 * password, sign-in works even while others are guessing. Throws wrong-password, sign-in-throttled or too-many-requests.
 */
export async function signIn(context: PeopleContext, { login, password, code }: Shown, from: From): Promise<Entered> {
  const who = netOf(from.address);
  slowHashes.mustHaveRoom(who);
  const account = await context.db.read((tx) => queries.accountByLogin(tx, login));
  const attempt = { ...from, login, passwordHash: account?.passwordHash ?? null };
  const counted = await context.attempts.ofPassword(attempt, code !== null);
  const right = await isPassword(password, attempt.passwordHash, who);
  if (account === null || account.disabled || !right) return refuse('wrong-password', {});
  const hasFactor = account.totpSecret !== null || account.hasPasskey;
  // A caller who sends both is not told which one is wrong. Where there is no second factor it opens nothing.
  if (code !== null && !hasFactor) return refuse('wrong-password', {});
  const isWhole = code !== null || !hasFactor;
  const token = newSecret();
  if (code !== null) await useFactor(context, account, code, attempt, 'wrong-password');
  await context.db.write(async (tx) => {
    await (isWhole ? counted.forget(tx) : counted.right(tx));
    await queries.insertSession(tx, account.accountId, hashOf(token));
    if (code !== null) await queries.strengthenSession(tx, hashOf(token), hashOf(token));
    const actor = { kind: 'staff', id: account.accountId } as const;
    await audit(tx, actor, { action: 'signed-in', object: `account ${account.accountId}` });
  });
  return { token, kept: isWhole ? context.attempts.keptBy(attempt) : null };
}

/** Begins a session for a person whom the city's own server knows; gives its secret, or null where nobody has this account. */
export async function signInAs(db: Db, login: string): Promise<string | null> {
  const account = await db.read((tx) => queries.accountByLogin(tx, login));
  if (account === null || account.disabled) return null;
  const token = newSecret();
  await db.write(async (tx) => {
    await queries.insertSession(tx, account.accountId, hashOf(token));
    const actor = { kind: 'staff', id: account.accountId } as const;
    const action = { action: 'signed-in', object: `account ${account.accountId}`, details: { by: 'oidc' } };
    await audit(tx, actor, action);
  });
  return token;
}

/** Takes the second factor; gives the session's new secret. Throws wrong-sign-in-code or sign-in-throttled. */
export async function showSecondFactor(
  context: PeopleContext,
  { account }: SignedIn,
  token: string,
  code: string,
  from: From,
): Promise<Entered> {
  const attempt = { ...from, login: account.login, passwordHash: account.passwordHash };
  await useFactor(context, account, code, attempt, 'wrong-sign-in-code');
  const next = newSecret();
  await context.db.write((tx) => queries.strengthenSession(tx, hashOf(token), hashOf(next)));
  return { token: next, kept: context.attempts.keptBy(attempt) };
}

/** Uses a code up: six digits, or one of those for the day on which they are lost. Throws `wrong` or sign-in-throttled. */
async function useFactor(
  { db, vault, attempts }: PeopleContext,
  { totpSecret: kept, accountId }: queries.AccountRow,
  code: string,
  attempt: Attempt,
  wrong: 'wrong-sign-in-code' | 'wrong-password',
): Promise<void> {
  // A recovery code has sixty bits: nobody guesses it, so it is good however many digits others have tried. It is good also where
  // the secret cannot be opened any more.
  const isDigits = kept !== null && SIX_DIGITS.test(code);
  const counted = isDigits ? await attempts.ofDigits(attempt) : null;
  await db.write(async (tx) => {
    const step = isDigits ? stepOfCode(openSecret(vault, accountId, kept), code, await queries.databaseNow(tx)) : null;
    const right =
      step === null
        ? !isDigits && (await queries.useRecoveryCode(tx, accountId, hashOfCode(code)))
        : await queries.useStep(tx, accountId, step);
    if (!right) refuse(wrong, {});
    if (kept !== null && step !== null) await resealSecret(tx, vault, accountId, kept);
    await counted?.forget(tx);
  });
}

/** A new authenticator, which counts once `confirmAuthenticator` has seen a code of it. */
export function proposeAuthenticator({ account, asker }: SignedIn): { secret: string; uri: string } {
  mustHaveShown(asker);
  return newAuthenticator(account.login);
}

/** Takes the authenticator into use, with recovery codes for the day it is lost. Throws wrong-sign-in-code. */
export async function confirmAuthenticator(
  { db, vault }: PeopleContext,
  { account, asker }: SignedIn,
  token: string,
  secret: string,
  code: string,
): Promise<{ recoveryCodes: string[]; token: string }> {
  mustHaveShown(asker);
  const next = newSecret();
  return db.write(async (tx) => {
    const step = stepOfCode(secret, code, await queries.databaseNow(tx)) ?? refuse('wrong-sign-in-code', {});
    await queries.setAuthenticator(tx, account.accountId, keptSecret(vault, account.accountId, secret));
    await queries.useStep(tx, account.accountId, step);
    const recoveryCodes = await recoveryCodesFor(tx, account.accountId);
    await queries.strengthenSession(tx, hashOf(token), hashOf(next));
    await queries.endSessions(tx, account.accountId, hashOf(next));
    await audit(tx, asker, { action: 'authenticator-set', object: `account ${account.accountId}` });
    return { recoveryCodes, token: next };
  });
}

/** A person with a second factor shows it before they change what protects the account. */
export function mustHaveShown(asker: Asker): void {
  if (asker.secondFactor === 'due') refuse('second-factor-needed', {});
}

/** New recovery codes instead of those of before, in the caller's transaction. */
export async function recoveryCodesFor(tx: Write, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(RECOVERY_SIGNS));
  await queries.insertRecoveryCodes(tx, accountId, codes.map(hashOfCode));
  return codes;
}

/** Another password; every other session ends. Throws wrong-password, sign-in-throttled, too-many-requests or weak-password. */
export async function changePassword(
  context: PeopleContext,
  { account, asker }: SignedIn,
  token: string,
  { password, newPassword }: { readonly password: string; readonly newPassword: string },
  from: From,
): Promise<Entered> {
  mustHaveShown(asker);
  const who = netOf(from.address);
  slowHashes.mustHaveRoom(who);
  if (isWeakPassword(newPassword, await ownWords(context, account))) refuse('weak-password', {});
  const attempt = { ...from, login: account.login, passwordHash: account.passwordHash };
  const counted = await context.attempts.ofPassword(attempt, false);
  if (!(await isPassword(password, account.passwordHash, who))) refuse('wrong-password', {});
  const kept = await hashPassword(newPassword, who);
  await context.db.write(async (tx) => {
    await counted.forget(tx);
    await queries.setPassword(tx, account.accountId, kept);
    await queries.endSessions(tx, account.accountId, hashOf(token));
    await audit(tx, asker, { action: 'password-changed', object: `account ${account.accountId}` });
  });
  return { token, kept: context.attempts.keptBy({ ...attempt, passwordHash: kept }) };
}

/** Obvious choices for this person's password. */
async function ownWords({ db, places }: PeopleContext, { login, name, scope }: queries.AccountRow): Promise<string[]> {
  const { name: cityName } = (await db.read((tx) => city(tx))) ?? { name: { ru: '', en: '' } };
  return [login, name, cityName.ru, cityName.en, ...(await places.namesOf(scope))];
}

/** Ends every session of an account, at its owner's wish or another's. */
export async function endAllSessions(db: Db, asker: Asker, accountId: string): Promise<void> {
  await db.write(async (tx) => {
    await queries.endSessions(tx, accountId, null);
    await audit(tx, asker, { action: 'sessions-ended', object: `account ${accountId}` });
  });
}

/** A one-time code for the account, in the caller's transaction. */
export async function invite(
  tx: Write,
  accountId: string,
  login: string,
): Promise<{ login: string; code: string; expiresAt: number }> {
  const code = newCode(INVITATION_SIGNS);
  return { login, code, expiresAt: await queries.putInvitation(tx, accountId, hashOfCode(code)) };
}

/**
 * Chooses a password with a one-time code; every earlier session ends. Wrong codes use nothing up: sixty bits are not guessed, and
 * nobody shall spoil another person's code. Throws wrong-sign-in-code, weak-password, sign-in-throttled or too-many-requests.
 */
export async function redeem(
  context: PeopleContext,
  { login, code, newPassword }: { readonly login: string; readonly code: string; readonly newPassword: string },
  address: string,
): Promise<void> {
  const who = netOf(address);
  slowHashes.mustHaveRoom(who);
  if (isWeakPassword(newPassword, [login])) refuse('weak-password', {});
  const counted = await context.attempts.ofInvitation(login, address);
  const account = await context.db.read((tx) => queries.accountByLogin(tx, login));
  const codeHash = hashOfCode(code);
  const invited = await context.db.read((tx) => queries.isInvitation(tx, account?.accountId ?? NOBODYS_ID, codeHash));
  if (account === null || account.disabled || !invited) return refuse('wrong-sign-in-code', {});
  if (isWeakPassword(newPassword, await ownWords(context, account))) refuse('weak-password', {});
  const kept = await hashPassword(newPassword, who);
  await context.db.write(async (tx) => {
    // Of two at once with the same code one is too late.
    if (!(await queries.useInvitation(tx, account.accountId, codeHash))) refuse('wrong-sign-in-code', {});
    await counted.forget(tx);
    await queries.setPassword(tx, account.accountId, kept);
    await queries.endSessions(tx, account.accountId, null);
    const actor = { kind: 'staff', id: account.accountId } as const;
    await audit(tx, actor, { action: 'password-chosen', object: `account ${account.accountId}` });
  });
}
