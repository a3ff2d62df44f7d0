import { randomBytes, randomUUID } from 'node:crypto';
import type { Asker } from '../../../../core/access/asker.ts';
import type { Scope } from '../../../../core/access/scope.ts';
import type { AccountReply, InvitationReply } from '../../../../contract/people.ts';
import { isName, tidyName } from '../../../../core/persons/names.ts';
import { ProblemError, refuse } from '../../../../core/problems.ts';
import { mayAt } from '../../../../core/access/asker.ts';
import { audit } from '../../../platform/audit.ts';
import { CsvFault, type CsvRecord, readCsv } from '../../../platform/csv.ts';
import { brokeConstraint, inPart, type Read, type Write } from '../../../platform/handles.ts';
import type { CentrePlaces, NetworkContext } from '../../network/index.ts';
import { placeOfNewScope, placeOfScope } from '../places.ts';
import { ADMINISTRATOR, give, mustHave, mustStandAbove, type Standing, withholdRoles } from '../roles/granting.ts';
import { grants, holdersOf } from '../roles/queries.ts';
import { factorResets } from './factor-reset/queries.ts';
import { invite } from './sign-in.ts';
import * as queries from './queries.ts';

/** The accounts at places where the asker manages staff. */
export async function accountsFor({ db, places }: NetworkContext, asker: Asker): Promise<AccountReply[]> {
  const { all, held, resets } = await db.read(async (tx) => ({
    all: await queries.accounts(tx),
    held: await grants(tx, null),
    resets: await factorResets(tx),
  }));
  const replies: AccountReply[] = [];
  for (const one of all) {
    const place = await places.ofScope(one.scope);
    if (place === null || !mayAt(asker, 'manage-staff', place)) continue;
    replies.push({
      accountId: one.accountId,
      login: one.login,
      name: one.name,
      scope: one.scope,
      state: stateOf(one),
      secondFactor: one.totpSecret !== null || one.hasPasskey,
      factorReset: resets.get(one.accountId) ?? null,
      grants: held
        .filter((grant) => grant.accountId === one.accountId)
        .map(({ grantId, roleId, scope, pending }) => ({ grantId, roleId, scope, pending })),
    });
  }
  return replies;
}

function stateOf({ disabled, passwordHash, throttled }: queries.AccountRow): AccountReply['state'] {
  if (disabled) return 'disabled';
  if (passwordHash === null) return 'invited';
  return throttled ? 'throttled' : 'active';
}

/** What a new account is made of. */
export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly scope: Scope;
}

/** Makes an account and its one-time code, in the caller's transaction; the name is kept in its one form. Throws login-taken, malformed-request. */
export async function insertInvited(
  tx: Write,
  { login, name: written, scope }: NewAccount,
): Promise<{ accountId: string } & InvitationReply> {
  const name = tidyName(written);
  if (!isName(name)) return refuse('malformed-request', { where: 'name', reason: 'a name has letters' });
  const accountId = randomUUID();
  const specialistId = `s-${randomBytes(6).toString('hex')}`;
  await queries.insertAccount(tx, { accountId, login, name, specialistId, scope }).catch((error: unknown) => {
    if (brokeConstraint(error, 'staff_account_by_login')) refuse('login-taken', { login });
    throw error;
  });
  return { accountId, ...(await invite(tx, accountId, login)) };
}

/** A new account at a place where the asker manages staff. Throws right-elsewhere, unknown-scope, unknown-agency or login-taken. */
export async function createAccount({ db, places }: NetworkContext, asker: Asker, added: NewAccount) {
  return db.write(async (tx) => {
    mustHave(asker, 'manage-staff', await placeOfNewScope(tx, places, added.scope));
    const made = await insertInvited(tx, added);
    await audit(tx, asker, {
      action: 'account-created',
      object: `account ${made.accountId}`,
      details: { scope: added.scope },
    });
    return made;
  });
}

const COLUMNS = ['login', 'name', 'scope', 'role'];
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,59}$/;

/** Accounts with a role each from CSV (`scope`: network, district:7, centre:84, agency:zags); all or none. Throws faulty-lines. */
export async function importAccounts(
  { db, places }: NetworkContext,
  asker: Asker,
  csv: string,
): Promise<InvitationReply[]> {
  const lines = readLines(csv);
  return db.write(async (tx) => {
    const invitations: InvitationReply[] = [];
    const faults: string[] = [];
    for (const { line, fields } of lines) {
      try {
        invitations.push(await inPart(tx, () => importLine(tx, places, asker, fields)));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        faults.push(`${line}: ${error.problem.code}`);
      }
    }
    if (faults.length > 0) refuse('faulty-lines', { faults: faults.join('; ') });
    return invitations;
  });
}

