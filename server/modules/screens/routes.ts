import { randomBytes } from 'node:crypto';
import { screenContract } from '../../../contract/screens.ts';
import type { Allowance } from '../../../core/access/allowance.ts';
import { netOf } from '../../../core/access/net.ts';
import { refuse } from '../../../core/problems.ts';
import { generalService } from '../../../core/queue/configuration.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import type { CentreId, ServiceId } from '../../../core/queue/ids.ts';
import { audit } from '../../platform/audit.ts';
import { openMeasures } from '../../platform/measures.ts';
import { serve } from '../../platform/serve.ts';
import { groups, type NetworkContext, services } from '../network/index.ts';
import { mediaRoutes } from './media.ts';
import { type Speech, speechRoutes } from './speech.ts';
import { isStaffCode, newStaffCode } from './staff-code.ts';
import * as queries from './queries.ts';

/** Five wrong codes, and then one in twelve seconds. */
const GUESSES: Allowance = { burst: 5, perSecond: 1 / 12 };

/** What the screens of a centre show and ask. */
export function screenRoutes(context: NetworkContext, speech: Speech): void {
  const { http, db, directory } = context;
  const servicesAt = (centreId: CentreId) => servicesOf(context, centreId);
  const guesses = openMeasures();
  mediaRoutes(http, db);
  speechRoutes(http, speech);

  serve(http, screenContract, {
    'GET /api/centres/:centreId/screens': async ({ params: { centreId } }) => {
      await servicesAt(centreId);
      return db.read((tx) => queries.settingsOf(tx, centreId));
    },

    'PUT /api/centres/:centreId/screens': async ({ params: { centreId }, body, asker }) => {
      const known = await servicesAt(centreId);
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
        await queries.putSettings(tx, centreId, body);
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
      await servicesAt(centreId);
      const kept = await newStaffCode(code, randomBytes(16), asker.id ?? netOf(address));
      await db.write(async (tx) => {
        await queries.putStaffCode(tx, centreId, kept);
        await audit(tx, asker, { action: 'kiosk-staff-code', object: `centre ${centreId}` });
      });
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
      const kept = await db.read((tx) => queries.staffCodeOf(tx, centreId));
      if (kept === null || !(await isStaffCode(code, kept, kiosk))) return refuse('wrong-staff-code', {});
      guesses.forget(kiosk);
    },

    'GET /api/centres/:centreId/media': ({ params: { centreId } }) => db.read((tx) => queries.mediaOf(tx, centreId)),

    'DELETE /api/centres/:centreId/media/:mediumId': async ({ params: { centreId, mediumId }, asker }) => {
      await db.write(async (tx) => {
        if (!(await queries.dropMedium(tx, centreId, mediumId))) refuse('unknown-medium', {});
        await audit(tx, asker, { action: 'medium-removed', object: `centre ${centreId}`, details: { mediumId } });
      });
    },

    'GET /api/centres/:centreId/zones': async ({ params: { centreId } }) => {
      const hallId = await directory.hallOf(centreId);
      return db.read((tx) => queries.zonesOf(tx, hallId));
    },
  });
}

/** The services that a kiosk of a centre may offer, general ones included. Throws unknown-centre. */
async function servicesOf({ db, directory, now }: NetworkContext, centreId: CentreId): Promise<ReadonlySet<ServiceId>> {
  const { time_zone: zone } = (await directory.centre(centreId)).centre;
  return db.read(async (tx) => {
    const named = await services(tx, centreId, businessDayAt(now(), zone));
    const all = await groups(tx, centreId);
    const general = all.map(({ group_id: groupId }) => generalService(groupId));
    return new Set<ServiceId>([...named.map(({ service_id: serviceId }) => serviceId), ...general]);
  });
}
