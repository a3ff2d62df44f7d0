import type { FastifyInstance } from 'fastify';
import { pairingRoutes } from './devices/pairing-routes.ts';
import { deviceRoutes } from './devices/routes.ts';
import { roleRoutes } from './roles/routes.ts';
import type { PeopleSetting } from './setting.ts';
import { openAttempts } from './staff/attempts/attempts.ts';
import { oidcRoutes } from './staff/oidc-routes.ts';
import { passkeyRoutes } from './staff/passkeys/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { sessionRoutes } from './staff/session-routes.ts';

/** Every route about people. */
export function peopleRoutes(app: FastifyInstance, setting: PeopleSetting): void {
  const room = { ...setting, attempts: openAttempts(setting.db, setting.attemptKey) };
  sessionRoutes(app, room);
  passkeyRoutes(app, room);
  oidcRoutes(app, setting);
  staffRoutes(app, setting);
  roleRoutes(app, setting);
  pairingRoutes(app, setting);
  deviceRoutes(app, setting);
}