/** The lines of the file. Throws faulty-lines. */
function readLines(csv: string): CsvRecord[] {
  try {
    const records = readCsv(csv);
    const missing = COLUMNS.filter((column) => records[0] === undefined || !(column in records[0].fields));
    if (missing.length > 0) refuse('faulty-lines', { faults: `1: ${missing.join(', ')}?` });
    return records;
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    return refuse('faulty-lines', { faults: `${error.line}: ${error.message}` });
  }
}

async function importLine(
  tx: Write,
  places: CentrePlaces,
  asker: Asker,
  fields: CsvRecord['fields'],
): Promise<InvitationReply> {
  const { login = '', name = '', role = '' } = fields;
  const scope = scopeOf(fields['scope'] ?? '');
  mustHave(asker, 'manage-staff', await placeOfNewScope(tx, places, scope));
  if (!LOGIN.test(login) || !isName(name) || name.length > 200)
    return refuse('malformed-request', { where: 'login, name', reason: 'a-z 0-9 . _ -; 1–200' });
  const { accountId, ...invitation } = await insertInvited(tx, { login, name, scope });
  await audit(tx, asker, { action: 'account-created', object: `account ${accountId}`, details: { scope } });
  if (role !== '') await give(tx, places, asker, accountId, role, scope);
  return invitation;
}

/** `centre:84` → a scope. Throws unknown-scope. */
function scopeOf(text: string): Scope {
  const [kind = '', id, more] = text.split(':');
  if (more !== undefined) return refuse('unknown-scope', { scope: text });
  if (kind === 'network' && id === undefined) return { kind, id: null };
  if ((kind === 'district' || kind === 'centre' || kind === 'agency') && id !== undefined) return { kind, id };
  return refuse('unknown-scope', { scope: text });
}

/** The account, for a manager who is above its owner. Throws unknown-account, right-elsewhere, own-rights or grant-too-much. */
export async function managed(
  tx: Read,
  places: CentrePlaces,
  asker: Asker,
  accountId: string,
): Promise<{ account: queries.AccountRow; standing: Standing }> {
  const account = (await queries.account(tx, accountId)) ?? refuse('unknown-account', {});
  mustHave(asker, 'manage-staff', await placeOfScope(places, account.scope));
  return { account, standing: await mustStandAbove(tx, places, asker, account) };
}

/** A new one-time code; with it the account is open again. The second factor stays. Throws what `managed` throws. */
export function inviteAgain({ db, places }: NetworkContext, asker: Asker, accountId: string): Promise<InvitationReply> {
  return db.write(async (tx) => {
    const { account, standing } = await managed(tx, places, asker, accountId);
    await withholdRoles(tx, asker, standing);
    await audit(tx, asker, {
      action: 'account-invited',
      object: `account ${accountId}`,
      details: { withoutSecondFactor: false },
    });
    return invite(tx, accountId, account.login);
  });
}

/** Ends every session of another account. Throws what `managed` throws. */
export function endSessionsOf({ db, places }: NetworkContext, asker: Asker, accountId: string): Promise<void> {
  return db.write(async (tx) => {
    await managed(tx, places, asker, accountId);
    await queries.endSessions(tx, accountId, null);
    await audit(tx, asker, { action: 'sessions-ended', object: `account ${accountId}` });
  });
}

/** Shuts an account with all its sessions, or opens it again. Throws last-administrator and what `managed` throws. */
export function setAccountState({ db, places }: NetworkContext, asker: Asker, accountId: string, disabled: boolean) {
  return db.write(async (tx) => {
    await managed(tx, places, asker, accountId);
    const before = await holdersOf(tx, ADMINISTRATOR);
    await queries.setDisabled(tx, accountId, disabled);
    if (before > 0 && (await holdersOf(tx, ADMINISTRATOR)) === 0) refuse('last-administrator', {});
    await queries.endSessions(tx, accountId, null);
    await audit(tx, asker, {
      action: disabled ? 'account-shut' : 'account-opened',
      object: `account ${accountId}`,
    });
  });
}
