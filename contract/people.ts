import { type Static, Type } from 'typebox';
import { RIGHTS, type Right, type Role } from '../core/access/roles.ts';
import type { Contract } from './contract.ts';
import { Instant, LongRowIdField, NameWords, UuidField, lineField } from './fields.ts';

const AccountId = UuidField;
const Login = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{1,59}$',
  description: 'Small Latin letters, digits, . _ -',
});
const StaffName = lineField(1, 200, 'The name of a member of staff');
const Password = Type.String({ minLength: 1, maxLength: 200 });
const NewPassword = Type.String({ minLength: 12, maxLength: 200, description: 'At least twelve characters' });
const RoleId = Type.String({ pattern: '^[a-z][a-z-]{0,39}$' });
const RightField = Type.Enum(Object.keys(RIGHTS) as Right[]);
const GrantId = UuidField;

const closed = { additionalProperties: false };

const ScopeField = Type.Union([
  Type.Object({ kind: Type.Literal('network'), id: Type.Null() }, closed),
  Type.Object(
    {
      kind: Type.Enum(['district', 'centre']),
      id: Type.String({
        pattern: '^[1-9][0-9]{0,8}$',
        description: 'The number of a district or centre, without zeros before it',
      }),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('agency'),
      id: Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: 'The code of an agency' }),
    },
    closed,
  ),
]);

const Session = Type.Object({
  name: Type.String(),
  login: Type.String(),
  specialistId: Type.String({ description: 'The key of this person in the queue’s log' }),
  secondFactor: Type.Enum(['not-needed', 'shown', 'due', 'to-set-up']),
  grants: Type.Array(Type.Object({ scope: ScopeField, rights: Type.Array(RightField) })),
});

const Account = Type.Object({
  accountId: AccountId,
  login: Type.String(),
  name: Type.String(),
  scope: ScopeField,
  /** Until a password is chosen with an invitation nobody can sign in. */
  state: Type.Enum(['invited', 'active', 'throttled', 'disabled'], {
    description: 'throttled: within the last hour, attempts to guess a password or code of this account had to wait',
  }),
  secondFactor: Type.Boolean(),
  /** The person who asked to drop the second factor, while a second person has yet to agree. */
  factorReset: Type.Union([Type.Object({ by: Type.String(), at: Instant }), Type.Null()]),
  grants: Type.Array(
    Type.Object({
      grantId: GrantId,
      roleId: RoleId,
      scope: ScopeField,
      /** True while a second person has yet to agree. */
      pending: Type.Boolean(),
    }),
  ),
});

const RoleReply = Type.Object({
  roleId: RoleId,
  name: NameWords,
  rights: Type.Array(RightField, {
    uniqueItems: true,
    description: 'Its own; those of the roles it includes come with them',
  }),
  includes: Type.Array(RoleId, { maxItems: 60, uniqueItems: true }),
  secondFactor: Type.Boolean(),
  twoPeople: Type.Boolean(),
});

const Invitation = Type.Object({
  login: Type.String(),
  code: Type.String({ description: 'Shown once; good for one use within seven days' }),
  expiresAt: Instant,
});

/** The result of asking for a new code: where two people are needed there is none until the second one has agreed. */
const Invited = Type.Object({
  login: Type.Union([Type.String(), Type.Null()]),
  code: Type.Union([Type.String({ description: 'Shown once; good for one use within seven days' }), Type.Null()]),
  expiresAt: Type.Union([Instant, Type.Null()]),
  secondFactor: Type.Enum(['kept', 'dropped', 'waits']),
});

