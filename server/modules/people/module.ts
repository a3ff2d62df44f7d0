import { HOUR_MS } from '../../platform/jobs.ts';
import { installationKey } from '../../platform/installation.ts';
import type { NetworkContext } from '../network/index.ts';
import { guardRequests } from './guard.ts';
import { seedRoles } from './roles/seed.ts';
import { peopleRoutes } from './routes.ts';
import { sweepAttempts } from './staff/attempts/queries.ts';
import type { OidcSetting } from './staff/oidc.ts';
import { sweep as sweepSessions } from './staff/queries.ts';

/** Accounts, roles and devices. Every request that is registered after this passes the guard first. */
export async function openPeople(
  context: NetworkContext,
  { requireKeys, oidc }: { readonly requireKeys: boolean; readonly oidc: OidcSetting | null },
): Promise<void> {
  const { http, db, now, vault, places, directory, isReal, addJob } = context;
  await seedRoles(db);
  const changed = guardRequests(http, {
    db,
    places,
    hallOf: (centreId) => directory.hallOf(centreId),
    nonceKey: await installationKey(db, 'device-nonce'),
    now,
    open: !requireKeys && !isReal,
  });
  const attemptKey = await installationKey(db, 'sign-in-attempt');
  peopleRoutes(http, { db, places, vault, oidc, attemptKey, changed });
  addJob({ name: 'sessions that are over', everyMs: HOUR_MS, run: () => db.write((tx) => sweepSessions(tx)) });
  addJob({
    name: 'attempts that say nothing any more',
    everyMs: HOUR_MS,
    run: () => db.write((tx) => sweepAttempts(tx)),
  });
}
