import { HOUR_MS } from '../../platform/jobs.ts';
import { installationKey } from '../../platform/installation.ts';
import type { NetworkContext } from '../network/index.ts';
import type { PeopleContext } from './context.ts';
import { pairingRoutes } from './devices/pairing-routes.ts';
import { deviceRoutes } from './devices/routes.ts';
import { guardRequests } from './guard.ts';
import { roleRoutes } from './roles/routes.ts';
import { seedRoles } from './roles/seed.ts';
import { openAttempts } from './staff/attempts/attempts.ts';
import { sweepAttempts } from './staff/attempts/queries.ts';
import type { OidcSetting } from './staff/oidc.ts';
import { oidcRoutes } from './staff/oidc-routes.ts';
import { passkeyRoutes } from './staff/passkeys/routes.ts';
import { sweep as sweepSessions } from './staff/queries.ts';
import { staffRoutes } from './staff/routes.ts';
import { sessionRoutes } from './staff/session-routes.ts';

/** Accounts, roles and devices. Every request that is registered after this passes the guard first. */
export async function openPeople(
  context: NetworkContext,
  { requireKeys, oidc }: { readonly requireKeys: boolean; readonly oidc: OidcSetting | null },
): Promise<void> {
  const { db, isReal, addJob } = context;
  await seedRoles(db);
  const open = !requireKeys && !isReal;
  const changed = guardRequests(context, await installationKey(db, 'device-nonce'), { open });
  const attempts = openAttempts(db, await installationKey(db, 'sign-in-attempt'));
  const people: PeopleContext = { ...context, oidc, attempts, changed };
  sessionRoutes(people);
  passkeyRoutes(people);
  oidcRoutes(people);
  staffRoutes(people);
  roleRoutes(people);
  pairingRoutes(people);
  deviceRoutes(people);
  addJob({ name: 'sessions that are over', everyMs: HOUR_MS, run: () => db.write((tx) => sweepSessions(tx)) });
  addJob({
    name: 'attempts that say nothing any more',
    everyMs: HOUR_MS,
    run: () => db.write((tx) => sweepAttempts(tx)),
  });
}