const params = { account: Type.Object({ accountId: AccountId }), grant: Type.Object({ grantId: GrantId }) };
/** Sign-in of staff. */
export const sessionContract = {
  'GET /api/session': {
    right: 'look',
    summary: 'The signed-in person, with their rights and where they have them; null when nobody is signed in',
    reply: Type.Union([Session, Type.Null()]),
    problems: [],
  },
  'POST /api/session': {
    right: 'look',
    measure: 'secrets',
    summary: 'Sign in; the answer sets a cookie that only this server reads',
    body: Type.Object(
      {
        login: Login,
        password: Password,
        code: Type.Optional(
          lineField(
            6,
            40,
            'The second factor together with the password: with both, sign-in works even while others are guessing',
          ),
        ),
      },
      closed,
    ),
    reply: Session,
    problems: ['wrong-password', 'sign-in-throttled', 'too-many-requests'],
  },
  'DELETE /api/session': { right: 'look', summary: 'Sign out', problems: [] },
  'POST /api/session/end-all': {
    right: 'look',
    summary: 'End every session of one’s own, including this one',
    problems: ['sign-in-needed'],
  },
  'POST /api/session/second-factor': {
    right: 'look',
    summary: 'Show the second factor: six digits of the authenticator, or a recovery code',
    body: Type.Object({ code: lineField(6, 40) }, closed),
    reply: Session,
    problems: ['sign-in-needed', 'wrong-sign-in-code', 'sign-in-throttled'],
  },
  'POST /api/session/authenticator': {
    right: 'look',
    summary: 'A secret for an authenticator (RFC 6238); it counts once a code of it is shown',
    reply: Type.Object({ secret: Type.String(), uri: Type.String() }),
    problems: ['sign-in-needed', 'second-factor-needed'],
  },
  'POST /api/session/authenticator/confirm': {
    right: 'look',
    summary: 'The first code of a new authenticator; gives recovery codes, once',
    body: Type.Object({ secret: Type.String({ pattern: '^[A-Z2-7]{32}$' }), code: lineField(1, 40) }, closed),
    reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
    problems: ['sign-in-needed', 'second-factor-needed', 'wrong-sign-in-code'],
  },
  'POST /api/session/password': {
    right: 'look',
    summary: 'Choose another password; every other session of the account ends',
    body: Type.Object({ password: Password, newPassword: NewPassword }, closed),
    problems: [
      'sign-in-needed',
      'second-factor-needed',
      'wrong-password',
      'sign-in-throttled',
      'too-many-requests',
      'weak-password',
    ],
  },
  'POST /api/invitations/redeem': {
    right: 'look',
    measure: 'secrets',
    summary: 'Choose a password with a one-time code',
    body: Type.Object({ login: Login, code: lineField(0, 40), newPassword: NewPassword }, closed),
    problems: ['wrong-sign-in-code', 'weak-password', 'sign-in-throttled', 'too-many-requests'],
  },
} as const satisfies Contract;

/** The ways to sign in. */
export const wayContract = {
  'GET /api/session/ways': {
    right: 'look',
    summary: 'Whether staff can sign in at the city’s own server, too (`/api/session/oidc` begins it in a browser)',
    reply: Type.Object({ oidc: Type.Boolean() }),
    problems: [],
  },
} as const satisfies Contract;

/** Keys of telephones, computers and tokens as a second factor. */
export const passkeyContract = {
  'POST /api/session/passkeys/options': {
    right: 'look',
    summary: 'The WebAuthn options with which the browser makes a key of this device a second factor',
    reply: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
    problems: ['sign-in-needed', 'second-factor-needed'],
  },
  'POST /api/session/passkeys': {
    right: 'look',
    summary: 'Register the new key; gives recovery codes, once, where it is the first second factor',
    body: Type.Object({ response: Type.Record(Type.String(), Type.Unknown()) }, closed),
    reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
    problems: ['sign-in-needed', 'second-factor-needed', 'wrong-sign-in-code'],
  },
  'POST /api/session/second-factor/passkey/options': {
    right: 'look',
    summary: 'The WebAuthn options with which the browser has a key sign',
    reply: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
    problems: ['sign-in-needed'],
  },
  'POST /api/session/second-factor/passkey': {
    right: 'look',
    summary: 'Show the second factor: the signature of a key',
    body: Type.Object({ response: Type.Record(Type.String(), Type.Unknown()) }, closed),
    reply: Session,
    problems: ['sign-in-needed', 'wrong-sign-in-code'],
  },
} as const satisfies Contract;

