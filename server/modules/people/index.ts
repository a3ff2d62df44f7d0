/** Who may do what: accounts, sign-in, roles, keys of programs, and their limits. */
export { mayAtCentre } from './may-at-centre.ts';
export { createKey, revokeKey } from './keys/keys.ts';
export { inviteAdministrator } from './roles/first-administrator.ts';
export { enrolSpecialist } from './roles/enrol.ts';
export { administratorsWhoCanSignIn } from './roles/queries.ts';
export { specialistsAt } from './roles/specialists.ts';
export type { OidcSetting } from './staff/oidc.ts';
export { openPeople } from './module.ts';
export { seedRoles } from './roles/seed.ts';
export { resealAuthenticators } from './staff/kept-secret.ts';
