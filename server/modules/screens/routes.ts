import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { screenContract } from '../../../contract/screens.ts';
import type { Allowance } from '../../../core/access/allowance.ts';
import { netOf } from '../../../core/access/net.ts';
import { refuse } from '../../../core/problems.ts';
import type { CentreId, ServiceId } from '../../../core/queue/ids.ts';
import { audit } from '../../platform/audit.ts';
import type { Db } from '../../platform/handles.ts';
import { openMeasures } from '../../platform/measures.ts';
import { serve } from '../../platform/serve.ts';
import { mediaRoutes } from './media.ts';
import { type Speech, speechRoutes } from './speech.ts';
import { isStaffCode, newStaffCode } from './staff-code.ts';
import * as store from './store.ts';

export interface ScreenSetting {
  readonly db: Db;
  readonly speech: Speech;
  /** The services of a centre. Throws unknown-centre. */
  servicesOf(centreId: CentreId): Promise<ReadonlySet<ServiceId>>;
  hallOf(centreId: CentreId): Promise<CentreId>;
}

/** Five wrong codes, and then one in twelve seconds. */
const GUESSES: Allowance = { burst: 5, perSecond: 1 / 12 };

/** What the screens of a centre show and ask. */
export function screenRoutes(app: FastifyInstance, setting: ScreenSetting): void {
  const { db, servicesOf, hallOf } = setting;
  const guesses = openMeasures();
  mediaRoutes(app, db);
  speechRoutes(app, setting.speech);

  serve(app, screenContract, {
    'GET /api/centres/:centreId/screens': async ({ params: { centreId } }) => {
      await servicesOf(centreId);
      return db.read((tx) => store.settingsOf(tx, centreId));
    },

    'PUT /api/centres/:centreId/screens': async ({ params: { centreId }, body, asker }) => {
      const known = await servicesOf(centreId);
      const named = [
        ...body.kiosk.situations.flatMap(({ serviceIds }) => serviceIds),
        ...body.kiosk.questions.flatMap(({ serviceId, answers }) => [
          serviceId,
          ...answers.flatMap((answer) => answer.serviceId ?? []),
        ]),
      ];
      const unknown = named.find((serviceId) => !known.has(serviceId));
      if (unknown !== undefined) return refuse('unknown-service', { serviceId: unknown });
      await db.write(async (tx) => {
        await store.putSettings(tx, centreId, body);
        await audit(tx, asker, { action: 'screens', object: `centre ${centreId}` });
      });
      return body;
    },

    'PUT /api/centres/:centreId/screens/staff-code': async ({
      params: { centreId },
      body: { code },
      asker,
      address,
    }) => {
      await servicesOf(centreId);
      const kept = await newStaffCode(code, randomBytes(16), asker.id ?? netOf(address));
      await db.write(async (tx) => {
        await store.putStaffCode(tx, centreId, kept);
        await audit(tx, asker, { action: 'kiosk-staff-code', object: `centre ${centreId}` });
      });
      return { done: true as const };
    },

    'POST /api/centres/:centreId/screens/staff-exit': async ({
      params: { centreId },
      body: { code },
      asker,
      address,
    }) => {
      // Each kiosk by itself: who plays with one of them shuts the others to nobody.
      const kiosk = `${centreId} ${asker.id ?? netOf(address)}`;
      guesses.spend(kiosk, GUESSES);
      const kept = await db.read((tx) => store.staffCodeOf(tx, centreId));
      if (kept === null || !(await isStaffCode(code, kept, kiosk))) return refuse('wrong-staff-code', {});
      guesses.forget(kiosk);
      return { done: true as const };
    },

    'GET /api/centres/:centreId/media': ({ params: { centreId } }) => db.read((tx) => store.mediaOf(tx, centreId)),

    'DELETE /api/centres/:centreId/media/:mediumId': async ({ params: { centreId, mediumId }, asker }) => {
      await db.write(async (tx) => {
        if (!(await store.dropMedium(tx, centreId, mediumId))) refuse('unknown-medium', {});
        await audit(tx, asker, { action: 'medium-removed', object: `centre ${centreId}`, details: { mediumId } });
      });
      return { done: true as const };
    },

    'GET /api/centres/:centreId/zones': async ({ params: { centreId } }) => {
      const hallId = await hallOf(centreId);
      return db.read((tx) => store.zonesOf(tx, hallId));
    },
  });
}