/** Accounts of staff. */
export const staffContract = {
  'GET /api/staff': {
    right: 'manage-staff',
    placed: true,
    summary: 'The accounts that the caller may manage, with their roles',
    reply: Type.Array(Account),
    problems: [],
  },
  'POST /api/staff': {
    right: 'manage-staff',
    status: 201,
    placed: true,
    summary: 'Add an account; gives the code with which its owner chooses a password',
    body: Type.Object({ login: Login, name: StaffName, scope: ScopeField }, closed),
    reply: Type.Object({ accountId: AccountId, ...Invitation.properties }),
    problems: ['login-taken', 'unknown-scope', 'unknown-agency', 'right-elsewhere'],
  },
  'POST /api/staff/import': {
    right: 'manage-staff',
    placed: true,
    summary: 'Add accounts from CSV with the columns login, name, scope, role; all or none',
    body: Type.Object({ csv: Type.String({ maxLength: 60_000 }) }, closed),
    reply: Type.Array(Invitation),
    problems: ['faulty-lines', 'right-elsewhere', 'own-rights', 'grant-too-much', 'person-needed'],
  },
  'POST /api/staff/:accountId/invitation': {
    right: 'manage-staff',
    placed: true,
    summary:
      'A new one-time code for a person who forgot a password or lost a second factor; for a role that takes two people, a second one must agree',
    params: params.account,
    body: Type.Object({ withoutSecondFactor: Type.Boolean() }, closed),
    reply: Invited,
    problems: ['unknown-account', 'right-elsewhere', 'own-rights', 'grant-too-much'],
  },
  'POST /api/staff/:accountId/second-factor-drop/confirm': {
    right: 'manage-staff',
    placed: true,
    summary: 'As the second person, agree that the account’s second factor is dropped; gives the new one-time code',
    params: params.account,
    reply: Invited,
    problems: ['no-reset-asked', 'same-person', 'unknown-account', 'right-elsewhere', 'own-rights', 'grant-too-much'],
  },
  'POST /api/staff/:accountId/second-factor-drop/refuse': {
    right: 'manage-staff',
    placed: true,
    summary: 'Refuse to drop the account’s second factor',
    params: params.account,
    problems: ['no-reset-asked', 'unknown-account', 'right-elsewhere', 'own-rights', 'grant-too-much'],
  },
  'POST /api/staff/:accountId/sessions/end': {
    right: 'manage-staff',
    placed: true,
    summary: 'End every session of an account',
    params: params.account,
    problems: ['unknown-account', 'right-elsewhere', 'own-rights', 'grant-too-much'],
  },
  'POST /api/staff/:accountId/state': {
    right: 'manage-staff',
    placed: true,
    summary: 'Shut an account, or open it again; shutting ends its sessions',
    params: params.account,
    body: Type.Object({ disabled: Type.Boolean() }, closed),
    problems: ['unknown-account', 'right-elsewhere', 'own-rights', 'grant-too-much', 'last-administrator'],
  },
} as const satisfies Contract;

/** Roles, grants of roles, and the log of actions. */
export const roleContract = {
  'GET /api/roles': {
    right: 'grant-roles',
    placed: true,
    summary: 'The roles and what they consist of',
    reply: Type.Unsafe<readonly Role[]>(Type.Array(RoleReply)),
    problems: [],
  },
  'PUT /api/roles/:roleId': {
    right: 'change-roles',
    summary:
      'Add a role or change its rights: only rights that the caller has, and never without those that a role of the installation needs',
    params: Type.Object({ roleId: RoleId }),
    body: Type.Omit(RoleReply, ['roleId'], closed),
    problems: [
      'unknown-role',
      'role-loop',
      'grant-too-much',
      'person-needed',
      'role-keeps-rights',
      'role-keeps-protection',
      'role-has-holders',
    ],
  },
  'POST /api/staff/:accountId/grants': {
    right: 'grant-roles',
    status: 201,
    placed: true,
    summary: 'Grant a role at a place: never to oneself, and only rights that the caller has there',
    params: params.account,
    body: Type.Object({ roleId: RoleId, scope: ScopeField }, closed),
    reply: Type.Object({ grantId: GrantId, pending: Type.Boolean() }),
    problems: [
      'unknown-account',
      'unknown-role',
      'unknown-scope',
      'unknown-agency',
      'right-elsewhere',
      'own-rights',
      'grant-too-much',
      'role-held',
      'person-needed',
    ],
  },
  'POST /api/grants/:grantId/confirm': {
    right: 'grant-roles',
    placed: true,
    summary: 'The second person agrees to a grant that needs two',
    params: params.grant,
    problems: ['unknown-grant', 'right-elsewhere', 'own-rights', 'grant-too-much', 'same-person', 'person-needed'],
  },
  'POST /api/grants/:grantId/revoke': {
    right: 'grant-roles',
    placed: true,
    summary: 'Take a role back, at once',
    params: params.grant,
    problems: ['unknown-grant', 'right-elsewhere', 'own-rights', 'grant-too-much', 'last-administrator'],
  },
  'GET /api/audit': {
    right: 'read-audit',
    summary: 'The log of actions, newest first',
    query: Type.Object({
      before: Type.Optional(LongRowIdField),
      object: Type.Optional(lineField(0, 200)),
    }),
    reply: Type.Array(
      Type.Object({
        entryId: Type.Integer(),
        at: Instant,
        actor: Type.Object({ kind: Type.String(), id: Type.Union([Type.String(), Type.Null()]) }),
        action: Type.String(),
        object: Type.String(),
        details: Type.Unknown(),
        who: Type.Union([Type.String(), Type.Null()], {
          description: 'The name of the member of staff who did it, as it is now; the log itself keeps none',
        }),
        whose: Type.Union([Type.String(), Type.Null()], {
          description: 'The name that goes with the account that the entry is about',
        }),
      }),
    ),
    problems: [],
  },
} as const satisfies Contract;

export type SessionReply = Static<typeof Session>;
export type AccountReply = Static<typeof Account>;
export type InvitationReply = Static<typeof Invitation>;
export type InvitedReply = Static<typeof Invited>;
/** A role of core/access as the API carries it. */
export type RoleReply = Static<typeof RoleReply>;
